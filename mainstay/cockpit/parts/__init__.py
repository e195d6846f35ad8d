"""The parts the cockpit adds to dashboards: what is counted across rooms, what changed, and what waits."""

from mainstay.cockpit.parts import standing

GROUPS = (standing.PARTS,)


def register() -> None:
    """Add them all."""
    from mainstay.portfolio.dashboard import add_part

    for parts in GROUPS:
        for part in parts:
            add_part(part)
