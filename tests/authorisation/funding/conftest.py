"""A fund with two years, and a project that may take money from it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.funding.operations import commit_funding, divide_commitment
from mainstay.authorisation.models import Commitment, Tranche
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project
from mainstay.portfolio.operations.setup import open_year
from mainstay.value.models import Envelope, Fund
from mainstay.value.operations import create_fund, set_envelope


@dataclass
class Money:
    """The fund of Networks, its two envelopes, and the people."""

    world: Any
    fund: Fund
    first: Envelope
    second: Envelope

    def commit(self, amount: str = "400", project: Project | None = None, **more: Any) -> Commitment:
        """A promise that Mei makes to the pumps."""
        more = {"actor": self.world.controller, "envelope": self.first} | more
        return commit_funding(project or self.world.pumps, amount=Decimal(amount), **more)

    def divided(self, *amounts: str, gate: str = "") -> list[Tranche]:
        """A promise of these amounts, divided into as many tranches."""
        made = self.commit(str(sum(map(Decimal, amounts))))
        stage = Stage.objects.filter(key=gate).first()
        parts = [{"amount": Decimal(amount), "gate": stage} for amount in amounts]
        return divide_commitment(made, actor=self.world.controller, tranches=parts)

    def authorise(self, project: Project | None = None) -> None:
        """Take the pumps to the stage where money is released."""
        row = project or self.world.pumps
        edit_project(row, actor=MAINSTAY, owner=self.world.sponsor)
        for key in ("under_evaluation", "candidate"):
            advance_project(row, actor=MAINSTAY, target=Stage.objects.get(key=key))
        authorise_project(row, actor=MAINSTAY, target=Stage.objects.get(key="authorised"), reason="Chosen")


def build_money(world: Any) -> Money:
    """GBP 1,000 in 2027, of which 100 are held back, and GBP 500 in 2028."""
    years = [
        open_year(None, actor=MAINSTAY, name=str(year), start_date=date(year, 1, 1), end_date=date(year, 12, 31))
        for year in (2027, 2028)
    ]
    fund = create_fund(world.networks, actor=MAINSTAY, key="growth", name="Growth fund")
    first = set_envelope(fund, actor=MAINSTAY, year=years[0], amount=Decimal(1000), held_back=Decimal(100))
    second = set_envelope(fund, actor=MAINSTAY, year=years[1], amount=Decimal(500))
    return Money(world, fund, first, second)


@pytest.fixture
def money(world: Any) -> Money:
    """The fund of Networks with its years 2027 and 2028."""
    return build_money(world)
