"""Funds, commitments and tranches in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.authorisation.funding.operations import commit_funding, divide_commitment
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import FiscalYear, Portfolio, Project
from mainstay.portfolio.operations.setup import open_year
from mainstay.value.operations import create_fund, set_envelope
from tests.permissions.rows import SIGNED_IN, Room, Row

FIGURE = Decimal("1234567.89")
HIDDEN = Decimal("77123456.78")
_FUND = {"key": "fund"}
_COMMITMENT = {"commitment_id": "commitment"}
_TRANCHE = {"tranche_id": "tranche"}
_PROJECT = {"code": "project"}
_CARRY = {"amount": "1.00", "reason": "Year end"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A fund of Networks with a commitment, and one that is confidential."""
    years = [
        open_year(None, actor=MAINSTAY, name=name, start_date=date(year, 1, 1), end_date=date(year, 12, 31))
        for name, year in (("FY91", 2091), ("FY92", 2092))
    ]
    inside = _fund(world.networks, "renewal", "Renewal fund", world.pumps, years, FIGURE)
    outside = _fund(world.secret, "zq7secret", "zq7secret fund", world.heron, years, HIDDEN)
    return inside, outside


def _fund(
    portfolio: Portfolio, key: str, name: str, project: Project, years: list[FiscalYear], amount: Decimal
) -> dict[str, Any]:
    fund = create_fund(portfolio, actor=MAINSTAY, key=key, name=name)
    envelopes = [set_envelope(fund, actor=MAINSTAY, year=year, amount=amount * 2) for year in years]
    made = commit_funding(project, actor=MAINSTAY, envelope=envelopes[0], amount=amount)
    (tranche,) = divide_commitment(made, actor=MAINSTAY, tranches=[{"amount": amount}])
    return {"fund": key, "commitment": made.pk, "tranche": tranche.pk}


ROOM = Room(
    pages={
        "funds": Row(SIGNED_IN),
        "fund": Row(Verb.SEE_FIGURES, arguments=_FUND),
        "fund_new": Row(
            Verb.FUND_CREATE,
            Verb.FUND_CREATE,
            query="portfolio=NET",
            sent={"portfolio": "NET", "key": "another", "name": "Another", "nature": "any", "currency": "GBP"},
        ),
        "fund_edit": Row(Verb.FUND_EDIT, Verb.FUND_EDIT, arguments=_FUND, sent={"name": "Other", "version": "1"}),
        "envelope": Row(Verb.ENVELOPE_SET, Verb.ENVELOPE_SET, arguments=_FUND),
        "carrying": Row(Verb.FUNDING_CARRY, Verb.FUNDING_CARRY, arguments=_FUND, sent=_CARRY),
        "tranches": Row(Verb.SEE_FIGURES, place="somewhere"),
        "tranche_release": Row(None, Verb.FUNDING_RELEASE, arguments=_TRANCHE),
        "commitment": Row(Verb.SEE_FIGURES, Verb.FUNDING_DIVIDE, arguments=_COMMITMENT),
        "funding_return": Row(
            None, Verb.FUNDING_RETURN, arguments=_COMMITMENT, sent={"amount": "1.00", "reason": "Cheaper"}
        ),
        "project_funding": Row(Verb.SEE_FIGURES, arguments=_PROJECT),
        "funding_new": Row(Verb.FUNDING_COMMIT, Verb.FUNDING_COMMIT, arguments=_PROJECT),
    },
    arguments={"fund_key": "fund", "commitment_id": "commitment", "tranche_id": "tranche"},
    sent={
        "fund.create": {"portfolio": "NET", "key": "another", "name": "Another"},
        "fund.edit": {"note": "Agreed"},
        "envelope.set": {"year": "FY91", "amount": "9999999.00"},
        "funding.commit": {"fund": "renewal", "year": "FY91", "amount": "1.00"},
        "funding.divide": {"tranches": [{"amount": "1.00"}]},
        "funding.return": {"amount": "1.00", "reason": "Cheaper"},
        "funding.carry": {"from_year": "FY91", "to_year": "FY92", **_CARRY},
    },
    reads={
        "see.fund": Verb.SEE_FIGURES,
        "see.fund.years": Verb.SEE_FIGURES,
        "see.commitment": Verb.SEE_FIGURES,
    },
    placed=frozenset({"fund", "commitment", "tranche"}),
    furnish=furnish,
)
