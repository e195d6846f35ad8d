"""Registers the room with Django."""

from django.apps import AppConfig


class EvaluateRoom(AppConfig):
    """Evaluate."""

    name = "mainstay.evaluation"
    label = "evaluation"
