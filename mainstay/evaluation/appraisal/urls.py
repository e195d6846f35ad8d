"""The addresses of appraisal."""

from django.urls import path

from mainstay.evaluation.appraisal import views

urlpatterns = [
    path("evaluate/appraisals/", views.appraisals, name="appraisals"),
    path("evaluate/cases/<int:case_id>/", views.case_appraisal, name="case_appraisal"),
    path("evaluate/risks/", views.risks, name="risks"),
    path("evaluate/discount-rates/", views.discount_rates, name="discount_rates"),
]
