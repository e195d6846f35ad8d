"""What the rest of the house gets to know of scenarios."""


def make_known() -> None:
    """Register the operations, the long work and the page."""
    from mainstay.authorisation.scenarios import jobs, operations, solving  # noqa: F401  (register themselves)
    from mainstay.core.context import add_entry
    from mainstay.core.verbs import Verb

    add_entry("Authorise", "Scenarios", "scenarios", "plan", Verb.SEE_FIGURES)
