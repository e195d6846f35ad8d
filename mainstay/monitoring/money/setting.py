"""What the rest of the house gets to know of money."""


def make_known() -> None:
    """Register the operations, the sums that are kept, the pages and the tab of a project."""
    from mainstay.core.context import add_entry
    from mainstay.core.verbs import Verb
    from mainstay.monitoring.money import jobs  # noqa: F401
    from mainstay.monitoring.money.operations import entering, holding, keeping, ledger  # noqa: F401
    from mainstay.portfolio.sections import add_section

    add_entry("Monitor", "Money", "money", "money", Verb.SEE_FIGURES)
    add_section("Money", "project_money", Verb.SEE_FIGURES)
