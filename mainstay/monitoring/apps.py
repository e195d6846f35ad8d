"""Registers the room with Django."""

from django.apps import AppConfig


class MonitorRoom(AppConfig):
    """Monitor."""

    name = "mainstay.monitoring"
    label = "monitoring"
