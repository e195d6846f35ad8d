"""The addresses of corrections."""

from django.urls import path

from mainstay.evaluation.corrections import views

urlpatterns = [
    path("evaluate/corrections/", views.corrections, name="corrections"),
    path(
        "evaluate/corrections/<int:correction_id>/withdrawal/",
        views.correction_withdrawal,
        name="correction_withdrawal",
    ),
    path(
        "evaluate/cases/<int:case_id>/corrections/<int:correction_id>/", views.case_correction, name="case_correction"
    ),
]
