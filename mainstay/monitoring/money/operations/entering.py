"""Entering budget, forecast and commitments by month, and closing months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Sum
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import FieldChange, Impossible, Stale
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import CostType
from mainstay.monitoring.models import ClosedPeriod, MoneyKind, MoneyLine, Treatment
from mainstay.monitoring.money.periods import Closed, hold_months
from mainstay.portfolio.models import Portfolio, Project
from mainstay.value.models import Fund

MOST_ROWS = 5_000
LARGEST = Decimal(10) ** 13
CENT = Decimal("0.01")
Key = tuple[str, date, str, str, int | None]


@dataclass(frozen=True)
class MoneyEntry:
    """An amount of a project in a month, named by its first day; no amount, or zero, takes it away."""

    kind: str
    month: date
    amount: Decimal | None
    treatment: str = Treatment.OPEX
    cost_type: str = CostType.OTHER
    fund: Fund | None = None

    @property
    def key(self) -> Key:
        """What it is an amount of."""
        return self.kind, self.month, self.treatment, self.cost_type, self.fund and self.fund.pk


@operation(Verb.MONEY_ENTER)
def enter_money(
    project: Project, *, actor: Actor, entries: Sequence[MoneyEntry], expected_state: str = "", reason: str = ""
) -> int:
    """Set amounts of a project, all of them or none; gives how many changed. Closed months are refused.

    Where somebody changed the money since `expected_state` (see `money_state`), it is refused.
    """
    hold_months()
    _refuse_other(project, expected_state)
    known = {_key(one): one for one in MoneyLine.objects.filter(project=project)}
    wanted = _wanted(project, entries)
    moved = {key: amount for key, amount in wanted.items() if amount != (known[key].amount if key in known else 0)}
    Closed().refuse(project, {key[1] for key in moved})
    gone = [known[key] for key, amount in moved.items() if not amount]
    new = [_row(project, key, amount) for key, amount in moved.items() if amount and key not in known]
    if len(known) + len(new) > MOST_ROWS:
        raise ValidationError({"entries": f"A project has {MOST_ROWS:,} amounts at most."})
    for row in gone:
        row.project = project
        history.remove(row)
    changed = [_set(known[key], amount) for key, amount in moved.items() if amount and key in known]
    return len(gone) + history.save_many(changed) + len(history.create_many(new))


def money_state(project: Project) -> str:
    """How the money of a project stands, as a text to send along; any change makes it another one."""
    told = MoneyLine.objects.filter(project_id=project.row_id).aggregate(
        count=Count("pk"), last=Max("pk"), versions=Sum("version")
    )
    return f"{told['count']}-{told['last'] or 0}-{told['versions'] or 0}"


def _refuse_other(project: Project, expected: str) -> None:
    if not expected or expected == money_state(project):
        return
    rows = MoneyLine.Version.objects.filter(project_id=project.pk).select_related("event")
    last = rows.order_by("-version_id").first()
    who, at = (last.event.who, last.event.at) if last and last.event else ("Somebody else", None)
    raise Stale("money", 0, 0, [FieldChange("amount", "Amounts by month", "", "", who, at)])


def _wanted(project: Project, entries: Sequence[MoneyEntry]) -> dict[Key, Decimal]:
    wanted: dict[Key, Decimal] = {}
    for entry in entries:
        amount = (entry.amount or Decimal(0)).quantize(CENT)
        _refuse_wrong(project, entry, amount)
        if entry.key in wanted:
            raise ValidationError({"month": "Each amount of a month is named once."})
        wanted[entry.key] = amount
    return wanted


def _refuse_wrong(project: Project, entry: MoneyEntry, amount: Decimal) -> None:
    named = {"kind": MoneyKind, "treatment": Treatment, "cost_type": CostType}
    for name, choices in named.items():
        if getattr(entry, name) not in choices.values:
            raise ValidationError({name: f"Choose from: {', '.join(choices.values)}."})
    if entry.month.day != 1:
        raise ValidationError({"month": "A month is named by its first day."})
    if not 0 <= amount <= LARGEST:
        raise ValidationError({"amount": "An amount is not negative and at most ten million million."})
    if entry.fund is not None and not pays_for(entry.fund, project):
        raise ValidationError({"fund": f"{entry.fund} does not pay for {project}."})


def pays_for(fund: Fund, project: Project) -> bool:
    """Whether a fund is one of the project's portfolio or above, within the same confidential part."""
    return project.path.startswith(fund.portfolio.path) and project.seal == fund.portfolio.seal


def _key(row: MoneyLine) -> Key:
    return row.kind, row.month, row.treatment, row.cost_type, row.fund_id


def _row(project: Project, key: Key, amount: Decimal) -> MoneyLine:
    kind, month, treatment, cost_type, fund = key
    return MoneyLine(
        project=project, kind=kind, month=month, treatment=treatment, cost_type=cost_type, fund_id=fund, amount=amount
    )


def _set(row: MoneyLine, amount: Decimal) -> MoneyLine:
    row.amount = amount
    return row


@operation(Verb.PERIOD_CLOSE)
def close_period(portfolio: Portfolio, *, actor: Actor, month: date, note: str = "") -> ClosedPeriod:
    """Let the money of a portfolio and of everything below it stand for good in a month that has begun."""
    hold_months(closing=True)
    if month.day != 1:
        raise ValidationError({"month": "A month is named by its first day."})
    if month > timezone.localdate():
        raise ValidationError({"month": "A month is closed once it has begun."})
    if Closed().covers(portfolio, month):
        raise Impossible(f"{month:%B %Y} is closed already.")
    return history.create(
        ClosedPeriod(
            portfolio=portfolio,
            month=month,
            closed_at=surrounding().now(),
            closed_by=actor if isinstance(actor, Person) else None,
            note=note,
        )
    )


@operation(Verb.PERIOD_REOPEN)
def reopen_period(period: ClosedPeriod, *, actor: Actor, reason: str, expected_version: int | None = None) -> None:
    """Let the money of a closed month change again, for a reason that is kept."""
    hold_months(closing=True)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the month is opened again."})
    history.remove(period)
