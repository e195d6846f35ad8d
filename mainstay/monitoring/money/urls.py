"""The addresses of money."""

from django.urls import path

from mainstay.monitoring.money import ledger_views, place_views, project_views

PROJECT = "monitor/projects/<str:code>/money/"
PORTFOLIO = "monitor/portfolios/<str:code>/"

urlpatterns = [
    path("monitor/money/", place_views.money, name="money"),
    path(PROJECT, project_views.project_money, name="project_money"),
    path(f"{PROJECT}edit/", project_views.project_money_edit, name="project_money_edit"),
    path(f"{PROJECT}postings/", project_views.project_postings, name="project_postings"),
    path("monitor/programmes/<str:code>/money/", place_views.programme, name="programme_money"),
    path(f"{PORTFOLIO}money/", place_views.portfolio, name="portfolio_money"),
    path(f"{PORTFOLIO}money/export.<str:format>", place_views.export, name="money_export"),
    path(f"{PORTFOLIO}ledger/", ledger_views.ledger, name="ledger"),
    path(f"{PORTFOLIO}ledger/rules/", ledger_views.ledger_match, name="ledger_match"),
    path(f"{PORTFOLIO}periods/", ledger_views.periods, name="periods"),
    path("monitor/ledger/files/<int:number>/", ledger_views.ledger_file, name="ledger_file"),
    path("monitor/ledger/arriving/<str:token>/", ledger_views.ledger_check, name="ledger_check"),
    path("monitor/periods/<int:number>/reopen/", ledger_views.period_reopen, name="period_reopen"),
]
