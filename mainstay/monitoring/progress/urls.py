"""The addresses of progress."""

from django.urls import path

from mainstay.monitoring.progress import package_views, views

PROJECT = "monitor/projects/<str:code>/progress/"
PACKAGE = "monitor/packages/<int:package_id>/"

urlpatterns = [
    path("monitor/progress/", views.progress, name="progress"),
    path(PROJECT, views.project_progress, name="project_progress"),
    path(f"{PROJECT}recording/", package_views.progress_record, name="progress_record"),
    path(f"{PROJECT}packages/new/", package_views.package_new, name="package_new"),
    path(PACKAGE, package_views.package, name="package"),
    path(f"{PACKAGE}removal/", package_views.package_removal, name="package_removal"),
]
