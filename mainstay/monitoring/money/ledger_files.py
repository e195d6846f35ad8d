"""Ledger files on their way in: kept, read, checked and booked, at once or as a run where they are long."""

import hashlib
from dataclasses import dataclass
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.exchange import read_table, uploads
from mainstay.core.exchange.table import Table
from mainstay.core.verbs import Verb
from mainstay.monitoring.money.ledger_plan import LedgerPlan, plan_ledger
from mainstay.monitoring.money.operations.ledger import bring_in
from mainstay.portfolio.models import Portfolio

KIND = "ledger"
AT_ONCE = 2_000
USUAL = "Ledger"


@dataclass(frozen=True)
class Arriving:
    """A kept file with its table, the portfolio it goes to and the name of its ledger."""

    upload: uploads.Upload
    table: Table
    portfolio: Portfolio
    source: str

    @property
    def is_long(self) -> bool:
        """Whether it is booked in the background."""
        return len(self.table.lines) > AT_ONCE

    def plan(self, actor: Any) -> LedgerPlan:
        """What it would bring."""
        return plan_ledger(self.portfolio, self.table, self.source, actor)

    def book(self, actor: Any) -> LedgerPlan:
        """Book it, and forget the file once that is done."""
        told = {"source": self.source, "name": self.upload.filename, "sha256": _fingerprint(self.upload)}
        plan = bring_in(self.portfolio, actor=actor, table=self.table, **told)
        if plan.committed:
            uploads.remove(self.upload)
        return plan


def keep(chunks: Any, *, person: Any, filename: str, portfolio: Portfolio, source: str) -> Arriving:
    """Keep a file on its way in; BadFile where it is no list."""
    upload = uploads.keep(chunks, person=person, filename=filename, sheet=f"{KIND}:{source}", target=portfolio.code)
    try:
        return arriving(upload.token, person)
    except Exception:
        uploads.remove(upload)
        raise


def arriving(token: str, person: Any) -> Arriving:
    """A person's own file on its way into a ledger."""
    upload = uploads.find(token, person)
    kind, _, source = upload.sheet.partition(":")
    portfolio = Portfolio.objects.visible_to(person).filter(code=upload.target).first()
    if kind != KIND or portfolio is None:
        raise Missing("This file is no ledger, or its portfolio is not open to you.")
    access.require(person, Verb.LEDGER_IMPORT, portfolio)
    return Arriving(upload, read_table(upload.path, upload.filename), portfolio, source)


def _fingerprint(upload: uploads.Upload) -> str:
    with upload.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
