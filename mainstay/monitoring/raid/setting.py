"""What the rest of the house gets to know of risks, issues and actions."""


def make_known() -> None:
    """Register the operations, the pages, the tab of a project and the lists."""
    from mainstay.core.context import add_entry
    from mainstay.core.exchange import register
    from mainstay.monitoring.raid import operations  # noqa: F401  (register themselves)
    from mainstay.monitoring.raid.sheets import ActionSheet, IssueSheet
    from mainstay.portfolio.sections import add_section

    add_entry("Monitor", "Risks and issues", "raid", "alert")
    add_section("Risks and issues", "project_raid")
    register(IssueSheet())
    register(ActionSheet())
