"""Registers the room with Django."""

from django.apps import AppConfig


class EvaluateRoom(AppConfig):
    """Evaluate."""

    name = "mainstay.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Make the room's operations and pages known."""
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.evaluation.columns import SCORE
        from mainstay.evaluation.operations import discount, models, scores  # noqa: F401  (register themselves)
        from mainstay.portfolio.queries import add_column
        from mainstay.portfolio.sections import add_section

        add_entry("Evaluate", "Score models", "score_models", "evaluate", Verb.SEE_REGISTER)
        add_section("Scores", "project_scores", Verb.SEE_FIGURES)
        add_column(SCORE)
