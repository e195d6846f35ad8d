"""Does what stands here say what the ledger said? By file and currency, to the cent; and what is still unmatched."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.core.errors import Missing
from mainstay.monitoring.models import LedgerFile, LedgerLine, RuleField
from mainstay.monitoring.money.matching import COLUMN_OF

MOST_GROUPS = 200
NO_WORDS = "Lines without any word to go by"


@dataclass(frozen=True)
class Balance:
    """One currency of a file: its total, what stood here before it, and where its new lines went."""

    currency: str
    total: Decimal
    known: Decimal
    matched: Decimal
    unmatched: Decimal

    @property
    def difference(self) -> Decimal:
        """What of the file stands nowhere; zero where everything is in its place."""
        return self.total - self.known - self.matched - self.unmatched


def file_for(user: Any, number: int, as_of: datetime | None = None) -> Any:
    """A ledger file the person may see."""
    rows = LedgerFile.objects.as_of(as_of).visible_to(user).identified_by([number])
    found = rows.select_related("portfolio").first()
    if found is None:
        raise Missing("There is no such file, or it is not open to you.")
    return found


def balances(files: Iterable[Any], as_of: datetime | None = None) -> dict[int, list[Balance]]:
    """The balance of each file by its number, a line a currency."""
    files = list(files)
    sums: dict[tuple[int, str, bool], Decimal] = defaultdict(Decimal)
    lines = LedgerLine.objects.as_of(as_of).filter(file_id__in=[file.row_id for file in files]).order_by()
    for file, currency, project, amount in lines.values_list("file_id", "currency", "project_id", "amount"):
        sums[file, currency, project is not None] += amount
    return {file.row_id: [_balance(file, code, told, sums) for code, told in file.totals.items()] for file in files}


def _balance(file: Any, code: str, told: dict[str, str], sums: dict[Any, Decimal]) -> Balance:
    parts = sums[file.row_id, code, True], sums[file.row_id, code, False]
    return Balance(code, Decimal(told["total"]), Decimal(told["known"]), *parts)


@dataclass(frozen=True)
class Group:
    """Unmatched lines with the same words: the words that may name their project, their number and their amounts."""

    source: str
    field: str
    text: str
    count: int
    amounts: tuple[tuple[str, Decimal], ...]
    example: str

    @property
    def where(self) -> str:
        """Where the words stand."""
        return RuleField(self.field).label if self.field else NO_WORDS


def unmatched(portfolio: Any, user: Any, as_of: datetime | None = None) -> list[Group]:
    """The lines of a portfolio's ledger without a project, by the surest words they have."""
    rows = LedgerLine.objects.as_of(as_of).visible_to(user).filter(portfolio_id=portfolio.row_id, project=None)
    found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in rows.order_by("date", "external_key"):
        found[row.source, *_words(row)].append(row)
    return [_group(key, lines) for key, lines in found.items()]


def _words(line: Any) -> tuple[str, str]:
    return next(((str(field), text) for field, name in COLUMN_OF.items() if (text := getattr(line, name))), ("", ""))


def _group(key: tuple[str, str, str], lines: list[Any]) -> Group:
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        amounts[line.currency] += line.amount
    return Group(*key, len(lines), tuple(sorted(amounts.items())), lines[0].text or lines[0].external_key)
