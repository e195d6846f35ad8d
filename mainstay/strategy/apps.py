"""Registers the room with Django."""

from django.apps import AppConfig


class StrategyRoom(AppConfig):
    """Strategy."""

    name = "mainstay.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Make the room's operations, lists and pages known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.core.verbs import Verb
        from mainstay.portfolio.dashboard import add_parts
        from mainstay.portfolio.sections import Group, add_section
        from mainstay.strategy.dashboard import PARTS
        from mainstay.strategy.operations import (  # noqa: F401  (register themselves)
            causes,
            contributions,
            drivers,
            goals,
            mix,
            results,
        )
        from mainstay.strategy.sheets import GoalSheet, KeyResultSheet

        register(GoalSheet())
        register(KeyResultSheet())
        add_entry("Strategy", "Goals", "strategy", "strategy")
        add_entry("Strategy", "Scorecard", "scorecard", "dashboard")
        add_entry("Strategy", "Value map", "value_map", "dependency")
        add_entry("Strategy", "Investment mix", "mix", "chart")
        add_entry("Strategy", "Drivers", "drivers", "tag")
        add_entry("Strategy", "Impact ratings", "ratings", "table")
        add_entry("Strategy", "Weights", "goal_weights", "evaluate", Verb.GOALS_WEIGH)
        add_section("Strategy", "project_strategy", group=Group.CASE)
        add_parts(*PARTS)
