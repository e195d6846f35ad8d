"""The addresses of money."""

from django.urls import path

from mainstay.authorisation.funding import project_views, views

PROJECT = "authorise/projects/<str:code>/funding/"

urlpatterns = [
    path("authorise/funds/", views.funds, name="funds"),
    path("authorise/funds/<slug:key>/", views.fund, name="fund"),
    path("authorise/funds/<slug:key>/carry-over/", views.carrying, name="carrying"),
    path("authorise/tranches/", views.tranches, name="tranches"),
    path("authorise/tranches/<int:tranche_id>/release/", views.tranche_release, name="tranche_release"),
    path("authorise/commitments/<int:commitment_id>/", project_views.commitment, name="commitment"),
    path("authorise/commitments/<int:commitment_id>/return/", project_views.funding_return, name="funding_return"),
    path(PROJECT, project_views.project_funding, name="project_funding"),
    path(f"{PROJECT}new/", project_views.funding_new, name="funding_new"),
]
