"""The addresses of changes."""

from django.urls import path

from mainstay.monitoring.changes import views

PROJECT = "monitor/projects/<str:code>/changes/"
CHANGE = "monitor/changes/<int:change_id>/"

urlpatterns = [
    path("monitor/changes/", views.changes, name="changes"),
    path(PROJECT, views.project_changes, name="project_changes"),
    path(f"{PROJECT}new/", views.change_new, name="change_new"),
    path(CHANGE, views.change, name="change"),
    path(f"{CHANGE}edit/", views.change_edit, name="change_edit"),
    path(f"{CHANGE}submission/", views.change_submission, name="change_submission"),
    path(f"{CHANGE}withdrawal/", views.change_withdrawal, name="change_withdrawal"),
    path(f"{CHANGE}decision/", views.change_decision, name="change_decision"),
]
