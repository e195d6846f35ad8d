"""Calibration: what reviews of closed projects say about estimates, and how good forecasts were.

Nouns: Calibration, Centre, Corrected, Standing, Coverage, Brier, LeftOut. Verbs: calibrate, correct, after_choice,
interval_coverage, brier, leave_one_out. Few cases are drawn towards all, fewer than five correct nothing, and whoever
calibrates by chosen projects is warned. It must not know what is estimated or who estimated.
"""

from mainstay.engine.calibration.correcting import Corrected, Standing, after_choice, correct
from mainstay.engine.calibration.quality import Brier, Coverage, LeftOut, brier, interval_coverage, leave_one_out
from mainstay.engine.calibration.ratios import LEAST, Calibration, Centre, calibrate, quantile_factor, shrunk_mean

__all__ = [
    "LEAST",
    "Brier",
    "Calibration",
    "Centre",
    "Corrected",
    "Coverage",
    "LeftOut",
    "Standing",
    "after_choice",
    "brier",
    "calibrate",
    "correct",
    "interval_coverage",
    "leave_one_out",
    "quantile_factor",
    "shrunk_mean",
]
