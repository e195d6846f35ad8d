"""The decision log: a chain of records, each with the fingerprint of the one before, and a signed head.

Whoever changes a byte of a record, of a decision or of what it rests on, or cuts off the end, is found by `verify`.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from mainstay.authorisation.deciding.content import canonical, row_of, sha256, solution_of
from mainstay.authorisation.models import Decision, DecisionRecord, LogHead
from mainstay.core.errors import Missing

HEAD = 1


@dataclass(frozen=True)
class Finding:
    """Something in the log that is not as it was written."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"Record {self.number}: {self.what}" if self.number else self.what


def fingerprint(kept: DecisionRecord) -> str:
    """The fingerprint of a record: of its content, its number and moment, and of the record before."""
    return sha256(f"{kept.before_sha256}\n{kept.number}\n{canonical(kept.recorded_at)}\n{kept.content}")


def signature(head: LogHead) -> str:
    """The head signed with the key of this instance."""
    text = f"{head.count}\n{head.sha256}\n{canonical(head.recorded_at)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), "sha256").hexdigest()


def record_of(decision: Decision) -> dict[str, Any]:
    """The record of a decision, whole; refused where the decision is older than the log."""
    kept: DecisionRecord | None = getattr(decision, "record", None)
    if kept is None:
        raise Missing("This decision is older than the decision log.")
    return {
        "number": kept.number,
        "recorded_at": kept.recorded_at.isoformat(),
        "before_sha256": kept.before_sha256,
        "sha256": kept.sha256,
        "content": json.loads(kept.content),
    }


def verify() -> list[Finding]:
    """Everything in the log that is not as it was written; nothing when all is well."""
    head = LogHead.objects.filter(pk=HEAD).first() or LogHead()
    return [*_chain(head), *_head(head), *_unrecorded()]


def _chain(head: LogHead) -> Iterator[Finding]:
    before, undone = "", _undone()
    records = DecisionRecord.objects.select_related("decision__solution").prefetch_related("decision__lines")
    count = 0
    for count, kept in enumerate(records.order_by("number"), 1):
        if kept.number != count:
            yield Finding(count, f"is missing; number {kept.number} follows.")
            return
        if kept.before_sha256 != before:
            yield Finding(count, "does not follow the record before it.")
        if fingerprint(kept) != kept.sha256:
            yield Finding(count, "its text, number or time was changed after it was written.")
        yield from _rows(kept, undone)
        before = kept.sha256
    if count != head.count or before != head.sha256:
        yield Finding(0, f"The log ends with record {count}, its signed head says {head.count}.")


def _head(head: LogHead) -> Iterator[Finding]:
    if head.count and not hmac.compare_digest(signature(head), head.signature):
        yield Finding(0, "The head of the log was changed: its signature is not this instance's.")


def _rows(kept: DecisionRecord, undone: dict[int, datetime]) -> Iterator[Finding]:
    """Compare a record with the rows it is about."""
    try:
        told = json.loads(kept.content)
        decision, lines, solution = told["decision"], told["lines"], told["solution"]
    except (ValueError, KeyError, TypeError):
        yield Finding(kept.number, "its text cannot be read.")
        return
    now = kept.decision
    if decision.get("id") != now.pk or canonical(row_of(now)) != canonical(decision):
        yield Finding(kept.number, "the decision it is about was changed after it was taken.")
    if now.undone_at != undone.get(now.pk):
        yield Finding(kept.number, "whether it was taken back is not what the log says.")
    if canonical([row_of(line) for line in sorted(now.lines.all(), key=lambda line: line.pk)]) != canonical(lines):
        yield Finding(kept.number, "what it decided on single projects was changed.")
    if canonical(None if now.solution is None else solution_of(now.solution)) != canonical(solution):
        yield Finding(kept.number, "the problem or the answer it rests on was changed.")


def _undone() -> dict[int, datetime]:
    """When which decision was taken back, by the records that did it."""
    found = {}
    for kept in DecisionRecord.objects.filter(content__contains='"takes_back":'):
        try:
            taken_back = json.loads(kept.content)["further"]["takes_back"]
        except (ValueError, KeyError, TypeError):
            continue
        found[taken_back] = kept.recorded_at
    return found


def _unrecorded() -> Iterator[Finding]:
    for number in Decision.objects.filter(record=None).order_by("pk").values_list("pk", flat=True):
        yield Finding(0, f"Decision no. {number} is not in the log.")
