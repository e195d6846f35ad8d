"""What the pages about changes read."""

from datetime import datetime
from typing import Any

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes.rights import why_not, why_own
from mainstay.monitoring.models import Action, ChangeRequest, ChangeState
from mainstay.portfolio.approval import conflicts_with

MOST_SHOWN = 200
STATES = {"waiting": "Waiting", "mine": "Waiting for me", "decided": "Decided", "all": "All"}
BADGES = {
    ChangeState.DRAFT: "none", ChangeState.SUBMITTED: "warn", ChangeState.APPROVED: "good",
    ChangeState.REJECTED: "bad", ChangeState.WITHDRAWN: "none",
}  # fmt: skip


def changes_for(user: Any, as_of: datetime | None = None) -> Any:
    """The changes somebody may see."""
    return ChangeRequest.objects.as_of(as_of).visible_to(user).select_related("project", "asked_by", "decided_by")


def change_for(user: Any, change_id: int, as_of: datetime | None = None) -> Any:
    """One change the person may see."""
    related = ("project__stage", "project__portfolio", "baseline__decision")
    row = changes_for(user, as_of).identified_by([change_id]).select_related(*related).first()
    if row is None:
        raise Missing("There is no such change, or it is not open to you.")
    return row


def listed(user: Any, state: str, as_of: datetime | None = None) -> list[Any]:
    """The changes asked for, those that wait longest first, with whether their figures are open to the person."""
    rows = changes_for(user, as_of)
    if state in {"waiting", "mine"}:
        rows = rows.filter(state=ChangeState.SUBMITTED).order_by("submitted_at", "pk")
    elif state == "decided":
        rows = rows.exclude(state__in=[ChangeState.DRAFT, ChangeState.SUBMITTED]).order_by("-decided_at", "-pk")
    else:
        rows = rows.order_by("-pk")
    found = waiting_for(user, rows) if state == "mine" else list(rows[:MOST_SHOWN])
    return [shown(row, user) for row in found]


def waiting_for(user: Any, rows: Any = None) -> list[Any]:
    """The changes that wait for somebody to decide: not their own, and within what is delegated to them."""
    known = changes_for(user) if rows is None else rows
    able = known.visible_to(user, Verb.CHANGEREQUEST_DECIDE).filter(state=ChangeState.SUBMITTED)
    found = list(able.exclude(asked_by=user.pk)[:MOST_SHOWN])
    own = conflicts_with([row.project for row in found], user) if found else {}
    return [row for row in found if row.project_id not in own and not why_not(row, user)]


def shown(row: Any, user: Any) -> Any:
    """A change with its badge and whether its figures are open."""
    row.badge = BADGES[ChangeState(row.state)]
    row.is_open = access.may(user, Verb.SEE_FIGURES, row.project)
    return row


def obstacle_for(row: Any, user: Any) -> str:
    """Why somebody who has the right may not decide this change; nothing where they may."""
    return why_own(row, user) or why_not(row, user)


def actions_about(row: Any, as_of: datetime | None = None) -> list[Any]:
    """What is done about a change."""
    rows = Action.objects.as_of(as_of).filter(change_id=row.row_id).select_related("owner")
    return list(rows.order_by("done_date", "due_date"))


def trail_of(row: Any, as_of: datetime | None = None) -> list[tuple[Any, str, str]]:
    """What happened to a change: when, who, and what, the first first."""
    versions = ChangeRequest.Version.objects.filter(row_id=row.row_id).select_related("event").order_by("version_id")
    versions = versions.filter(known_from__lte=as_of) if as_of else versions
    told, before = [], ""
    for one in versions:
        word = one.get_state_display() if one.state != before else "Changed"
        before = one.state
        told.append((one.known_from, one.event.who if one.event else "Mainstay", word))
    return told


def finding_of(rows: list[Any], state: str) -> str:
    """A list in a sentence."""
    count = words.counted(len(rows), "change")
    ends = {"waiting": "wait for a decision", "mine": "wait for you", "decided": "were decided"}
    return f"{count} {ends[state]}." if state in ends else f"{count}."
