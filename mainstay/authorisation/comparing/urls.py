"""The addresses of comparing and merging."""

from django.urls import path

from mainstay.authorisation.comparing import views

ALL = "authorise/scenarios/comparison/"
ONE = "authorise/scenarios/<int:scenario_id>/"

urlpatterns = [
    path(ALL, views.scenario_comparison, name="scenario_comparison"),
    path(f"{ALL}export/", views.scenario_comparison_export, name="scenario_comparison_export"),
    path(f"{ONE}difference/", views.scenario_difference, name="scenario_difference"),
    path(f"{ONE}merge/", views.scenario_merge, name="scenario_merge"),
]
