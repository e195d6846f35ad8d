"""The addresses of control."""

from django.urls import path

from mainstay.monitoring.control import project_views, released_views, views

PROJECT = "monitor/projects/<str:code>/"
DECISION = "monitor/control/decisions/<int:decision_id>/"

urlpatterns = [
    path("monitor/control/", views.control_queue, name="control_queue"),
    path("monitor/control/scenario/", views.control_scenario, name="control_scenario"),
    path(DECISION, released_views.released, name="released"),
    path(f"{DECISION}plan/", released_views.released_plan, name="released_plan"),
    path(f"{PROJECT}control/", project_views.project_control, name="project_control"),
    path(f"{PROJECT}exit/", project_views.exit_terms, name="exit_terms"),
    path(f"{PROJECT}stop/", project_views.work_stop, name="work_stop"),
    path(f"{PROJECT}pause/", project_views.work_pause, name="work_pause"),
    path(f"{PROJECT}resumption/", project_views.work_resume, name="work_resume"),
]
