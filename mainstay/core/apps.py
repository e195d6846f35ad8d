"""Registers the room with Django."""

from django.apps import AppConfig


class CoreRoom(AppConfig):
    """Core."""

    name = "mainstay.core"
    label = "core"
