"""Registers the room with Django."""

from django.apps import AppConfig


class ValueRoom(AppConfig):
    """Value."""

    name = "mainstay.value"
    label = "value"

    def ready(self) -> None:
        """Put the room's page into the navigation."""
        from mainstay.core.context import add_entry

        add_entry("Value", "Currencies", "currencies", "money")
