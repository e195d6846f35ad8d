"""Registers the room with Django."""

from django.apps import AppConfig


class GovernanceRoom(AppConfig):
    """Governance."""

    name = "mainstay.governance"
    label = "governance"

    def ready(self) -> None:
        """Make the room's operations, sheets and pages known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.governance.boards.sheets import DelegationSheet, SeatSheet
        from mainstay.governance.operations import boards, cycles, delegations, gates  # noqa: F401  (register themselves)
        from mainstay.governance.sheets import CycleSheet

        add_entry("Governance", "Planning cycles", "cycles", "governance")
        add_entry("Governance", "Boards", "boards", "governance")
        add_entry("Governance", "Gate models", "gate_models", "governance")
        for sheet in (CycleSheet(), SeatSheet(), DelegationSheet()):
            register(sheet)
