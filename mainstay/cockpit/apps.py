"""Registers the room with Django."""

from django.apps import AppConfig


class CockpitRoom(AppConfig):
    """Cockpit."""

    name = "mainstay.cockpit"
    label = "cockpit"
