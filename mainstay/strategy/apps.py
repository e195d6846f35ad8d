"""Registers the room with Django."""

from django.apps import AppConfig


class StrategyRoom(AppConfig):
    """Strategy."""

    name = "mainstay.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Make the room's operations, lists and pages known."""
        from mainstay.strategy.operations import (  # noqa: F401  (register themselves)
            causes,
            contributions,
            drivers,
            goals,
            mix,
            results,
        )
