"""Registers the room with Django."""

from django.apps import AppConfig


class ReviewRoom(AppConfig):
    """Review."""

    name = "mainstay.review"
    label = "review"
