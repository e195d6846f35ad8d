"""The addresses of the room's pages."""

from django.urls import path

from mainstay.value import views
from mainstay.value.funds import urls as funds

urlpatterns = [
    path("value/currencies/", views.currencies, name="currencies"),
    path("value/currencies/<str:code>/", views.currency, name="currency"),
    *funds.urlpatterns,
]
