"""Registers the room with Django."""

from django.apps import AppConfig


class ValueRoom(AppConfig):
    """Value."""

    name = "mainstay.value"
    label = "value"
