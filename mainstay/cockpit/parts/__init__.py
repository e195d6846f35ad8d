"""The parts the cockpit adds to dashboards: what is counted across rooms, what changed, and what waits."""

from mainstay.cockpit.learning import PARTS as LEARNING
from mainstay.cockpit.parts import changing, deciding, office, rollup, standing, tied, worth
from mainstay.cockpit.value import PARTS as VALUE

STANDING = (*standing.PARTS, *worth.PARTS, *tied.PARTS, *rollup.PARTS)
PARTS = (*STANDING, *changing.PARTS, *deciding.PARTS, *office.PARTS, *VALUE, *LEARNING)
