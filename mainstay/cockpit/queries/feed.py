"""What happened, told to one person: who did what to which record, why, and what changed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateField, DecimalField
from django.http import HttpRequest
from django.urls import reverse

from mainstay.authorisation.models import Decision, Selection
from mainstay.core.api.feed import only_what_may_be_seen
from mainstay.core.history import MOST_ROWS_TOLD
from mainstay.core.models import Channel, Event
from mainstay.core.operation import UNTOLD
from mainstay.core.operations.undo import row_models
from mainstay.evaluation.models import PairwiseSession, ScoreModel, ScoringRound
from mainstay.governance.models import Cycle
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Portfolio, Programme, Project
from mainstay.portfolio.models.parts import Part
from mainstay.portfolio.queries.wording import Wording

IRREGULAR = {
    "give": "gave",
    "withdraw": "withdrew",
    "undo": "undid",
    "set": "set",
    "read": "read",
    "cancel": "cancelled",
}
MOST_FIELDS = 8
ROUTES = {Selection: "selection", Decision: "decision", ScoreModel: "score_model"}
ROUTES |= {ScoringRound: "scoring_round", PairwiseSession: "pairwise_session", Cycle: "cycle"}
NOISE = {"stage_since", "solution_id"}


@dataclass(frozen=True)
class Line:
    """One field of a change: before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """An event as its reader may know it."""

    pk: int
    at: datetime
    who: str
    did: str
    what: str
    url: str
    within: str
    reason: str
    channel: str
    lines: tuple[Line, ...]
    more: int


def past(verb: str) -> str:
    """What somebody did, of a verb: `edited`."""
    word = verb.split(".")[1]
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("y"):
        return f"{word[:-1]}ied"
    return f"{word}d" if word.endswith("e") else f"{word}ed"


def _did(event: Event, count: int) -> str:
    """What was done to what: `edited project`, or of many at once `edited 24 projects`.

    Of very many only the first are kept one by one, so a reader who may not see all is told how many at least.
    """
    noun = event.verb.split(".")[0]
    if not noun.endswith("s"):
        return f"{past(event.verb)} {event.noun}"
    at_least = "at least " if count < event.count and event.count > MOST_ROWS_TOLD else ""
    return f"{past(event.verb)} {at_least}{count:,} {noun}"


def visible_events(request: HttpRequest) -> Any:
    """Events the person may know of, up to the moment asked for; the newest first."""
    events = Event.objects.visible_to(request.user).order_by("-id")
    return events if request.as_of is None else events.filter(at__lte=request.as_of)


def told(request: HttpRequest, events: Iterable[Event]) -> list[Happening]:
    """Events with links, and with the changed fields the person may read."""
    rows = [_row(event) for event in events]
    only_what_may_be_seen(request, rows)
    telling = _Telling(request, rows)
    return [telling.happening(row) for row in rows]


def _row(event: Event) -> dict[str, Any]:
    changes = event.changes
    return {
        "event": event,
        "count": event.count,
        "changes": changes,
        "_changes": changes,
        "_count": event.count,
        "_path": event.path,
        "_seal": event.seal,
    }


class _Telling:
    """Words and links for a page of events; what they need is looked up once for all."""

    def __init__(self, request: HttpRequest, rows: list[dict[str, Any]]) -> None:
        self.user = request.user
        self.models = {str(model._meta.verbose_name): model for model in row_models()}
        self.links = Links("", request.GET.get("as_of", "") if request.as_of else "")
        self.urls = self._urls(request, [row["event"] for row in rows])
        self.wordings = self._wordings(change for row in rows for change in _detailed(row["changes"]))

    def _urls(self, request: HttpRequest, events: list[Event]) -> dict[tuple[str, int], tuple[str, str]]:
        wanted: dict[str, set[int]] = {}
        for event in events:
            if event.row_id is not None:
                wanted.setdefault(event.noun, set()).add(event.row_id)
        urls = {}
        for noun, ids in wanted.items():
            for pk, url, within in self._pages(self.models.get(noun), request.user, ids):
                urls[noun, pk] = url, within
        return urls

    def _pages(self, model: Any, user: Any, ids: set[int]) -> list[tuple[int, str, str]]:
        """Id, address and, for parts of a project, the project's name, of those records that have a page."""
        if model is None:
            return []
        rows = model.objects.visible_to(user).filter(pk__in=ids).order_by()
        if model in {Project, Portfolio, Programme}:
            kind = model._meta.model_name
            return [(pk, self.links.place(kind, code), "") for pk, code in rows.values_list("pk", "code")]
        if issubclass(model, Part):
            parts = rows.values_list("pk", "project__code", "project__name")
            return [(pk, self.links.project(code), name) for pk, code, name in parts]
        if route := ROUTES.get(model):
            return [(pk, reverse(route, args=[pk]), "") for pk in rows.values_list("pk", flat=True)]
        return []

    def _wordings(self, changes: Iterable[Mapping[str, Any]]) -> dict[str, Wording]:
        pairs: dict[str, list[tuple[str, Any]]] = {}
        for change in changes:
            named = pairs.setdefault(change["noun"], [])
            named += [(name, value) for name, both in _shown(change) for value in both]
        return {
            noun: Wording(self.models[noun], self.user, named) for noun, named in pairs.items() if noun in self.models
        }

    def happening(self, row: dict[str, Any]) -> Happening:
        event = row["event"]
        url, within = self.urls.get((event.noun, event.row_id), ("", ""))
        several = event.verb.split(".")[0].endswith("s")
        lines = self._lines(_detailed(row["changes"]))
        return Happening(
            pk=event.pk,
            at=event.at,
            who=event.who,
            did=_did(event, row["count"]),
            what="" if several else event.label,
            url=url,
            within=within,
            reason=event.reason,
            channel=Channel(event.channel).label,
            lines=tuple(lines[:MOST_FIELDS]),
            more=max(0, len(lines) - MOST_FIELDS),
        )

    def _lines(self, changes: list[dict[str, Any]]) -> list[Line]:
        lines = []
        for change in changes:
            wording = self.wordings.get(change["noun"])
            if wording is None:
                continue
            for name, both in _shown(change):
                before, after = (wording.say(name, _revived(wording, name, value)) for value in both)
                lines.append(Line(wording.label(name), before, after))
        return lines


def _detailed(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes told field by field: of one record that was there before."""
    return changes if len(changes) == 1 and changes[0]["what"] == "changed" else []


def _revived(wording: Wording, name: str, value: Any) -> Any:
    """A value as the row had it: the event keeps days and amounts as text."""
    field = wording.fields.get(name)
    return field.to_python(value) if isinstance(field, DateField | DecimalField) else value


def _shown(change: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The fields worth telling."""
    return [(name, both) for name, both in change["fields"].items() if name not in UNTOLD | NOISE]
