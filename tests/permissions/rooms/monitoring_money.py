"""Money by month, ledgers and closed months in the permission table."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.exchange import read_table
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import LedgerFile
from mainstay.monitoring.money.operations.entering import MoneyEntry, close_period, enter_money
from mainstay.monitoring.money.operations.ledger import bring_in, match_ledger
from mainstay.portfolio.models import Portfolio, Project
from mainstay.value.models import Currency
from mainstay.value.operations import add_currency
from tests.permissions.rows import CLOSED, Room, Row

FIGURE = Decimal("1234567.89")
HIDDEN = Decimal("77123456.78")
MONTH, CLOSED_MONTH = date(2026, 2, 1), date(2025, 1, 1)
_PORTFOLIO = {"code": "portfolio"}
_PROJECT = {"code": "project"}
_FILE = {"number": "ledger_file"}
_MATCH = {"source": "Ledger", "field": "cost_centre", "text": "CC-77", "project": "PUMPS"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A ledger of Networks with a closed month, and one that is confidential."""
    if not Currency.objects.filter(code="GBP").exists():
        add_currency(None, actor=MAINSTAY, code="GBP", name="Pound")
    as_file = {"money_format": "csv"}
    inside = _ledger(world.networks, world.pumps, FIGURE, "inside")
    return inside | as_file, _ledger(world.secret, world.heron, HIDDEN, "zq7secret") | as_file


def _ledger(portfolio: Portfolio, project: Project, amount: Decimal, word: str) -> dict[str, Any]:
    enter_money(project, actor=MAINSTAY, entries=[MoneyEntry("budget", MONTH, amount)])
    rows = [f"{word}-1,2026-02-03,{amount},GBP,{project.code},,{word} text", f"{word}-2,2026-02-04,5,GBP,,CC-77,"]
    rows.append(f"{word}-3,2026-02-04,{amount},GBP,,{word},")
    text = "\n".join(["Key,Date,Amount,Currency,Project,Cost centre,Text", *rows])
    table = read_table(io.BytesIO(text.encode()), "ledger.csv")
    told = {"source": "Ledger", "name": f"{word}.csv", "sha256": "0" * 64}
    bring_in(portfolio, actor=MAINSTAY, table=table, **told)
    match_ledger(portfolio, actor=MAINSTAY, source="Ledger", field="cost_centre", text=word, project=project)
    period = close_period(portfolio, actor=MAINSTAY, month=CLOSED_MONTH, note=f"{word} closed")
    return {"ledger_file": LedgerFile.objects.latest("pk").pk, "closed_month": period.pk}


ROOM = Room(
    pages={
        "money": Row(Verb.SEE_FIGURES, place="somewhere"),
        "project_money": Row(Verb.SEE_FIGURES, arguments=_PROJECT),
        "project_money_edit": Row(Verb.MONEY_ENTER, Verb.MONEY_ENTER, arguments=_PROJECT, query="from=2026-01"),
        "project_postings": Row(Verb.SEE_FIGURES, arguments=_PROJECT),
        "programme_money": Row(Verb.SEE_FIGURES, arguments={"code": "programme"}),
        "portfolio_money": Row(Verb.SEE_FIGURES, arguments=_PORTFOLIO),
        "money_export": Row(Verb.SEE_FIGURES, arguments=_PORTFOLIO | {"format": "money_format"}),
        "ledger": Row(Verb.SEE_FIGURES, Verb.LEDGER_IMPORT, arguments=_PORTFOLIO),
        "ledger_match": Row(None, Verb.LEDGER_MATCH, arguments=_PORTFOLIO, sent=_MATCH),
        "ledger_file": Row(Verb.SEE_FIGURES, arguments=_FILE),
        "ledger_check": Row(CLOSED, CLOSED, arguments={"token": "nothing"}),
        "periods": Row(
            Verb.SEE_FIGURES,
            Verb.PERIOD_CLOSE,
            arguments=_PORTFOLIO,
            sent={"month": "2026-01-01", "note": "Year end"},
        ),
        "period_reopen": Row(
            None, Verb.PERIOD_REOPEN, arguments={"number": "closed_month"}, sent={"reason": "Twice", "version": "1"}
        ),
    },
    arguments={"ledger_file_id": "ledger_file", "period_id": "closed_month"},
    sent={
        "money.enter": {"entries": [{"kind": "forecast", "month": "2026-03-01", "amount": "1.00"}]},
        "ledger.match": _MATCH,
        "period.close": {"month": "2025-02-01"},
        "period.reopen": {"reason": "Twice"},
    },
    reads={
        "see.project.money": Verb.SEE_FIGURES,
        "see.portfolio.money": Verb.SEE_FIGURES,
        "see.ledgerfile.balances": Verb.SEE_FIGURES,
        "see.ledger.check": Verb.LEDGER_IMPORT,
    },
    placed=frozenset({"ledger_file", "closed_month"}),
    furnish=furnish,
)
