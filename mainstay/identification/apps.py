"""Registers the room with Django."""

from django.apps import AppConfig


class IdentifyRoom(AppConfig):
    """Identify."""

    name = "mainstay.identification"
    label = "identification"

    def ready(self) -> None:
        """Make the room's operations, pages and lists known."""
        from mainstay.identification.operations import (  # noqa: F401  (register themselves)
            assumptions,
            cases,
            lines,
            options,
            risks,
        )
