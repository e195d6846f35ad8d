"""The reviews between the cycles: every six weeks each part of the business decides what its money goes on with."""

from decimal import Decimal
from functools import partial

from mainstay.authorisation.models import Committed
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.config.sample.biography import DECIDED
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.portfolio.models import Phase, Portfolio, Project

PARTS = ("WATER", "POWER", "DIGITAL")
FIRST, EVERY, COUNT = DECIDED[1] + 20, 46, 16
SECONDS = 5.0
NOTE = "What runs goes on. Its money is all there is until the next cycle, so no candidate comes in."


def enter(staff: Staff, diary: Diary) -> None:
    """Write the reviews into the diary."""
    for nth in range(COUNT):
        day = FIRST + nth * EVERY
        for part in PARTS:
            diary.enter(day, partial(_review, part, f"{diary.day(day):%B %Y}", staff), hour=15)


def _review(part: str, month: str, staff: Staff) -> None:
    """Weigh what runs and what waits within the money that runs, and decide on it."""
    portfolio = Portfolio.objects.get(code=part)
    terms = {"maximise": "benefit", "budget": _running(portfolio), "committed": Committed.KEPT}
    selection = prepare_selection(portfolio, actor=staff["amara"], name=f"Review of {month}", **terms)
    solved = solve_now(selection, actor=staff["amara"], seconds=SECONDS)
    adopt_selection(solved or selection, actor=staff["helen"], note=NOTE)


def _running(portfolio: Portfolio) -> Decimal:
    """What the committed projects of a portfolio cost that are paid in its currency."""
    rows = Project.objects.within(portfolio).filter(stage__phase=Phase.COMMITTED, currency=portfolio.currency)
    return sum((cost for cost in rows.values_list("cost", flat=True) if cost), Decimal())
