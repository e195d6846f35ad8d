"""What a ledger file would bring: new lines with their projects, known lines, and what stands in the way."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mainstay.core.exchange.entries import Entry, Reading
from mainstay.core.exchange.problems import Problem, Problems
from mainstay.core.exchange.table import Table
from mainstay.monitoring.models import LedgerLine
from mainstay.monitoring.money.ledger_columns import ORDERED, read_ledger
from mainstay.monitoring.money.matching import Matcher
from mainstay.monitoring.money.periods import Closed
from mainstay.monitoring.money.rates import RateBook
from mainstay.portfolio.models import Portfolio
from mainstay.value.models import Currency, Fund

LARGEST = Decimal(10) ** 13
AT_ONCE = 500
SAME = (
    "date", "amount", "currency", "is_order", "treatment", "cost_type", "fund_id", "project_text", "cost_centre",
    "account", "text",
)  # fmt: skip
CORRECTION = "A booked line does not change; send the correction as a line with a key of its own."


@dataclass
class LedgerPlan:
    """What importing a file would do."""

    rows: int = 0
    new: list[LedgerLine] = field(default_factory=list)
    known: int = 0
    changed: int = 0
    problems: Problems = field(default_factory=Problems)
    warnings: list[str] = field(default_factory=list)
    totals: dict[str, dict[str, str]] = field(default_factory=dict)
    """By currency the total of the file, and how much of it stood here before."""
    committed: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems

    @property
    def refused(self) -> int:
        """How many rows stand in the way."""
        return self.problems.count

    @property
    def matched(self) -> list[LedgerLine]:
        """New lines whose project is known."""
        return [line for line in self.new if line.project_id]

    @property
    def unmatched(self) -> list[LedgerLine]:
        """New lines without a project."""
        return [line for line in self.new if not line.project_id]


def plan_ledger(portfolio: Portfolio, table: Table, source: str, actor: Any) -> LedgerPlan:
    """What importing a table into the ledger of a portfolio would do; nothing is written."""
    reading = read_ledger(table)
    plan = LedgerPlan(rows=len(table.lines), problems=reading.problems, warnings=reading.warnings)
    if reading.entries:
        _Planner(portfolio, source, actor, reading, plan).plan()
    return plan


class _Planner:
    """Takes the rows one by one; what it looks up is read once."""

    def __init__(self, portfolio: Portfolio, source: str, actor: Any, reading: Reading, plan: LedgerPlan) -> None:
        self.portfolio, self.source, self.planned, self.reading = portfolio, source, plan, reading
        entries = reading.entries
        self.matcher, self.closed = Matcher(portfolio, source, actor), Closed()
        self.currencies = set(Currency.objects.values_list("code", flat=True))
        self.rates = RateBook(self.currencies)
        self.funds = _funds(portfolio, actor)
        self.known = _known(source, [entry.values.get("external_key") for entry in entries])
        self.seen: dict[str, int] = {}

    def plan(self) -> None:
        """Every row of the file."""
        whole: dict[str, list[Decimal]] = {}
        for entry in self.reading.entries:
            if not entry.is_sound or (line := self._line(entry)) is None:
                continue
            sums = whole.setdefault(line.currency, [Decimal(0), Decimal(0)])
            sums[0] += line.amount
            if self._take(entry, line):
                sums[1] += line.amount
        self.planned.totals = {
            code: {"total": f"{total:.2f}", "known": f"{known:.2f}"} for code, (total, known) in whole.items()
        }

    def _line(self, entry: Entry) -> LedgerLine | None:
        """The line of a row; None where something in it is wrong."""
        values, before = entry.values, self.planned.problems.count
        self._refuse_values(entry)
        fund = self._fund(entry)
        if self.planned.problems.count > before:
            return None
        return LedgerLine(
            portfolio=self.portfolio,
            source=self.source,
            external_key=values["external_key"],
            is_order=values.get("is_order") == ORDERED,
            date=values["date"],
            month=values["date"].replace(day=1),
            amount=values["amount"],
            currency=values["currency"].upper(),
            fund=fund,
            **{name: values[name] for name in ("treatment", "cost_type") if values.get(name)},
            **{name: values.get(name) or "" for name in ("project_text", "cost_centre", "account", "text")},
        )

    def _refuse_values(self, entry: Entry) -> None:
        values, key = entry.values, entry.values["external_key"]
        if key in self.seen:
            self._refuse(
                entry, "external_key", f"{key} stands in row {self.seen[key]} already.", "Leave one of them."
            )
        self.seen.setdefault(key, entry.number)
        code = values["currency"].upper()
        if code not in self.currencies:
            self._refuse(entry, "currency", f"There is no currency {code} here.", "Add it under Currencies first.")
        if abs(values["amount"]) > LARGEST:
            self._refuse(entry, "amount", "The amount is larger than any project.", "Check the columns.")
        if (said := entry.currencies.get("amount")) and code not in said:
            self._refuse(entry, "amount", f"The amount says {', '.join(sorted(said))}, not {code}.", "Mend one.")

    def _fund(self, entry: Entry) -> Fund | None:
        word = entry.values.get("fund")
        if not word:
            return None
        fund = self.funds.get(word.casefold())
        if fund is None:
            self._refuse(entry, "fund", f"There is no fund {word} here.", "Give the key or name of a fund.")
        return fund

    def _take(self, entry: Entry, line: LedgerLine) -> bool:
        """Whether the line stood here before; a new one is matched and planned."""
        known = self.known.get(line.external_key)
        if known is None:
            self._plan_new(entry, line)
            return False
        different = [name for name in SAME if getattr(known, name) != getattr(line, name)]
        if known.portfolio_id != self.portfolio.pk:
            told = "This key of the ledger stands in another portfolio."
            self._refuse(entry, "external_key", told, "Import the file there, or give this ledger another name.")
        elif different:
            self.planned.changed += 1
            told = f"{line.external_key} stands in the ledger already, with other values here."
            self._refuse(entry, different[0].removesuffix("_id"), told, CORRECTION)
        else:
            self.planned.known += 1
        return True

    def _plan_new(self, entry: Entry, line: LedgerLine) -> None:
        project = self.matcher.project_of(line)
        place = project or self.portfolio
        if self.closed.covers(place, line.month):
            told = f"{line.month:%B %Y} is closed for {place}."
            self._refuse(entry, "date", told, "Reopen the month, or post into an open one.")
            return
        if project is not None:
            exchanged = self.rates.exchange(line.amount, line.currency, project.currency, line.date)
            if exchanged is None:
                told = f"Nobody said what {line.currency} was worth in {project.currency} on {line.date:%-d %B %Y}."
                self._refuse(entry, "currency", told, "Set the rate under Currencies first.")
                return
            line.project, line.own_amount, line.rate = project, exchanged.amount, exchanged.rate
        self.planned.new.append(line)

    def _refuse(self, entry: Entry, name: str, told: str, advice: str) -> None:
        header = self.reading.headers.get(name, name)
        self.planned.problems.add(Problem(told, advice, entry.number, header))


def _known(source: str, keys: list[Any]) -> dict[str, LedgerLine]:
    found: dict[str, LedgerLine] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = LedgerLine.objects.filter(source=source, external_key__in=keys[start : start + AT_ONCE])
        found |= {row.external_key: row for row in rows}
    return found


def _funds(portfolio: Portfolio, actor: Any) -> dict[str, Fund]:
    """The funds of the portfolio and of those above it, by key and name."""
    rows = Fund.objects.visible_to(actor).filter(portfolio__seal=portfolio.seal).select_related("portfolio")
    mine = [row for row in rows if portfolio.path.startswith(row.portfolio.path)
            or row.portfolio.path.startswith(portfolio.path)]  # fmt: skip
    return {word.casefold(): row for row in mine for word in (row.name, row.key)}
