"""What the rest of the house gets to know of calibration."""


def make_known() -> None:
    """Register the page."""
    from mainstay.core.context import add_entry
    from mainstay.core.verbs import Verb

    add_entry("Review", "Calibration", "calibration", "chart", Verb.SEE_FIGURES)
