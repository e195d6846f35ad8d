"""The addresses of funds where they are set up."""

from django.urls import path

from mainstay.value.funds import views

urlpatterns = [
    path("value/funds/new/", views.fund_new, name="fund_new"),
    path("value/funds/<slug:key>/edit/", views.fund_edit, name="fund_edit"),
    path("value/funds/<slug:key>/envelope/", views.envelope, name="envelope"),
]
