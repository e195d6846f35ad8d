"""Agreement: whether several people's scores say the same, and where they do not.

Nouns: Concordance, Spread, Bias, Change. Verbs: kendalls_w, spread, criterion_spread, outside_tolerance,
evaluator_bias, change_between_rounds. People are the first axis, NaN is "not scored" or "recused", never zero.
It must not know who the people are.
"""

from mainstay.engine.agreement.concordance import Concordance, chi_square_tail, kendalls_w, tied_ranks
from mainstay.engine.agreement.people import Bias, Change, change_between_rounds, evaluator_bias
from mainstay.engine.agreement.spread import TARGET, Spread, criterion_spread, outside_tolerance, spread

__all__ = [
    "TARGET",
    "Bias",
    "Change",
    "Concordance",
    "Spread",
    "change_between_rounds",
    "chi_square_tail",
    "criterion_spread",
    "evaluator_bias",
    "kendalls_w",
    "outside_tolerance",
    "spread",
    "tied_ranks",
]
