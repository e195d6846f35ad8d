"""The addresses of this room."""

from django.urls import path

from mainstay.resources.views import vocabulary

urlpatterns = [
    path("resources/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("resources/vocabulary/<slug:kind>/", vocabulary.words, name="words"),
    path("resources/vocabulary/<slug:kind>/<slug:key>/", vocabulary.word, name="word"),
]
