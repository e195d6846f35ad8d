"""Registers the room with Django."""

from django.apps import AppConfig


class AuthoriseRoom(AppConfig):
    """Authorise."""

    name = "mainstay.authorisation"
    label = "authorisation"

    def ready(self) -> None:
        """Make the room's jobs, operations and pages known."""
        from mainstay.authorisation import jobs  # noqa: F401  (registers itself)
        from mainstay.authorisation.comparing import setting as comparing_setting
        from mainstay.authorisation.contents import plans_in, scenarios_in
        from mainstay.authorisation.dashboard import NOUNS, waiting_for
        from mainstay.authorisation.deciding.operations import adopting, baselines  # noqa: F401  (register themselves)
        from mainstay.authorisation.funding import setting as funding_setting
        from mainstay.authorisation.gates import setting as gates_setting
        from mainstay.authorisation.meetings import setting as meetings_setting
        from mainstay.authorisation.operations import adoption, selections, studies  # noqa: F401  (register themselves)
        from mainstay.authorisation.scenarios import setting as scenarios_setting
        from mainstay.authorisation.studies import jobs as study_jobs  # noqa: F401  (registers itself)
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb
        from mainstay.governance.contents import register_content
        from mainstay.portfolio.dashboard import add_waiting
        from mainstay.portfolio.sections import Group, add_section

        add_entry("Authorise", "Selections", "selections", "plan", Verb.SEE_FIGURES)
        add_entry("Authorise", "Decisions", "decisions", "authorise", Verb.SEE_FIGURES)
        add_entry("Authorise", "Decision log", "decision_log", "history", Verb.SEE_AUDIT)
        add_section("Decisions", "project_decisions", group=Group.DECISION)
        add_section("Baselines", "project_baselines", group=Group.DECISION)
        scenarios_setting.make_known()
        comparing_setting.make_known()
        gates_setting.make_known()
        funding_setting.make_known()
        meetings_setting.make_known()
        add_waiting(waiting_for, NOUNS)
        register_content("Scenarios", scenarios_in)
        register_content("Adopted plans", plans_in)
