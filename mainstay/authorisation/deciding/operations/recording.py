"""Appending to the decision log, last of all in every operation that takes a decision."""

from typing import Any

from mainstay.authorisation.deciding.content import canonical, content_of
from mainstay.authorisation.deciding.log import HEAD, fingerprint, signature
from mainstay.authorisation.models import Decision, DecisionRecord, LogHead
from mainstay.core import history
from mainstay.core.surrounding import surrounding


def record(decision: Decision, further: dict[str, Any] | None = None) -> DecisionRecord:
    """Append a decision to the log, with what only its operation knows: votes, conditions, money, conflicts."""
    head, _ = LogHead.objects.select_for_update().get_or_create(pk=HEAD)
    decision.refresh_from_db()
    lines = list(decision.lines.order_by("pk"))
    content = canonical(content_of(decision, lines, further or {}))
    kept = DecisionRecord(
        number=head.count + 1,
        decision=decision,
        content=content,
        recorded_at=surrounding().now(),
        before_sha256=head.sha256,
    )
    kept.sha256 = fingerprint(kept)
    history.create(kept)
    head.count, head.sha256, head.recorded_at = kept.number, kept.sha256, kept.recorded_at
    head.signature = signature(head)
    head.save()
    return kept
