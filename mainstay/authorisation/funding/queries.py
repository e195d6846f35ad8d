"""What the pages about money read: funds with their balances, projects with what they hold, tranches that wait."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.authorisation.funding.balance import Balance, balances
from mainstay.authorisation.funding.rules import blocking_conditions, what_holds
from mainstay.authorisation.models import CarryOver, Commitment, Tranche, TrancheState
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.value.funds.queries import envelopes_for, funds_for
from mainstay.value.models import Envelope

MOST_SHOWN = 1000


@dataclass(frozen=True)
class Year:
    """One year of a fund with its sums."""

    envelope: Any
    balance: Balance
    is_over: bool


@dataclass(frozen=True)
class Purse:
    """A fund with its years, the earliest first."""

    fund: Any
    years: list[Year]

    @property
    def whole(self) -> Balance:
        """The sums of all years."""
        return sum((year.balance for year in self.years), Balance())

    @property
    def now(self) -> Year | None:
        """The year that runs, or else the first that has not ended."""
        return next((year for year in self.years if not year.is_over), None)

    @property
    def left_over(self) -> list[Year]:
        """Years that ended with something left."""
        return [year for year in self.years if year.is_over and year.balance.available > 0]


def purses(user: Any, as_of: datetime | None = None) -> list[Purse]:
    """Every fund the person may see, in a constant number of questions."""
    rows = list(envelopes_for(user, as_of))
    sums, today = balances(rows, as_of), timezone.localdate(as_of) if as_of else timezone.localdate()
    years: dict[int, list[Year]] = defaultdict(list)
    for row in rows:
        years[row.fund_id].append(Year(row, sums[row.row_id], row.year.end_date < today))
    return [Purse(fund, years[fund.row_id]) for fund in funds_for(user, as_of)]


def purse_for(user: Any, key: str, as_of: datetime | None = None) -> Purse:
    """One fund the person may see."""
    fund = funds_for(user, as_of).filter(key=key).first()
    if fund is None:
        raise Missing("There is no such fund, or it is not open to you.")
    rows = list(envelopes_for(user, as_of).filter(fund_id=fund.row_id))
    sums, today = balances(rows, as_of), timezone.localdate(as_of) if as_of else timezone.localdate()
    return Purse(fund, [Year(row, sums[row.row_id], row.year.end_date < today) for row in rows])


def commitments_of(fund: Any, user: Any, as_of: datetime | None = None) -> list[Any]:
    """What a fund has promised to projects the person may see, with what is released of each."""
    rows = Commitment.objects.as_of(as_of).visible_to(user).filter(envelope__fund_id=fund.row_id)
    rows = rows.select_related("project__stage", "envelope__year").order_by("-envelope__year__start_date", "project")
    return with_released(list(rows[:MOST_SHOWN]), as_of)


def with_released(rows: list[Any], as_of: datetime | None = None) -> list[Any]:
    """The commitments with `released` on each."""
    tranches = Tranche.objects.as_of(as_of).filter(
        commitment_id__in=[row.row_id for row in rows], state=TrancheState.RELEASED
    )
    released: dict[int, Decimal] = defaultdict(Decimal)
    for commitment, amount in tranches.values_list("commitment_id", "amount"):
        released[commitment] += amount
    for row in rows:
        row.released = released[row.row_id]
    return rows


def carried(fund: Any, user: Any, as_of: datetime | None = None) -> list[Any]:
    """The carry-overs of a fund, the latest first."""
    rows = CarryOver.objects.as_of(as_of).visible_to(user).filter(origin__fund_id=fund.row_id)
    return list(rows.select_related("origin__year", "target__year").order_by("-carried_at"))


def project_for(user: Any, code: str) -> Project:
    """A project whose figures the person may see."""
    rows = Project.objects.visible_to(user, Verb.SEE_FIGURES).filter(code=code)
    project = rows.select_related("stage", "portfolio").first()
    if project is None:
        raise Missing("There is no such project, or its figures are not open to you.")
    return project


def held_by(project: Project, as_of: datetime | None = None) -> list[Any]:
    """What a project holds, each commitment with what is released and its tranches."""
    rows = Commitment.objects.as_of(as_of).filter(project_id=project.pk)
    rows = with_released(list(rows.select_related("envelope__fund", "envelope__year")), as_of)
    parts: dict[int, list[Any]] = defaultdict(list)
    tranches = Tranche.objects.as_of(as_of).filter(commitment_id__in=[row.row_id for row in rows])
    for tranche in tranches.select_related("gate", "released_by").order_by("number"):
        parts[tranche.commitment_id].append(tranche)
    for row in rows:
        row.parts = parts[row.row_id]
    return rows


def commitment_for(user: Any, commitment_id: int) -> Commitment:
    """A commitment the person may see."""
    rows = Commitment.objects.visible_to(user).filter(pk=commitment_id)
    found = rows.select_related("project__stage", "envelope__fund__portfolio", "envelope__year").first()
    if found is None:
        raise Missing("There is no such commitment, or it is not open to you.")
    return found


def tranche_for(user: Any, tranche_id: int) -> Tranche:
    """A tranche the person may see."""
    found = Tranche.objects.visible_to(user).filter(pk=tranche_id).first()
    if found is None:
        raise Missing("There is no such tranche, or it is not open to you.")
    return found


def open_envelopes(user: Any, project: Project) -> list[tuple[Envelope, Balance]]:
    """The envelopes a person may commit to a project, with what is left of each."""
    rows = Envelope.objects.visible_to(user, Verb.FUNDING_COMMIT).filter(fund__is_open=True, year__is_closed=False)
    rows = rows.filter(fund__portfolio__seal=project.seal).select_related("fund__portfolio", "year")
    fitting = [row for row in rows if project.path.startswith(row.fund.portfolio.path)]
    sums = balances(fitting)
    return [(row, sums[row.pk]) for row in fitting]


@dataclass(frozen=True)
class Waiting:
    """A tranche that is held, and why; nothing where it may be released."""

    tranche: Tranche
    obstacle: str


def waiting(user: Any) -> list[Waiting]:
    """The tranches that are held, those that may be released first."""
    rows = (
        Tranche.objects.visible_to(user)
        .filter(state=TrancheState.HELD)
        .select_related(
            "gate", "commitment__project__stage", "commitment__envelope__fund", "commitment__envelope__year"
        )
    )
    rows = list(rows.order_by("due_date", "pk")[:MOST_SHOWN])
    blocking = blocking_conditions(list({row.commitment.project_id for row in rows}))
    found = [Waiting(row, what_holds(row, blocking)) for row in rows]
    return sorted(found, key=lambda one: bool(one.obstacle))
