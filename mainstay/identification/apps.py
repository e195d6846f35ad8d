"""Registers the room with Django."""

from django.apps import AppConfig


class IdentifyRoom(AppConfig):
    """Identify."""

    name = "mainstay.identification"
    label = "identification"

    def ready(self) -> None:
        """Make the room's operations, pages and lists known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.core.verbs import Verb
        from mainstay.identification import asking  # noqa: F401  (registers itself)
        from mainstay.identification.operations import (  # noqa: F401  (register themselves)
            assumptions,
            cases,
            duplicates,
            forms,
            lines,
            options,
            requests,
            risks,
            triage,
        )
        from mainstay.identification.sheets.case_lines import BenefitSheet, CostSheet, DemandSheet
        from mainstay.identification.sheets.cases import AssumptionSheet, CaseSheet, RiskSheet
        from mainstay.identification.sheets.requests import RequestSheet
        from mainstay.portfolio.sections import Group, add_section

        add_section("Business case", "project_case", Verb.SEE_FIGURES, group=Group.CASE)
        add_entry("Identify", "My requests", "requests", "identify", Verb.REQUEST_DRAFT)
        add_entry("Identify", "Triage", "triage", "list", Verb.SEE_REQUESTS)
        add_entry("Identify", "Look-alikes", "duplicates", "copy", Verb.DUPLICATE_DISMISS)
        add_entry("Administration", "Request forms", "request_forms", "edit", Verb.FORM_CREATE)
        sheets = (
            RequestSheet(),
            CaseSheet(),
            CostSheet(),
            BenefitSheet(),
            DemandSheet(),
            RiskSheet(),
            AssumptionSheet(),
        )
        for sheet in sheets:
            register(sheet)
