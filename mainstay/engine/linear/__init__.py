"""Linear and mixed-integer programs: arrays in, numbers, prices and a bound out.

Nouns: Program, Effort, Ended. Verb: maximise, done by HiGHS, which is loaded at the first use.
It must not know what the columns and rows stand for.
"""

from mainstay.engine.linear.maximise import Effort, Ended, maximise
from mainstay.engine.linear.program import Program

__all__ = ["Effort", "Ended", "Program", "maximise"]
