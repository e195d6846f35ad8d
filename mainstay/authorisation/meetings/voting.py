"""Who may vote on an item: present, with a seat that has a vote, and not in their own cause."""

from datetime import datetime
from typing import Any

from mainstay.authorisation.authority import conflict_of
from mainstay.authorisation.meetings.quorum import Quorum
from mainstay.authorisation.models import AgendaItem, Choice, Vote
from mainstay.core.models import Person
from mainstay.core.surrounding import surrounding
from mainstay.governance.models import Chair

AUTOMATIC = "Own cause: "


def conflict_on(item: AgendaItem, person: Any) -> str:
    """Why an item is a person's own cause; nothing where it is not."""
    return conflict_of(person, project=item.project, scenario=item.scenario, review=item.gate_review)


def present_voters(meeting: Any) -> list[Person]:
    """The members with a vote who are present."""
    return list(
        Person.objects.filter(pk__in=meeting.attendances.filter(has_vote=True).values("person")).order_by("name")
    )


def quorum_of(item: Any, as_of: datetime | None = None) -> Quorum:
    """How many may decide on an item."""
    board = item.meeting.board
    voters = {person.pk for person in present_voters(item.meeting)}
    votes = Vote.objects.as_of(as_of).filter(item=item.row_id, choice=Choice.RECUSED)
    recused = set(votes.values_list("person", flat=True))
    seats = board.seats.filter(ends_on=None).voting().count()
    return Quorum(seats, len(voters), len(voters - recused), board.quorum)


def chair_of(board: Any) -> Person | None:
    """Who is in the chair of a board today."""
    seat = board.seats.filter(ends_on=None, part=Chair.CHAIR).select_related("person").first()
    return seat.person if seat else None


def presides(item: AgendaItem, person: Any) -> bool:
    """Whether a person puts the outcome on record: the chair, or a free voter where the chair is not free."""
    free = {one.pk for one in present_voters(item.meeting)}
    free -= set(item.votes.filter(choice=Choice.RECUSED).values_list("person", flat=True))
    chair = chair_of(item.meeting.board)
    if chair is not None and chair.pk in free:
        return bool(person.pk == chair.pk)
    return person.pk in free


def recusals(item: AgendaItem) -> list[Vote]:
    """The recusals that follow from what people own, manage or proposed and that are not yet on record."""
    known = set(item.votes.values_list("person", flat=True))
    found = []
    for person in present_voters(item.meeting):
        if person.pk not in known and (why := conflict_on(item, person)):
            reason = f"{AUTOMATIC}{why}."
            found.append(
                Vote(item=item, person=person, choice=Choice.RECUSED, reason=reason, cast_at=surrounding().now())
            )
    return found
