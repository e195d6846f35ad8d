"""What the rest of the house gets to know of comparing and merging."""


def make_known() -> None:
    """Register the operation."""
    from mainstay.authorisation.comparing import operations  # noqa: F401  (registers itself)
