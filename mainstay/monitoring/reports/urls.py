"""The addresses of reports."""

from django.urls import path

from mainstay.monitoring.reports import project_views, views

PROJECT = "monitor/projects/<str:code>/reports/"

urlpatterns = [
    path("monitor/reports/", views.reports, name="reports"),
    path("monitor/reports/reminders/", views.report_reminders, name="report_reminders"),
    path("monitor/reports/rhythms/<str:code>/", views.rhythm, name="rhythm"),
    path(PROJECT, project_views.project_reports, name="project_reports"),
    path(f"{PROJECT}new/", project_views.report_new, name="report_new"),
    path("monitor/reports/<int:report_id>/", project_views.report, name="report"),
]
