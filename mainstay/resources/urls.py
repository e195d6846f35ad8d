"""The addresses of this room."""

from django.urls import path

from mainstay.resources import views

urlpatterns = [
    path("resources/vocabulary/", views.vocabulary, name="vocabulary"),
    path("resources/vocabulary/<slug:kind>/", views.words, name="words"),
    path("resources/vocabulary/<slug:kind>/<slug:key>/", views.word, name="word"),
]
