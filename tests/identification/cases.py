"""Business cases that tests begin with."""

from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import BusinessCase, Option
from mainstay.identification.operations.cases import edit_case, open_case
from mainstay.identification.operations.lines import Entry, enter_lines

GOLDEN_COST = (500, 0, 0, 0, 0, 0)
GOLDEN_BENEFIT = (0, 120, 150, 180, 200, 160)


def proposal(case: BusinessCase) -> Option:
    """The preferred option."""
    return case.options.get(is_preferred=True)


def amounts(case: BusinessCase, *given: Any) -> dict[str, Decimal | None]:
    """Amounts from the first period on; None leaves a period empty."""
    pairs = zip(Frame.of(case).keys, given, strict=False)
    return {key: None if amount is None else Decimal(str(amount)) for key, amount in pairs}


def enter(
    case: BusinessCase, sheet: str, *given: Any, name: str = "Line", option: Option | None = None, **more: Any
) -> None:
    """A line of likely amounts, with a range where `low` or `high` is given."""
    estimates = {"likely": amounts(case, *given)}
    estimates |= {each: amounts(case, *more.pop(each)) for each in ("low", "high") if each in more}
    actor = more.pop("actor", MAINSTAY)
    entry = Entry("new-1", None, {"name": name, **more}, estimates)
    enter_lines(case, actor=actor, option=option or proposal(case), kind=sheet, entries=[entry])
    case.refresh_from_db()


def golden_case(project: Any) -> BusinessCase:
    """500 at once, then 120, 150, 180, 200 and 160: the example whose figures are known."""
    case = open_case(project, actor=MAINSTAY)
    edit_case(case, actor=MAINSTAY, first_period="2027-01-01", periods=6)
    case.refresh_from_db()
    enter(case, "costs", *GOLDEN_COST, name="Build", cost_type="contract", is_capital=True)
    enter(case, "benefits", *GOLDEN_BENEFIT, name="Saved energy", kind="cashable")
    return case
