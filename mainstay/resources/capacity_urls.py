"""The addresses of capacity."""

from django.urls import path

from mainstay.resources.views import capacity, forecast

urlpatterns = [
    path("resources/", capacity.heat_map, name="capacity"),
    path("resources/export/", capacity.heat_export, name="capacity_export"),
    path("resources/cell/", capacity.cell, name="capacity_cell"),
    path("resources/forecast/", forecast.forecast, name="forecast"),
    path("resources/forecast/export/", forecast.forecast_export, name="forecast_export"),
    path("resources/bench/", forecast.bench, name="bench"),
    path("resources/utilisation/", forecast.utilisation, name="utilisation"),
]
