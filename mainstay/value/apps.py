"""Registers the room with Django."""

from django.apps import AppConfig


class ValueRoom(AppConfig):
    """Value."""

    name = "mainstay.value"
    label = "value"

    def ready(self) -> None:
        """Make the room's operations, sheets and pages known."""
        from mainstay.core.context import add_entry
        from mainstay.value import operations  # noqa: F401  (register themselves)

        add_entry("Value", "Currencies", "currencies", "money")
