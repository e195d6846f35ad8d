"""The addresses of gate models."""

from django.urls import path

from mainstay.governance.gates import views

urlpatterns = [
    path("governance/gates/", views.gate_models, name="gate_models"),
    path("governance/gates/new/", views.gate_model_new, name="gate_model_new"),
    path("governance/gates/<slug:key>/", views.gate_model, name="gate_model"),
    path("governance/gates/<slug:key>/edit/", views.gate_model_edit, name="gate_model_edit"),
    path("governance/gates/<slug:key>/publication/", views.gate_model_publish, name="gate_model_publish"),
    path("governance/gates/<slug:key>/<slug:gate>/", views.gate, name="gate"),
]
