"""Control: when a figure calls for somebody, what going on is worth, and when waiting work fits.

Nouns: Watch, Watched, Work, Forward, Advice, Fit. Verbs: watch, forward, fits. What was spent counts nowhere. It must
not know who is told or who decides.
"""

from mainstay.engine.control.fit import Fit, fits
from mainstay.engine.control.forward import Advice, Forward, Work, forward
from mainstay.engine.control.watch import Watch, Watched, watch

__all__ = ["Advice", "Fit", "Forward", "Watch", "Watched", "Work", "fits", "forward", "watch"]
