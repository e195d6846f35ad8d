"""Lists of appraised cases: columns, order, the sentence above, and what one case's options are worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.charts import words
from mainstay.core.errors import Unreadable
from mainstay.evaluation.appraisal.measures import Flows, Measures, appraised
from mainstay.evaluation.appraisal.rates import Rates
from mainstay.evaluation.appraisal.reading import CaseFigures, all_figures
from mainstay.identification.case_content import content_of
from mainstay.identification.case_periods import Frame
from mainstay.identification.case_totals import Totals, baseline
from mainstay.portfolio.queries.reading import Reading

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Measure:
    """A column of figures: its key, name, how it is written, what it means, and how it is read."""

    key: str
    label: str
    kind: str
    meaning: str
    read: Callable[[Any], Any]


def _of(name: str) -> Callable[[Any], Any]:
    return lambda measures: getattr(measures, name)


MEASURES = (
    Measure("npv", "NPV", "money", "Net present value: every later amount discounted to the first period, benefits "
            "less costs, more than doing nothing.", _of("npv")),
    Measure("irr", "IRR", "percent", "Internal rate of return: the discount rate at which the net present value is "
            "zero. Several are possible where the sign of the flows changes more than once; none is possible, too.",
            _of("irr")),
    Measure("payback", "Payback, years", "number", "Years until benefits have paid back the costs, undiscounted.",
            _of("payback")),
    Measure("discounted_payback", "Discounted payback, years", "number", "The same with discounted amounts.",
            _of("discounted_payback")),
    Measure("bcr", "BCR", "number", "Benefit-cost ratio: present value of benefits for each unit of present cost.",
            _of("bcr")),
    Measure("profitability_index", "PI", "number", "Profitability index: 1 + NPV for each unit spent in the first "
            "period.", _of("profitability_index")),
    Measure("roi", "ROI", "percent", "Return on investment: benefits less costs by costs, undiscounted.", _of("roi")),
    Measure("equivalent_annuity", "Annuity", "money", "The equal yearly amount with the same net present value.",
            _of("equivalent_annuity")),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}


@dataclass(frozen=True)
class Line:
    """A case in the list, with its project and figures."""

    project: Any
    figures: CaseFigures

    def value(self, key: str) -> Any:
        """What the list is sorted by."""
        if key in BY_KEY:
            return getattr(self.figures.measures, key)
        return {
            "name": self.project.name.casefold(),
            "code": self.project.code,
            "cost": self.figures.cost,
            "benefit": self.figures.benefit,
            "exposure": self.figures.exposure,
            "demand": self.figures.demand,
            "width": self.figures.width,
        }[key]


SORTS = (*BY_KEY, "name", "code", "cost", "benefit", "exposure", "demand", "width")


class Appraisals:
    """The appraised cases of a portfolio, or of everything the person may see."""

    def __init__(self, user: Any, portfolio: Any = None, sort: str = "", as_of: datetime | None = None) -> None:
        self.reading = Reading(user, as_of)
        self.portfolio, self.sort = portfolio, sort or "-npv"
        if self.sort.removeprefix("-") not in SORTS:
            raise Unreadable(f"There is no order by {self.sort[:40]!r}.")
        projects = self.reading.projects().select_related("stage")
        if portfolio is not None:
            projects = projects.filter(portfolio__in=self.reading.below(portfolio.row_id))
        known = all_figures(user, as_of)
        rows = projects.only(self.reading.key, "code", "name", "stage__key", "stage__name").order_by("code")
        self.lines = self._sorted([Line(row, known[row.row_id]) for row in rows if row.row_id in known])

    def _sorted(self, lines: list[Line]) -> list[Line]:
        """In the order asked for; what has no value stands behind."""
        key, falls = self.sort.removeprefix("-"), self.sort.startswith("-")
        with_value = [line for line in lines if line.value(key) is not None]
        without = [line for line in lines if line.value(key) is None]
        return [*sorted(with_value, key=lambda line: line.value(key), reverse=falls), *without]

    @property
    def finding(self) -> str:
        """The list in a sentence."""
        if not self.lines:
            return "No business case is open to you here yet."
        counted = words.counted(len(self.lines), "business case")
        values = [line for line in self.lines if line.figures.measures.npv is not None]
        if not values:
            return f"{counted}; none can be discounted, because no discount rate holds today or no amount is entered."
        worth = sum(1 for line in values if line.figures.measures.npv > 0)
        rest = len(self.lines) - len(values)
        left = f"; {rest} without a net present value" if rest else ""
        return f"{worth} of {counted} {'is' if worth == 1 else 'are'} worth more than doing nothing{left}."


@dataclass(frozen=True)
class OptionAppraised:
    """One option with its measures against doing nothing; the baseline itself has none."""

    option: dict[str, Any]
    measures: Measures
    is_baseline: bool


def options_appraised(case: Any, as_of: datetime | None = None) -> list[OptionAppraised]:
    """Every option of a case against its baseline."""
    content, frame = content_of(case, as_of), Frame.of(case)
    nothing = baseline(content)
    discount = Rates(as_of).of(case.scope.path)
    base = Totals(nothing) if nothing else None
    flows = [_flows(Totals(option), base, frame, discount) for option in content["options"]]
    return [
        OptionAppraised(option, measures, option is nothing)
        for option, measures in zip(content["options"], appraised(flows), strict=True)
    ]


def _flows(totals: Totals, base: Totals | None, frame: Frame, discount: Any) -> Flows:
    def change(name: str) -> tuple[float, ...]:
        here, there = getattr(totals, name), getattr(base, name) if base else {}
        return tuple(float(here.get(key, NOTHING) - there.get(key, NOTHING)) for key in frame.keys)

    return Flows(frame.months, change("cost_by_period"), change("benefit_by_period"), discount)


def rows_of(options: Sequence[OptionAppraised]) -> list[tuple[Measure, list[Any]]]:
    """The measures as rows, the options as columns."""
    return [(measure, [(one, measure.read(one.measures)) for one in options]) for measure in MEASURES]
