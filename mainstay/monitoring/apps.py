"""Registers the room with Django."""

from django.apps import AppConfig


class MonitorRoom(AppConfig):
    """Monitor."""

    name = "mainstay.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Make the room's operations, pages and lists known."""
        from mainstay.monitoring.operations import (  # noqa: F401  (register themselves)
            favourites,
            hours,
            locking,
            timesheets,
        )
