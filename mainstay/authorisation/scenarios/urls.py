"""The addresses of scenarios."""

from django.urls import path

from mainstay.authorisation.scenarios.views import listing, one

ONE = "authorise/scenarios/<int:scenario_id>/"

urlpatterns = [
    path("authorise/scenarios/", listing.scenarios, name="scenarios"),
    path("authorise/scenarios/new/", listing.scenario_new, name="scenario_new"),
    path(ONE, one.scenario, name="scenario"),
    path(f"{ONE}edit/", listing.scenario_edit, name="scenario_edit"),
    path(f"{ONE}copy/", listing.scenario_copy, name="scenario_copy"),
    path(f"{ONE}arranging/", one.scenario_arranging, name="scenario_arranging"),
    path(f"{ONE}lines/<str:code>/", one.scenario_line, name="scenario_line"),
    path(f"{ONE}solution/", one.scenario_solution, name="scenario_solution"),
    path(f"{ONE}step/", one.scenario_step, name="scenario_step"),
    path(f"{ONE}sharing/", one.scenario_sharing, name="scenario_sharing"),
    path(f"{ONE}moves/", one.scenario_moves, name="scenario_moves"),
]
