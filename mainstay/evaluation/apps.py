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
        from mainstay.portfolio.sections import Group, add_section

        add_entry("Evaluate", "Score models", "score_models", "evaluate", Verb.SEE_REGISTER)
        add_section("Scores", "project_scores", Verb.SEE_FIGURES, group=Group.CASE)
        add_column(SCORE)
        self._offer_appraisals()
        self._offer_corrections()
        self._offer_judging()
        self._offer_ranking()

    def _offer_corrections(self) -> None:
        """What finished projects teach new estimates: offered to cases, switched on by their authors."""
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.evaluation.operations import corrections  # noqa: F401  (registers itself)

        add_entry("Evaluate", "Corrections", "corrections", "check", Verb.SEE_FIGURES)

    def _offer_ranking(self) -> None:
        """The ranked list, matrices and sensitivity."""
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.evaluation.operations import ranking  # noqa: F401  (registers itself)
        from mainstay.evaluation.ranking.columns import RANK
        from mainstay.portfolio.queries import add_column

        add_column(RANK)
        add_entry("Evaluate", "Ranking", "ranking", "sort", Verb.SEE_FIGURES)
        add_entry("Evaluate", "Matrix", "matrix", "chart", Verb.SEE_FIGURES)
        add_entry("Evaluate", "Sensitivity", "sensitivity", "diamond", Verb.SEE_FIGURES)

    def _offer_judging(self) -> None:
        """Scoring rounds and pairwise sessions: operations, pages, notices, and what lies in a planning cycle."""
        from mainstay.core.context import add_entry
        from mainstay.evaluation import reactions  # noqa: F401  (registers itself)
        from mainstay.evaluation.contents import models_in, rounds_in, sessions_in
        from mainstay.evaluation.operations import judgements, pairwise, rounds  # noqa: F401  (register themselves)
        from mainstay.governance.contents import register_content

        add_entry("Evaluate", "Scoring rounds", "scoring_rounds", "people")
        add_entry("Evaluate", "Pairwise sessions", "pairwise_sessions", "plan")
        register_content("Score models", models_in)
        register_content("Scoring rounds", rounds_in)
        register_content("Pairwise sessions", sessions_in)

    def _offer_appraisals(self) -> None:
        """What business cases are worth: pages, columns and criteria."""
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.evaluation.appraisal import formulae
        from mainstay.evaluation.appraisal.columns import EXPOSURE, NPV
        from mainstay.portfolio.queries import add_column

        add_entry("Evaluate", "Appraisals", "appraisals", "money", Verb.SEE_FIGURES)
        add_entry("Evaluate", "Risks", "risks", "alert", Verb.SEE_FIGURES)
        add_entry("Evaluate", "Discount rates", "discount_rates", "chart", Verb.SEE_FIGURES)
        for column in (NPV, EXPOSURE):
            add_column(column)
        formulae.offer()
