"""What waits for a decision in authorisation: agenda items, gates, scenarios before the board, and selections."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mainstay.authorisation.gates.queries import queue
from mainstay.authorisation.models import AgendaItem, MeetingState, ScenarioState, SelectionState
from mainstay.authorisation.queries import selections_for
from mainstay.authorisation.scenarios.queries import scenarios_for
from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import conflicts_with
from mainstay.portfolio.dashboard import Waiting

MOST_OF_A_KIND = 10
BEFORE = (MeetingState.PLANNED, MeetingState.FROZEN, MeetingState.OPEN)
NOUNS = frozenset(
    {
        "agendaitem",
        "meeting",
        "seat",
        "board",
        "gatereview",
        "scenario",
        "planline",
        "selection",
        "delegation",
        "project",
    }
)


def waiting_for(user: Any) -> Iterator[Waiting]:
    """What this person may decide and what is not their own cause, of each kind the oldest first."""
    for asked in (_agenda, _gates, _scenarios, _selections):
        yield from asked(user)


def _agenda(user: Any) -> Iterator[Waiting]:
    """Items of the meetings to come of boards somebody sits on."""
    boards = set(user.seats.filter(ends_on=None).values_list("board", flat=True))
    if not boards:
        return
    rows = AgendaItem.objects.visible_to(user)
    rows = rows.filter(verdict="", meeting__state__in=BEFORE, meeting__board__in=boards)
    rows = rows.select_related("meeting__board").order_by("meeting__held_on", "position", "pk")
    for item in rows[:MOST_OF_A_KIND]:
        url = reverse("agenda_item", args=[item.pk])
        yield Waiting("On the agenda", item.title, f"{item.meeting.board}, {item.meeting}", url, item.meeting.held_on)


def not_ones_own(user: Any, rows: Iterable[Any]) -> list[Any]:
    """Rows about projects that are not the person's own cause."""
    rows = list(rows)
    own = conflicts_with([row.project for row in rows], user) if rows else {}
    return [row for row in rows if row.project_id not in own]


def _gates(user: Any) -> Iterator[Waiting]:
    if not access.may_somewhere(user, Verb.GATE_DECIDE):
        return
    named = {row.pk: (row, name) for row, name in queue(user) if row.asked_by_id != user.pk}
    may = [row for row, _ in named.values() if access.may(user, Verb.GATE_DECIDE, row.project)]
    for row in not_ones_own(user, may[: 5 * MOST_OF_A_KIND])[:MOST_OF_A_KIND]:
        opened = timezone.localtime(row.opened_at).date()
        yield Waiting("At a gate", row.project.name, named[row.pk][1], reverse("gate_review", args=[row.pk]), opened)


def _scenarios(user: Any) -> Iterator[Waiting]:
    if not access.may_somewhere(user, Verb.SCENARIO_ADOPT):
        return
    rows = [row for row in scenarios_for(user) if row.state == ScenarioState.SUBMITTED and row.owner_id != user.pk]
    for row in [row for row in rows if access.may(user, Verb.SCENARIO_ADOPT, row.portfolio)][:MOST_OF_A_KIND]:
        yield Waiting("Scenario", row.name, f"For {row.portfolio}", reverse("scenario_adoption", args=[row.pk]))


def _selections(user: Any) -> Iterator[Waiting]:
    if not access.may_somewhere(user, Verb.SELECTION_ADOPT):
        return
    rows = [row for row in selections_for(user) if row.state == SelectionState.SOLVED]
    for row in [row for row in rows if access.may(user, Verb.SELECTION_ADOPT, row.portfolio)][:MOST_OF_A_KIND]:
        yield Waiting("Selection", row.name, f"Solved for {row.portfolio}", reverse("selection", args=[row.pk]))
