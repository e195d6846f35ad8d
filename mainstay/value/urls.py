"""The addresses of the room's pages."""

from django.urls import path

from mainstay.value import views
from mainstay.value.benefits import urls as benefits
from mainstay.value.funds import urls as funds
from mainstay.value.surveys import urls as surveys

urlpatterns = [
    path("value/currencies/", views.currencies, name="currencies"),
    path("value/currencies/<str:code>/", views.currency, name="currency"),
    *benefits.urlpatterns,
    *funds.urlpatterns,
    *surveys.urlpatterns,
]
