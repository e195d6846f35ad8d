"""`mainstay import ledger FILE`: what was spent and ordered, booked line by line; a line that stands here stays."""

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.cli import refusals
from mainstay.cli.command import WRONG_USE

if TYPE_CHECKING:
    from mainstay.core.exchange import Check
    from mainstay.monitoring.money.ledger_plan import LedgerPlan

NOUN = "ledger"


def report(options: argparse.Namespace, actor: Any) -> "Check":
    """Check or book the file in the ledger of the portfolio, and say what that does in the words of any import."""
    from mainstay.core.exchange import BadFile, Check, read_table
    from mainstay.monitoring.money.ledger_plan import plan_ledger
    from mainstay.monitoring.money.operations.ledger import bring_in

    with refusals.in_one_line(WRONG_USE):
        portfolio = _portfolio(options.portfolio, actor)
    try:
        table = read_table(options.file)
    except BadFile as bad:
        return Check(problems=(bad.problem,), problem_count=1)
    with refusals.in_one_line():
        if not options.commit:
            return _as_check(plan_ledger(portfolio, table, options.source, actor))
        told = {"source": options.source, "name": options.file.name, "sha256": _fingerprint(options.file)}
        return _as_check(bring_in(portfolio, actor=actor, table=table, **told))


def _portfolio(name: str, actor: Any) -> Any:
    """The portfolio of that code or name, where the person may import into its ledger."""
    from mainstay.core import access
    from mainstay.core.errors import Missing
    from mainstay.core.verbs import Verb
    from mainstay.portfolio.models import Portfolio

    rows = Portfolio.objects.visible_to(actor)
    found = rows.filter(code=name).first() or rows.filter(name=name).first()
    if found is None:
        raise Missing(f"There is no portfolio {name}.")
    access.require(actor, Verb.LEDGER_IMPORT, found)
    return found


def _as_check(plan: "LedgerPlan") -> "Check":
    from mainstay.core.exchange import Check

    waiting = len(plan.unmatched)
    unmatched = [f"{waiting:,} new lines have no project yet; match them on the ledger's page."] if waiting else []
    return Check(
        rows=plan.rows,
        new=len(plan.new),
        changed=plan.changed,
        unchanged=plan.known,
        problems=tuple(plan.problems),
        problem_count=plan.problems.count,
        warnings=(*plan.warnings, *unmatched),
        committed=plan.committed,
    )


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
