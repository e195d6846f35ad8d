"""The triage board: the queue by its clock, narrowed as asked, with what each request lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.identification.clock import Clock, clock_from
from mainstay.identification.completeness import Completeness, completeness_of_many
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import Request, RequestForm, State
from mainstay.identification.queries.portal import STATE_KINDS
from mainstay.portfolio.models import Portfolio

PAGE = 25
MINE, NOBODY = "me", "nobody"
USUAL = (State.SUBMITTED, State.QUESTIONED, State.RETURNED)


@dataclass(frozen=True)
class Line:
    """A request on the board."""

    request: Request
    clock: Clock
    complete: Completeness | None

    @property
    def kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS[State(self.request.state)]


class Board:
    """The queue as one person asked for it."""

    def __init__(self, user: Any, asked: Mapping[str, str]) -> None:
        self.user, self.asked, self.now = user, asked, timezone.now()

    @cached_property
    def requests(self) -> Any:
        """What the person triages, narrowed by the filters."""
        rows = Request.objects.visible_to(self.user).exclude(state=State.DRAFT)
        condition = access.condition(self.user, Verb.SEE_REQUESTS, "portfolio__")
        if condition is access.NOTHING:
            return rows.none()
        rows = rows if condition is None else rows.filter(condition)
        return rows.filter(self._states, self._officer, self._where, self._words)

    @property
    def _states(self) -> Q:
        state = self.asked.get("state", "")
        return Q(state=state) if state in State.values else Q() if state == "all" else Q(state__in=USUAL)

    @property
    def _officer(self) -> Q:
        officer = self.asked.get("officer", "")
        if officer == NOBODY:
            return Q(officer=None)
        name = self.user.username if officer == MINE else officer
        return Q(officer__username=name) if name else Q()

    @property
    def _where(self) -> Q:
        where = Q()
        if form := self.asked.get("form", ""):
            where &= Q(edition__form__key=form)
        if code := self.asked.get("portfolio", ""):
            place = Portfolio.objects.visible_to(self.user, Verb.SEE_REQUESTS).filter(code=code).first()
            where &= Q(portfolio__path__startswith=place.path if place else "nowhere")
        return where

    @property
    def _words(self) -> Q:
        found = Q()
        for word in self.asked.get("q", "").replace("\x00", "").split()[:10]:
            found &= Q(title__icontains=word) | Q(code__icontains=word) | Q(description__icontains=word)
        return found

    @cached_property
    def clocks(self) -> list[tuple[Clock, int]]:
        """Every request found with its clock, the most urgent first; decided ones by what they took."""
        stored = self.requests.values_list(
            "pk", "clock_from", "clock_used", "edition__form__answer_within_days", "state"
        )
        found = [
            (state in Request.DECIDED, clock_from(since, used, days, self.now), pk)
            for pk, since, used, days, state in stored
        ]
        if self.asked.get("late"):
            found = [one for one in found if one[1].is_late]
        ordered = sorted(found, key=lambda one: (one[0], one[1].days_left, one[2]))
        return [(clock, pk) for _, clock, pk in ordered]

    @cached_property
    def page(self) -> Any:
        """The page asked for."""
        return Paginator(self.clocks, PAGE).get_page(self.asked.get("page", "1"))

    @cached_property
    def lines(self) -> list[Line]:
        """The page's requests with what they lack."""
        clocks = {pk: clock for clock, pk in self.page}
        related = ("edition__form", "portfolio", "requester", "officer")
        rows = {row.pk: row for row in Request.objects.filter(pk__in=clocks).select_related(*related)}
        waiting = [row for row in rows.values() if row.state not in Request.DECIDED]
        complete = completeness_of_many(waiting, Stage.ACCEPT)
        return [Line(rows[pk], clock, complete.get(pk)) for pk, clock in clocks.items()]

    @property
    def late(self) -> int:
        """How many of those found are late and not decided."""
        open_ones = set(self.requests.filter(state__in=Request.OPEN).values_list("pk", flat=True))
        return sum(1 for clock, pk in self.clocks if clock.is_late and pk in open_ones)

    @property
    def may_triage(self) -> bool:
        """Whether the person may act on what they see anywhere."""
        return access.may_somewhere(self.user, Verb.REQUESTS_TRIAGE)

    def officers(self) -> list[Person]:
        """Those who triage something now, for the filter."""
        ids = Request.objects.visible_to(self.user).exclude(officer=None).values("officer")
        return list(Person.objects.filter(pk__in=ids).order_by("name"))

    def forms(self) -> list[RequestForm]:
        """The forms, for the filter."""
        return list(RequestForm.objects.all())

    def places(self) -> list[Portfolio]:
        """The portfolios, for the filter."""
        return list(Portfolio.objects.visible_to(self.user, Verb.SEE_REQUESTS).order_by("path"))
