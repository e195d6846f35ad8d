"""Importing as long work: reading and checking with progress, then writing all of it at once."""

from typing import Any

from mainstay.core.errors import Impossible
from mainstay.core.exchange.checking import Check, commit
from mainstay.core.exchange.files import read_table
from mainstay.core.exchange.proposal import suggest
from mainstay.core.exchange.sheet import sheet_named
from mainstay.core.exchange.uploads import find, remove
from mainstay.core.runs import Reporter, job

MOST_SAID = 20
BEFORE_WRITING = 0.6


@job("import")
def import_upload(reporter: Reporter, *, upload: str) -> dict[str, Any]:
    """Bring in a file that was uploaded and checked; until it is being written, it can be cancelled."""
    kept = find(upload, reporter.actor)
    sheet = sheet_named(kept.sheet)
    reporter.progress(0.01, f"Reading {kept.filename}")
    table = read_table(kept.path, kept.filename)
    mapping = kept.mapping or suggest(sheet, table)[1]
    target = sheet.target_named(reporter.actor, kept.target, mapping.currency_in(table.constants))
    report = commit(sheet, table, mapping, target, reporter.actor, _telling(reporter, len(table.lines)))
    _tell(reporter, report)
    remove(kept)
    return {"url": sheet.list_url(report.target), "new": report.new, "changed": report.changed, "rows": report.rows}


def _telling(reporter: Reporter, rows: int) -> Any:
    """Progress while nothing is written yet; the writing itself is one step."""

    def tell(share: float) -> None:
        reporter.progress(share * BEFORE_WRITING, f"Checking {rows:,} rows")

    return tell


def _tell(reporter: Reporter, report: Check) -> None:
    if not report.is_clean:
        reporter.say("\n".join(problem.sentence for problem in report.problems[:MOST_SAID]))
        raise Impossible(f"{report.problem_count:,} errors stand in the way; nothing was imported.")
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged."
    reporter.say("\n".join([counts, *report.warnings]))
