"""What the rest of the house gets to know of gates."""


def make_known() -> None:
    """Register the operations, the guard, the pages and the tab of a project."""
    from mainstay.authorisation.gates import guard, operations  # noqa: F401  (register themselves)
    from mainstay.core.context import add_entry
    from mainstay.portfolio.sections import Group, add_section

    add_entry("Authorise", "Gates", "gates", "authorise")
    add_section("Gates", "project_gates", group=Group.DECISION)
