"""How good we are at choosing: what came of past plans, whether scores foretell it, and how the process runs."""

from mainstay.cockpit.learning import choosing, one_plan, plans, predicting, process

PARTS = (*plans.PARTS, *one_plan.PARTS, *choosing.PARTS, *predicting.PARTS, *process.PARTS)
