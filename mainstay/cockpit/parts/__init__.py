"""The parts the cockpit adds to dashboards: what is counted across rooms, what changed, and what waits."""

from mainstay.cockpit.parts import changing, deciding, office, rollup, standing, tied, worth

PARTS = (*standing.PARTS, *worth.PARTS, *tied.PARTS, *rollup.PARTS, *changing.PARTS, *deciding.PARTS, *office.PARTS)
