"""The minutes as the system drafts them from what happened; the secretary edits them."""

from mainstay.authorisation.meetings.queries import attendance_of, people_of
from mainstay.authorisation.meetings.quorum import counted
from mainstay.authorisation.models import AgendaItem, Choice, Meeting
from mainstay.charts import words

LABELS = {choice.value: choice.label.lower() for choice in Choice}


def draft(meeting: Meeting) -> str:
    """Who was there, and item by item what was decided, why, by which votes and under which conditions."""
    people = [row.person.name for row in meeting.attendances.select_related("person")]
    present = attendance_of(meeting, people_of(meeting))
    lines = [
        f"{meeting.board}, {meeting.title}, {meeting.held_on.day} {meeting.held_on:%B %Y}",
        f"Present: {words.listed(people) if people else 'nobody'}. {present.words}.",
    ]
    items = meeting.items.select_related("project").prefetch_related("votes__person", "conditions__owner")
    for item in items:
        lines += ["", *_item(item, meeting)]
    return "\n".join(lines)


def _item(item: AgendaItem, meeting: Meeting) -> list[str]:
    if item.project is not None and item.project.seal not in {"", meeting.board.portfolio.seal}:
        return [f"{item.position}. A confidential matter; its record is kept apart."]
    told = item.get_verdict_display() if item.verdict else "Not decided"
    found = [f"{item.position}. {item.title}: {told.lower()}.", item.reason]
    votes = list(item.votes.all())
    parts = [f"{count} {LABELS[choice]}" for choice, count in counted(vote.choice for vote in votes).items() if count]
    found.append(f"Votes: {', '.join(parts)}." if parts else "No votes were cast.")
    found += [f"Recused: {vote.person}. {vote.reason}" for vote in votes if vote.choice == Choice.RECUSED]
    found += [
        f"Condition: {one.text} ({one.owner}, by {one.due_date.day} {one.due_date:%B %Y})."
        for one in item.conditions.all()
    ]
    return [line for line in found if line]
