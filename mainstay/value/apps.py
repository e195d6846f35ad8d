"""Registers the room with Django."""

from django.apps import AppConfig


class ValueRoom(AppConfig):
    """Value."""

    name = "mainstay.value"
    label = "value"

    def ready(self) -> None:
        """Make the room's operations, sheets and pages known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.value import operations  # noqa: F401  (register themselves)
        from mainstay.value.funds.sheets import EnvelopeSheet

        add_entry("Value", "Currencies", "currencies", "money")
        register(EnvelopeSheet())
