"""What the rest of the house gets to know of changes."""


def make_known() -> None:
    """Register the operations, the pages and the tab of a project."""
    from mainstay.core.context import add_entry
    from mainstay.monitoring.changes import operations  # noqa: F401  (register themselves)
    from mainstay.portfolio.sections import add_section

    add_entry("Monitor", "Changes", "changes", "edit")
    add_section("Changes", "project_changes")
