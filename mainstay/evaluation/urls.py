"""The addresses of the room's pages."""

from django.urls import path

from mainstay.evaluation import views

urlpatterns = [
    path("evaluate/", views.score_models, name="score_models"),
    path("evaluate/models/new/", views.new_score_model, name="score_model_new"),
    path("evaluate/models/<int:model_id>/", views.score_model, name="score_model"),
    path("evaluate/models/<int:model_id>/edit/", views.score_model_edit, name="score_model_edit"),
    path("evaluate/models/<int:model_id>/scores/", views.scores, name="scores"),
    path("evaluate/projects/<str:code>/", views.project_scores, name="project_scores"),
]
