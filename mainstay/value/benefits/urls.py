"""The addresses of benefits."""

from django.urls import path

from mainstay.value.benefits import row_views, views

PROJECT = "value/projects/<str:code>/benefits/"
ONE = "value/benefits/<int:benefit_id>/"

urlpatterns = [
    path("value/benefits/", views.benefits, name="benefits"),
    path("value/benefits/reminders/", row_views.benefit_reminders, name="benefit_reminders"),
    path(PROJECT, views.project_benefits, name="project_benefits"),
    path(f"{PROJECT}new/", row_views.benefit_new, name="benefit_new"),
    path(ONE, views.benefit, name="benefit"),
    path(f"{ONE}edit/", row_views.benefit_edit, name="benefit_edit"),
    path(f"{ONE}removal/", row_views.benefit_removal, name="benefit_removal"),
    path(f"{ONE}readings/", row_views.readings, name="benefit_readings"),
    path(f"{ONE}readings/<int:reading_id>/removal/", row_views.reading_removal, name="benefit_reading_removal"),
    path(f"{ONE}needs/", row_views.needs, name="benefit_needs"),
    path(f"{ONE}verification/", row_views.verification, name="benefit_verification"),
]
