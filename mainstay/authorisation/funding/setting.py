"""What the rest of the house gets to know of funding."""


def make_known() -> None:
    """Register the operations, what is promised of an envelope, the pages and the tab of a project."""
    from mainstay.authorisation.funding import keeping, operations  # noqa: F401  (register themselves)
    from mainstay.authorisation.funding.balance import promises_of
    from mainstay.core.context import add_entry
    from mainstay.core.verbs import Verb
    from mainstay.portfolio.sections import Group, add_section
    from mainstay.value.envelopes import register_promises

    register_promises("commitments", promises_of)
    add_entry("Authorise", "Funds", "funds", "money", Verb.SEE_FIGURES)
    add_entry("Authorise", "Tranches", "tranches", "money", Verb.FUNDING_RELEASE)
    add_section("Funding", "project_funding", Verb.SEE_FIGURES, group=Group.DECISION)
