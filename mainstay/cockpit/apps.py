"""Registers the room with Django."""

from django.apps import AppConfig


class CockpitRoom(AppConfig):
    """Cockpit."""

    name = "mainstay.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        """Put the room's pages into the navigation, its parts into dashboards, and baselines into the roadmap."""
        from mainstay.cockpit.operations import marks  # noqa: F401  (registers itself)
        from mainstay.cockpit.parts import PARTS
        from mainstay.cockpit.queries.roadmap import add_ghosts
        from mainstay.cockpit.queries.roadmap_ghosts import current_baselines
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.portfolio.dashboard import add_parts

        add_entry("Home", "Home", "home", "home", None)
        add_entry("Portfolio", "Dashboards", "dashboards", "dashboard")
        add_entry("Portfolio", "Roadmap", "roadmap", "calendar")
        add_ghosts(current_baselines)
        add_parts(*PARTS)
        add_entry("Value", "Value", "value", "trend", Verb.SEE_FIGURES)
        add_entry("Review", "Learning", "learning", "trend", Verb.SEE_FIGURES)
        add_entry("Reports", "Activity", "activity", "history")
