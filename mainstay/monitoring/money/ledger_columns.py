"""The columns of a ledger file, and reading its rows."""

from mainstay.core.exchange import Column, Kind
from mainstay.core.exchange.entries import Reading, read_entries
from mainstay.core.exchange.problems import Problem
from mainstay.core.exchange.proposal import propose
from mainstay.core.exchange.table import Table
from mainstay.identification.models import CostType
from mainstay.monitoring.models import Treatment

ORDERED, SPENT = "ordered", "spent"
COLUMNS = (
    Column("external_key", "Key", required=True, longest=120, also_called=("Posting", "Document", "Document number")),
    Column("date", "Date", Kind.DATE, required=True, also_called=("Posting date", "Posted", "Booked on")),
    Column("amount", "Amount", Kind.MONEY, required=True, also_called=("Value", "Amount in currency")),
    Column("currency", "Currency", Kind.CODE, required=True, longest=3),
    Column("project_text", "Project", Kind.CODE, longest=120, also_called=("Project code", "WBS")),
    Column("cost_centre", "Cost centre", longest=120, also_called=("Cost center",)),
    Column("account", "Account", longest=120, also_called=("G/L account", "General ledger account")),
    Column("treatment", "Treatment", Kind.CHOICE, choices=(*Treatment.choices, ("capex", "CAPEX"), ("opex", "OPEX")),
           also_called=("CAPEX or OPEX",)),
    Column("cost_type", "Cost type", Kind.CHOICE, choices=tuple(CostType.choices), also_called=("Cost element",)),
    Column("fund", "Fund", Kind.CODE, longest=120),
    Column("text", "Text", longest=300, also_called=("Description", "Posting text")),
    Column("is_order", "Ordered or spent", Kind.CHOICE, choices=((SPENT, "Spent"), (ORDERED, "Ordered")),
           also_called=("Status", "State")),
)  # fmt: skip


class LedgerColumns:
    """What a proposal of columns asks for."""

    def columns(self) -> tuple[Column, ...]:
        """Every column."""
        return COLUMNS


def read_ledger(table: Table) -> Reading:
    """The rows of a ledger file; what cannot be read is told by row and column."""
    mapping = propose(LedgerColumns(), table)  # type: ignore[arg-type]
    reading = read_entries(table, mapping, COLUMNS)
    for column in COLUMNS:
        if column.required and column.name not in reading.headers:
            told = f"The file has no column “{column.label}”."
            reading.problems.add(Problem(told, "Add it, or call it so.", column=column.label))
            reading.entries.clear()
    return reading
