"""Booking a long ledger file in the background."""

from typing import Any

from django.urls import reverse

from mainstay.core.errors import Impossible
from mainstay.core.runs import Reporter, job
from mainstay.monitoring.money.ledger_files import KIND, arriving

MOST_SAID = 20


@job(KIND)
def book_ledger(reporter: Reporter, *, upload: str) -> dict[str, Any]:
    """Book a ledger file that was checked: all of it or nothing."""
    reporter.progress(0.05, "Reading the file")
    file = arriving(upload, reporter.actor)
    reporter.progress(0.2, f"Booking {len(file.table.lines):,} rows")
    plan = file.book(reporter.actor)
    if not plan.committed:
        reporter.say("\n".join(problem.sentence for problem in list(plan.problems)[:MOST_SAID]))
        raise Impossible(f"{plan.refused:,} rows stand in the way; nothing was booked.")
    reporter.say(f"{len(plan.new):,} new, {plan.known:,} known, {len(plan.unmatched):,} without a project.")
    return {"url": reverse("ledger", args=[file.portfolio.code]), "new": len(plan.new), "known": plan.known}
