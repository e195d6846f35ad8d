"""The page of a staffing request: the standing offer with its effect, what may be answered, and the talk so far."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.forms.staffing import OfferForm, TermsForm
from mainstay.resources.models import Side, StaffingOffer, StaffingRequest, StaffingState
from mainstay.resources.operations.talk import ANSWERABLE, booked_by
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.queries.matches import DEFINITION, Match, Wanted, matches

RELATED = ("project", "team__portfolio", "team__manager", "role", "skill", "site", "asked_by", "replaces__resource")
STATE_KINDS = {
    StaffingState.OPEN: "warn",
    StaffingState.OFFERED: "fair",
    StaffingState.COUNTERED: "warn",
    StaffingState.ACCEPTED: "good",
    StaffingState.DECLINED: "bad",
    StaffingState.WITHDRAWN: "none",
}


class StaffingPage:
    """One request as one person sees it."""

    match_definition = DEFINITION

    def __init__(self, request: HttpRequest, staffing_id: int, **more: Any) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        rows = StaffingRequest.objects.as_of(self.as_of).visible_to(self.user).identified_by([staffing_id])
        row = rows.select_related(*RELATED).first()
        if row is None:
            raise Missing("There is no such request, or it is not open to you.")
        self.row, self.more = row, more

    @cached_property
    def project(self) -> Any:
        """The project, where the reader may know of it."""
        return Project.objects.visible_to(self.user).filter(pk=self.row.project_id).first()

    @cached_property
    def offers(self) -> list[Any]:
        """Every turn of the talk, the latest first."""
        rows = StaffingOffer.objects.as_of(self.as_of).filter(request_id=self.row.row_id)
        return list(rows.select_related("resource__team__portfolio", "made_by").order_by("-made_at", "-pk"))

    @cached_property
    def standing(self) -> Any:
        """The offer that waits for an answer."""
        return next((offer for offer in self.offers if offer.state == "standing"), None)

    @cached_property
    def effect(self) -> Effect | None:
        """What the standing offer does when it is accepted."""
        if self.standing is None or self.as_of is not None:
            return None
        self.standing.request = self.row
        return effect_of(booked_by(self.standing), self.user, least_level=self.row.least_level)

    @property
    def kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS[StaffingState(self.row.state)]

    @property
    def is_open(self) -> bool:
        """Whether anything may still be answered."""
        return self.as_of is None and self.row.state in ANSWERABLE

    @cached_property
    def is_team(self) -> bool:
        """Whether the reader answers for the team."""
        return self.is_open and access.may(self.user, Verb.STAFFING_OFFER, self.row.team.portfolio)

    @cached_property
    def is_project(self) -> bool:
        """Whether the reader answers for the project."""
        return self.is_open and access.may(self.user, Verb.STAFFING_ACCEPT, self.row.project)

    @property
    def is_offered(self) -> bool:
        """Whether the project has an offer to answer."""
        return self.standing is not None and self.standing.side == Side.TEAM

    @property
    def may_agree(self) -> bool:
        """Whether the team may agree to what the project proposed."""
        return self.is_team and self.standing is not None and self.standing.side == Side.PROJECT

    @property
    def terms(self) -> dict[str, Any]:
        """What a new proposal begins with: the standing one, else what is asked for."""
        base = self.standing or self.row
        found = {name: getattr(base, name) for name in ("starts_on", "ends_on", "hours")}
        asked = self.request.GET.get("resource")
        person = asked or (self.standing.resource.key if self.standing else None)
        return found | ({"resource": person} if person else {})

    @cached_property
    def offer_form(self) -> Any:
        """Offering somebody; None where the reader does not."""
        if not self.is_team:
            return None
        return self.more.get("offer_form") or self.form(OfferForm)

    @cached_property
    def counter_form(self) -> Any:
        """Answering with something else; None where there is nothing to answer."""
        if not (self.is_project and self.is_offered):
            return None
        return self.more.get("counter_form") or self.form(TermsForm)

    def form(self, form: Any, data: Any = None) -> Any:
        """A form of this request."""
        return form(data, staffing=self.row, user=self.user, initial=self.terms)

    @cached_property
    def best(self) -> list[Match]:
        """Who fits, for the team."""
        return matches(Wanted.of(self.row), self.user) if self.is_team else []

    @property
    def finding(self) -> str:
        """Where it stands and what comes next."""
        person = self.standing.resource if self.standing else None
        return {
            StaffingState.OPEN: f"{self.row.team} offers somebody next.",
            StaffingState.OFFERED: f"{person} is offered; the project answers next.",
            StaffingState.COUNTERED: f"The project proposes something else for {person}; the team answers next.",
            StaffingState.ACCEPTED: "Both sides agree, and the person is booked.",
            StaffingState.DECLINED: "The team cannot help; the project may ask another one.",
            StaffingState.WITHDRAWN: "The project no longer asks.",
        }[StaffingState(self.row.state)]
