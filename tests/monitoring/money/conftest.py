"""A ledger of Networks in two currencies."""

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.core.exchange import read_table
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.money.ledger_plan import LedgerPlan
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.money.operations.ledger import bring_in
from mainstay.portfolio.models import Project
from mainstay.value.models import Currency
from mainstay.value.operations import add_currency, set_rate

HEADER = "Key,Date,Amount,Currency,Project,Cost centre,Account,Treatment,Cost type,Text,Ordered or spent"
FILE = f"""{HEADER}
L-1,2026-03-05,1000.10,GBP,PUMPS,CC-1,600,CAPEX,equipment,Pump one,spent
L-2,2026-03-09,2000.00,EUR,PUMPS,CC-1,600,CAPEX,equipment,Pump two,spent
L-3,2026-04-02,500.05,GBP,,CC-2,601,OPEX,people,Fitters,spent
L-4,2026-04-03,300.00,USD,,CC-3,601,OPEX,software,Licences,spent
L-5,2026-04-07,-50.00,GBP,PUMPS,CC-1,600,OPEX,other,Returned parts,spent
L-6,2026-05-01,700.00,GBP,METERS,CC-9,602,CAPEX,equipment,Meters,ordered
"""
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@dataclass
class Books:
    """The ledger of Networks, and who keeps it."""

    world: Any

    @property
    def mei(self) -> Any:
        """The controller."""
        return self.world.controller

    def book(self, text: str = FILE, actor: Any = None, name: str = "march.csv") -> LedgerPlan:
        """Take in a file."""
        table = read_table(io.BytesIO(text.encode()), name)
        told = {"source": "Ledger", "name": name, "sha256": "0" * 64}
        return bring_in(self.world.networks, actor=actor or self.mei, table=table, **told)

    def enter(self, amount: str, month: date = MARCH, project: Project | None = None, **more: Any) -> int:
        """Enter a forecast."""
        entry = MoneyEntry(**{"kind": "forecast", "month": month, "amount": Decimal(amount)} | more)
        return enter_money(project or self.world.pumps, actor=self.mei, entries=[entry])


def build_books(world: Any) -> Books:
    """Pounds, euros and dollars with the rates of the spring."""
    for code, name in (("GBP", "Pound"), ("EUR", "Euro"), ("USD", "Dollar")):
        if not Currency.objects.filter(code=code).exists():
            add_currency(None, actor=MAINSTAY, code=code, name=name)
    for code, day, rate in (
        ("EUR", date(2026, 1, 1), "0.80"),
        ("EUR", date(2026, 3, 8), "0.85"),
        ("USD", date(2026, 1, 1), "0.75"),
    ):
        set_rate(Currency.objects.get(code=code), actor=MAINSTAY, date=day, rate=Decimal(rate))
    return Books(world)


@pytest.fixture
def books(world: Any) -> Books:
    """The ledger of Networks."""
    return build_books(world)
