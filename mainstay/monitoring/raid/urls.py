"""The addresses of risks, issues and actions."""

from django.urls import path

from mainstay.monitoring.raid import part_views, views

PROJECT = "monitor/projects/<str:code>/"

urlpatterns = [
    path("monitor/raid/", views.raid, name="raid"),
    path(f"{PROJECT}raid/", views.project_raid, name="project_raid"),
    path(f"{PROJECT}issues/new/", part_views.issue_new, name="issue_new"),
    path("monitor/issues/<int:issue_id>/", part_views.issue, name="issue"),
    path("monitor/issues/<int:issue_id>/removal/", part_views.issue_removal, name="issue_removal"),
    path(f"{PROJECT}actions/new/", part_views.action_new, name="action_new"),
    path("monitor/actions/<int:action_id>/", part_views.action, name="action"),
    path("monitor/actions/<int:action_id>/removal/", part_views.action_removal, name="action_removal"),
]
