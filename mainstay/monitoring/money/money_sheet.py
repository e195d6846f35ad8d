"""The money of a project as a sheet: a line for each treatment, cost type and fund, a column for each month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.authorisation.models import Commitment
from mainstay.core.sheet import Column, Curve, Entered, Line, Sheet
from mainstay.core.sheet import Kind as Cell
from mainstay.engine.basics.periods import month_after
from mainstay.identification.models import CostType
from mainstay.monitoring.models import MoneyKind, MoneyLine, Treatment
from mainstay.monitoring.money.operations.entering import LARGEST, MoneyEntry, pays_for
from mainstay.monitoring.money.periods import Closed
from mainstay.value.models import Fund

MONTHS = 12
TREATMENT, COST_TYPE, FUND = "treatment", "cost_type", "fund"
Word = tuple[str, str, int | None]


@dataclass(frozen=True)
class MoneySheet:
    """Twelve months of a kind of money from a month on."""

    project: Any
    kind: str
    first: date
    stored: Mapping[Word, Mapping[date, Decimal]]
    funds: Mapping[str, Fund]
    closed: frozenset[date]

    @classmethod
    def of(cls, project: Any, kind: str, first: date, reader: Any) -> "MoneySheet":
        """The sheet of a project as it is stored now."""
        stored: dict[Word, dict[date, Decimal]] = defaultdict(dict)
        for row in MoneyLine.objects.filter(project=project, kind=kind).order_by("treatment", "cost_type", "fund_id"):
            stored[row.treatment, row.cost_type, row.fund_id][row.month] = row.amount
        used = [word[2] for word in stored if word[2]]
        holds = Commitment.objects.filter(project=project).values("envelope__fund")
        funds = Fund.objects.visible_to(reader) | Fund.objects.filter(pk__in=holds) | Fund.objects.filter(pk__in=used)
        funds = funds.select_related("portfolio").order_by("name")
        fitting = {row.key: row for row in funds if (row.is_open and pays_for(row, project)) or row.pk in used}
        months = frozenset(Closed().months_of(project))
        return cls(project, kind, first, stored, fitting, months)

    @property
    def months(self) -> list[date]:
        """The months shown."""
        return [month_after(self.first, place) for place in range(MONTHS)]

    @property
    def closed_here(self) -> list[date]:
        """The months shown that are closed."""
        return [month for month in self.months if month in self.closed]

    def sheet(self) -> Sheet:
        """The sheet as it is stored."""
        return Sheet(
            name="money",
            title=f"{MoneyKind(self.kind).label} by treatment, cost type, fund and month",
            columns=(*self._fields(), *self._periods()),
            lines=tuple(self._line(word) for word in self.stored),
            unit=self.project.currency,
            can_add_lines=True,
            can_remove_lines=True,
            curves=tuple(Curve),
            noun="amount",
        )

    def entries(self, entered: Entered) -> list[MoneyEntry]:
        """What was entered; a line that goes, or names something else, leaves nothing in the months shown."""
        known = {_key(word): word for word in self.stored}
        left = [known[key] for key in entered.removed if key in known]
        left += [known[one.key] for one in entered.changed if self._word(one.values) != known[one.key]]
        wanted = {(word, month): None for word in left for month in self.months}
        for one in (*entered.changed, *entered.added):
            word = self._word(one.values)
            amounts = {month: one.values.get(f"{month:%Y-%m}") for month in self.months}
            wanted |= {(word, month): amount for month, amount in amounts.items()}
        return [self._entry(word, month, amount) for (word, month), amount in wanted.items()]

    def twins(self, entered: Entered) -> bool:
        """Whether two lines say the same of themselves."""
        words = [self._word(line.values) for line in entered.lines]
        return len(set(words)) < len(words)

    def _entry(self, word: Word, month: date, amount: Any) -> MoneyEntry:
        by_id = {row.pk: row for row in self.funds.values()}
        treatment, cost_type, fund = word
        return MoneyEntry(self.kind, month, amount, treatment, cost_type, by_id.get(fund))

    def _word(self, values: Mapping[str, Any]) -> Word:
        fund = self.funds.get(values.get(FUND) or "")
        return (
            values.get(TREATMENT) or Treatment.OPEX.value,
            values.get(COST_TYPE) or CostType.OTHER.value,
            fund.pk if fund else None,
        )

    def _fields(self) -> tuple[Column, ...]:
        funds = tuple((key, row.name) for key, row in self.funds.items())
        return (
            Column(TREATMENT, "Treatment", kind=Cell.CHOICE, choices=tuple(Treatment.choices)),
            Column(COST_TYPE, "Cost type", kind=Cell.CHOICE, choices=tuple(CostType.choices)),
            Column(FUND, "Fund", kind=Cell.CHOICE, choices=funds),
        )

    def _periods(self) -> Iterable[Column]:
        for month in self.months:
            closed = ", closed" if month in self.closed else ""
            yield Column(f"{month:%Y-%m}", f"{month:%b %Y}{closed}", minimum=Decimal(0), maximum=LARGEST)

    def _line(self, word: Word) -> Line:
        treatment, cost_type, fund = word
        key = next((key for key, row in self.funds.items() if row.pk == fund), "")
        values: dict[str, Any] = {TREATMENT: treatment, COST_TYPE: cost_type, FUND: key}
        amounts = {f"{month:%Y-%m}": self.stored[word].get(month) for month in self.months}
        return Line(_key(word), values=values | amounts)


def _key(word: Word) -> str:
    treatment, cost_type, fund = word
    return f"{treatment}-{cost_type}-{fund or 0}"
