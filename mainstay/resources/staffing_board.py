"""The staffing board: requests in columns by where they stand, and what each waits for."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.forms.staffing import BoardForm
from mainstay.resources.models import OfferState, StaffingOffer, StaffingRequest, StaffingState
from mainstay.resources.queries.room import Room, rooms
from mainstay.resources.queries.waiting import OF_TEAM, waiting_for

MOST_CARDS = 40
COLUMNS = (
    ("Asked", "The team offers somebody.", (StaffingState.OPEN,)),
    ("Offered", "The project answers.", (StaffingState.OFFERED,)),
    ("Countered", "The team answers.", (StaffingState.COUNTERED,)),
    ("Agreed", "The person is booked.", (StaffingState.ACCEPTED,)),
    ("Not staffed", "Declined or withdrawn.", (StaffingState.DECLINED, StaffingState.WITHDRAWN)),
)


@dataclass(frozen=True)
class Card:
    """A request on the board: its project where that is open, the standing offer with its room, and whose turn."""

    row: Any
    project: Any
    offer: Any
    room: Room | None
    waits_for_me: bool
    is_team: bool = False

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """What the reader may answer: key, part of the request's page, and the word."""
        if not self.waits_for_me:
            return ()
        if not self.is_team:
            return (("a", "accept", "Accept"), ("c", "counter", "Counter"), ("d", "decline", "Decline"))
        agree = (("a", "agree", "Agree"),) if self.row.state == StaffingState.COUNTERED else ()
        return (*agree, ("o", "offer", "Offer"), ("d", "refuse", "Refuse"))


@dataclass
class Column:
    """Requests that stand alike."""

    title: str
    meaning: str
    count: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


class Board:
    """The requests one person sees, as they asked for them."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.as_of = request.user, request.as_of
        self.seen = StaffingRequest.objects.as_of(self.as_of).visible_to(self.user)
        self.form = BoardForm(request.GET or {}, seen=self.seen)

    @cached_property
    def rows(self) -> Any:
        """The requests asked for."""
        rows = self.form.narrow(self.seen)
        if self.form.cleaned_data.get("waits"):
            rows = rows.filter(self._mine)
        return rows

    @cached_property
    def _mine(self) -> Any:
        """Those that wait for an answer of this person."""
        return waiting_for(self.user)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns with their cards, those first that begin first."""
        found = []
        for title, meaning, states in COLUMNS:
            rows = self.rows.filter(state__in=states)
            related = rows.select_related("role", "skill", "team").order_by("starts_on", "asked_at")[:MOST_CARDS]
            found.append(Column(title, meaning, rows.count(), self._cards(list(related))))
        return found

    def _cards(self, rows: list[Any]) -> list[Card]:
        projects = Project.objects.visible_to(self.user).in_bulk({row.project_id for row in rows})
        ids = [row.row_id for row in rows]
        mine = set(self.rows.filter(self._mine).identified_by(ids).values_list(_id(self.rows), flat=True))
        offers = StaffingOffer.objects.as_of(self.as_of).filter(request_id__in=ids, state=OfferState.STANDING)
        standing = {offer.request_id: offer for offer in offers.select_related("resource")}
        left = rooms(standing.values()) if self.as_of is None else {}
        return [
            Card(
                row,
                projects.get(row.project_id),
                offer := standing.get(row.row_id),
                left.get(offer.row_id) if offer else None,
                self.as_of is None and row.row_id in mine,
                row.state in OF_TEAM,
            )
            for row in rows
        ]

    @cached_property
    def waiting(self) -> int:
        """How many wait for this person."""
        return self.seen.filter(self._mine).count()

    @property
    def may_propose(self) -> bool:
        """Whether the reader may let people be proposed for what is open."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.BOOKING_ADD)

    @property
    def finding(self) -> str:
        """What waits, in a sentence."""
        going = self.seen.filter(state__in=(*OF_TEAM, StaffingState.OFFERED)).count()
        if not going:
            return "No staffing request is open."
        waiting = (
            f"{self.waiting} of them wait{'s' * (self.waiting == 1)} for you"
            if self.waiting
            else "none waits for you"
        )
        return f"{going} staffing request{'s' * (going != 1)} {'is' if going == 1 else 'are'} open; {waiting}."


def _id(rows: Any) -> str:
    return "row_id" if rows.model is not StaffingRequest else "pk"
