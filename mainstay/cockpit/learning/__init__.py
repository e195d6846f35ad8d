"""How good we are at choosing: what came of past plans, whether scores foretell it, and how the process runs."""

from mainstay.cockpit.learning import plans, predicting, process

PARTS = (*plans.PARTS, *predicting.PARTS, *process.PARTS)
