"""Finance: what a business case is worth, by every measure that boards ask for.

Nouns: Timing (END, MID_YEAR, dates), Appraisal, OneAppraisal. Verbs: appraise, appraise_one, and each measure alone;
incremental, from_decision, after_tax, with_terminal_value and others prepare flows. Arrays of projects in and out.
NaN (None for one project) says that a measure does not exist. It must not know currencies or who asks.
"""

from mainstay.engine.finance.adjustments import (
    after_tax,
    at_prices_of_the_year,
    delayed,
    from_decision,
    incremental,
    with_terminal_value,
)
from mainstay.engine.finance.appraisal import Appraisal, OneAppraisal, appraise, appraise_one
from mainstay.engine.finance.discounting import nominal_rate, npv, real_rate
from mainstay.engine.finance.payback import discounted_payback, payback
from mainstay.engine.finance.ratios import bcr, equivalent_annuity, profitability_index, roi
from mainstay.engine.finance.returns import irr, mirr, sign_changes
from mainstay.engine.finance.timing import END, MID_YEAR, Timing
from mainstay.engine.finance.uncertain import cost_of_delay, expected_commercial_value, productivity_index

__all__ = [
    "END",
    "MID_YEAR",
    "Appraisal",
    "OneAppraisal",
    "Timing",
    "after_tax",
    "appraise",
    "appraise_one",
    "at_prices_of_the_year",
    "bcr",
    "cost_of_delay",
    "delayed",
    "discounted_payback",
    "equivalent_annuity",
    "expected_commercial_value",
    "from_decision",
    "incremental",
    "irr",
    "mirr",
    "nominal_rate",
    "npv",
    "payback",
    "productivity_index",
    "profitability_index",
    "real_rate",
    "roi",
    "sign_changes",
    "with_terminal_value",
]
