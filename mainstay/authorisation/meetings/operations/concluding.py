"""Closing a meeting and releasing its minutes, with which its decisions take effect."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from mainstay.authorisation.meetings.minutes import draft
from mainstay.authorisation.meetings.operations.carrying_out import carry_out
from mainstay.authorisation.models import AgendaItem, Meeting, MeetingState
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Notice
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb


@operation(Verb.MEETING_CLOSE)
def close_meeting(
    meeting: Meeting, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Meeting:
    """Close a meeting; its minutes are drafted from what happened."""
    if meeting.state != MeetingState.OPEN:
        raise Impossible(
            f"{meeting.title} is {meeting.get_state_display().lower()}; only a meeting that sits is closed."
        )
    meeting.minutes = draft(meeting)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, surrounding().now()
    return history.save(meeting)


@operation(Verb.MEETING_RELEASE)
def release_meeting(
    meeting: Meeting, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Meeting:
    """Release the minutes: what was decided takes effect, all of it or nothing, and those concerned are told."""
    if meeting.state != MeetingState.CLOSED:
        raise Impossible(
            f"{meeting.title} is {meeting.get_state_display().lower()}; close it, then release the minutes."
        )
    if not meeting.minutes.strip():
        raise ValidationError({"minutes": "Write the minutes before you release them."})
    items = list(
        meeting.items.exclude(verdict="").select_related("project__stage", "scenario", "gate_review__project")
    )
    for item in items:
        item.decision = carry_out(item)
        history.save(item)
    meeting.state = MeetingState.RELEASED
    history.save_whole(meeting)
    Notice.objects.bulk_create([notice for item in items for notice in _notices(item, actor)])
    return meeting


def _notices(item: AgendaItem, actor: Actor) -> list[Notice]:
    """What the people of an item are told: the outcome, and what they have to do."""
    told = {}
    if item.project is not None:
        project, text = item.project, f"{item.title}: {item.get_verdict_display().lower()}. The minutes say why."
        people = {project.owner_id, project.manager_id, project.proposed_by_id} - {None, actor.pk}
        told = {pk: (text, reverse("project", args=[project.code])) for pk in people}
    if item.scenario is not None and item.scenario.owner_id not in {None, actor.pk}:
        told[item.scenario.owner_id] = (f"{item.title}: {item.get_verdict_display().lower()}.", _page(item))
    notices = [Notice(person_id=pk, text=text[:300], url=url) for pk, (text, url) in told.items()]
    for one in item.conditions.all():
        text = f"You own a condition, due {one.due_date.day} {one.due_date:%B}: {one.text}"
        notices.append(Notice(person_id=one.owner_id, text=text[:300], url=reverse("conditions")))
    return notices


def _page(item: AgendaItem) -> str:
    return reverse("meeting", args=[item.meeting_id])
