"""The addresses of calibration."""

from django.urls import path

from mainstay.review.calibration import views

urlpatterns = [
    path("calibration/", views.calibration, name="calibration"),
    path("calibration/offers/", views.calibration_offer, name="calibration_offer"),
]
