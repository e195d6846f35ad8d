"""The money of an adopted plan: what each newly authorised project costs, promised from the years of a fund."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from mainstay.authorisation.deciding.steps import Step, is_authorised
from mainstay.authorisation.funding import rules
from mainstay.authorisation.funding.balance import balances, locked
from mainstay.authorisation.models import Commitment, Decision
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.portfolio.models import Project
from mainstay.value.models import Envelope, Fund

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Allocation:
    """Money of one year of a fund for one project."""

    project: Project
    envelope: Envelope
    amount: Decimal


def allocations_of(fund: Fund | None, steps: Iterable[Step]) -> list[Allocation]:
    """What newly authorised projects cost, by the days they run in each year; undated ones in the first."""
    if fund is None:
        return []
    envelopes = list(fund.envelopes.select_related("year", "fund").order_by("year__start_date"))
    return [each for step in steps if is_authorised(step) for each in _of_one(step, fund, envelopes)]


def _of_one(step: Step, fund: Fund, envelopes: list[Envelope]) -> list[Allocation]:
    project = step.project
    if not project.cost:
        return []
    if project.currency != fund.currency:
        raise Impossible(f"{project} costs {project.currency}, {fund} holds {fund.currency}.")
    start, end = step.dates
    days = _days(start, end, envelopes)
    if not days:
        raise Impossible(f"{fund} holds no money for the years in which {project} runs.")
    return [Allocation(project, *share) for share in _shares(project.cost, days)]


def _days(start: date | None, end: date | None, envelopes: list[Envelope]) -> list[tuple[Envelope, int]]:
    """How many days of the project lie in the year of each envelope."""
    open_ones = [each for each in envelopes if not each.year.is_closed]
    if start is None or end is None:
        return [(open_ones[0], 1)] if open_ones else []
    found = []
    for each in open_ones:
        first, last = max(start, each.year.start_date), min(end, each.year.end_date)
        if first <= last:
            found.append((each, (last - first + timedelta(days=1)).days))
    return found


def _shares(cost: Decimal, days: list[tuple[Envelope, int]]) -> list[tuple[Envelope, Decimal]]:
    """The cost by days, to the cent, the rest in the last year; together exactly the cost."""
    whole = sum(count for _, count in days)
    shares = [(each, (cost * count / whole).quantize(CENT, ROUND_DOWN)) for each, count in days[:-1]]
    rest = cost - sum((amount for _, amount in shares), Decimal())
    return [share for share in [*shares, (days[-1][0], rest)] if share[1] > 0]


@dataclass(frozen=True)
class Asked:
    """What a plan would promise from one year of a fund, beside what that year has left."""

    envelope: Envelope
    amount: Decimal
    left: Decimal

    @property
    def shortfall(self) -> str:
        """What is missing, in a sentence; nothing where the money is there."""
        if self.amount <= self.left:
            return ""
        left, needed = rules.words(self.left, self.envelope), rules.words(self.amount, self.envelope)
        return f"{self.envelope} has {left} left, the plan needs {needed}."


def by_year(allocations: list[Allocation]) -> list[Asked]:
    """What is promised from each year of the fund."""
    sums: defaultdict[Envelope, Decimal] = defaultdict(Decimal)
    for each in allocations:
        sums[each.envelope] += each.amount
    left = balances(sums)
    return [Asked(envelope, amount, left[envelope.pk].available) for envelope, amount in sums.items()]


def shortfalls(years: Iterable[Asked]) -> list[str]:
    """The years that do not hold what is to be promised from them."""
    return [each.shortfall for each in years if each.shortfall]


def allocate(allocations: list[Allocation], decision: Decision) -> list[Commitment]:
    """Promise the money within the operation that adopts the plan; refused whole where an envelope is too small."""
    held = {each.pk: each for each in locked(sorted({each.envelope.pk for each in allocations}))}
    if short := shortfalls(by_year(allocations)):
        raise Impossible(f"Nothing was adopted. {' '.join(short)}")
    projects = Project.objects.select_related("stage").in_bulk({each.project.pk for each in allocations})
    made = []
    for each in allocations:
        rules.refuse_wrong_fund(projects[each.project.pk], held[each.envelope.pk])
        row = Commitment(project=each.project, envelope=held[each.envelope.pk], amount=each.amount, decision=decision)
        made.append(history.create(row))
    return made
