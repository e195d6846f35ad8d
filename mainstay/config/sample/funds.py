"""Where the money of the sample comes from: a fund for each part of the business, three years, tranches by stage."""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from mainstay.authorisation.funding.balance import balance_of
from mainstay.authorisation.funding.operations import (
    carry_over,
    commit_funding,
    divide_commitment,
    release_tranche,
    return_funding,
)
from mainstay.authorisation.models import Commitment, Tranche
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.staff import Staff
from mainstay.portfolio.models import FiscalYear, Portfolio, Project, Stage
from mainstay.value.models import CostNature, Envelope, Fund
from mainstay.value.operations import create_fund, set_envelope

FUNDS = {
    "WATER": ("water-capital", "Water capital fund", CostNature.CAPEX),
    "POWER": ("power-capital", "Power capital fund", CostNature.CAPEX),
    "DIGITAL": ("digital-change", "Digital change fund", CostNature.ANY),
}
FOUNDED, FIRST, LAST = -700, -640, -80
FUNDED = frozenset({"active", "on_hold", "closing", "closed", "authorised"})
ROOM, KEPT_BACK = Decimal("1.15"), Decimal("0.05")
SHARES = (("Start", Decimal("0.5"), "authorised"), ("Delivery", Decimal("0.4"), "active"))
LAST_SHARE = ("Close-out", "closing")
CARRIED = Decimal(250_000)


@dataclass(frozen=True)
class Promise:
    """Money that finance commits to a project on a day, out of the fund and the year it starts in."""

    facts: Facts
    day: int
    year: int
    amount: Decimal


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the funds, what they promise and what becomes of it into the diary."""
    promises = [_promise(facts, diary) for facts in projects if _is_funded(facts)]
    diary.enter(FOUNDED, partial(_found, promises, staff, diary))
    for promise in promises:
        diary.enter(promise.day, partial(_commit, promise, staff), hour=15)
        diary.enter(promise.day + 2, partial(_release, promise, staff, 1), hour=15)
        if promise.facts.has_run:
            diary.enter(
                max(promise.facts.start + 20, promise.day + 12), partial(_release, promise, staff, 2), hour=16
            )
    closed = next(promise for promise in promises if promise.facts.stage == "closed")
    diary.enter(-60, partial(_return, closed, staff), hour=11)
    diary.enter(-45, partial(_carry, staff, diary), hour=11)


def _is_funded(facts: Facts) -> bool:
    return facts.stage in FUNDED and facts.currency == "GBP" and facts.portfolio in FUNDS and bool(facts.cost)


def _promise(facts: Facts, diary: Diary) -> Promise:
    """Two fifths of the cost, promised as it starts; who started before the funds were founded gets it then."""
    day = min(max(facts.start - 4, FIRST), LAST) if facts.has_run else -4
    amount = money(round((facts.cost or 0) * 0.4, 2)) or Decimal(0)
    return Promise(facts, day, _fiscal_year(diary.day(day)), amount)


def _fiscal_year(day: date) -> int:
    """The calendar year in which the fiscal year of a day begins."""
    return next(
        start.year for start, end in FiscalYear.objects.values_list("start_date", "end_date") if start <= day <= end
    )


def _found(promises: list[Promise], staff: Staff, diary: Diary) -> None:
    """Open the funds; each year holds what it will promise and some room beyond."""
    this_year = _fiscal_year(diary.today)
    for code, (key, name, nature) in FUNDS.items():
        place = Portfolio.objects.get(code=code)
        fund = create_fund(place, actor=staff["mei"], key=key, name=name, nature=nature, owner=staff["mei"])
        for year in range(min(this_year - 1, *(one.year for one in promises)), this_year + 2):
            wanted = sum(
                (one.amount for one in promises if (one.facts.portfolio, one.year) == (code, year)), Decimal(0)
            )
            amount = Decimal(max(1, math.ceil(wanted * ROOM / 1_000_000))) * 1_000_000
            held_back = (amount - wanted) * KEPT_BACK if wanted else amount * KEPT_BACK
            row = FiscalYear.objects.get(start_date__year=year)
            set_envelope(fund, actor=staff["mei"], year=row, amount=amount, held_back=held_back.quantize(Decimal(1)))


def _envelope(portfolio: str, year: int) -> Envelope:
    return Envelope.objects.get(fund__key=FUNDS[portfolio][0], year__start_date__year=year)


def _commit(promise: Promise, staff: Staff) -> None:
    project = Project.objects.get(code=promise.facts.code)
    envelope = _envelope(promise.facts.portfolio, promise.year)
    made = commit_funding(project, actor=staff["mei"], envelope=envelope, amount=promise.amount)
    stages = {stage.key: stage for stage in Stage.objects.all()}
    parts = [
        {"title": title, "amount": (promise.amount * share).quantize(Decimal(1)), "gate": stages[key]}
        for title, share, key in SHARES
    ]
    rest = promise.amount - sum(part["amount"] for part in parts)
    parts.append({"title": LAST_SHARE[0], "amount": rest, "gate": stages[LAST_SHARE[1]]})
    divide_commitment(made, actor=staff["mei"], tranches=parts)


def _release(promise: Promise, staff: Staff, number: int) -> None:
    tranche = Tranche.objects.get(commitment__project__code=promise.facts.code, number=number)
    release_tranche(tranche, actor=staff["amara"])


def _return(promise: Promise, staff: Staff) -> None:
    made = Commitment.objects.get(project__code=promise.facts.code)
    amount = made.tranches.get(number=len(SHARES) + 1).amount
    return_funding(made, actor=staff["mei"], amount=amount, reason="Closed below its estimate")


def _carry(staff: Staff, diary: Diary) -> None:
    """What the water fund had left last year helps this year."""
    year = _fiscal_year(diary.today)
    origin, target = _envelope("WATER", year - 1), _envelope("WATER", year)
    amount = min(CARRIED, balance_of(origin).available)
    if amount > 0:
        fund = Fund.objects.get(key=FUNDS["WATER"][0])
        terms = {"origin": origin, "target": target, "amount": amount}
        carry_over(fund, actor=staff["mei"], reason=f"Year end {origin.year}", **terms)
