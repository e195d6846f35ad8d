"""The addresses of gates."""

from django.urls import path

from mainstay.authorisation.gates import views

urlpatterns = [
    path("authorise/gates/", views.gates, name="gates"),
    path("authorise/gates/<int:review_id>/", views.gate_review, name="gate_review"),
    path("authorise/gates/<int:review_id>/verdict/", views.gate_verdict, name="gate_verdict"),
    path("authorise/projects/<str:code>/gates/", views.project_gates, name="project_gates"),
    path("authorise/projects/<str:code>/gates/open/", views.gate_open, name="gate_open"),
]
