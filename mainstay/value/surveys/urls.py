"""The addresses of surveys."""

from django.urls import path

from mainstay.value.surveys import views

PROJECT = "value/projects/<str:code>/surveys/"
ONE = "value/surveys/<int:survey_id>/"

urlpatterns = [
    path(PROJECT, views.project_surveys, name="project_surveys"),
    path(f"{PROJECT}new/", views.survey_new, name="survey_new"),
    path(ONE, views.survey_edit, name="survey_edit"),
    path(f"{ONE}removal/", views.survey_removal, name="survey_removal"),
]
