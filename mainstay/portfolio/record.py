"""A project as its page shows it: facts, parts, the ways on in its life cycle, and what the person may do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import Event
from mainstay.core.templatetags import components, figures
from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import obstacles_for
from mainstay.portfolio.models import (
    CustomField,
    Dependency,
    FieldKind,
    Member,
    Milestone,
    Project,
    Transition,
)
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.dependencies import date_clash
from mainstay.portfolio.queries.wording import say_custom

CONFIDENTIAL = "Confidential"
MOST_EVENTS = 100


@dataclass(frozen=True)
class Fact:
    """One line of what is known: a value, or a text given in its place, or that it is hidden."""

    label: str
    text: str
    is_given_text: bool = False
    is_long: bool = False


@dataclass(frozen=True)
class Way:
    """A step to another stage that the person may take, and what stands in its way."""

    transition: Transition
    obstacles: list[str]


class Record:
    """One project for one person, today or as it was known."""

    def __init__(self, code: str, user: Any, as_of: Any = None) -> None:
        self.reading = Reading(user, as_of)
        found = self.reading.projects().select_related("stage", "owner", "manager", "proposed_by")
        self.project = found.filter(code=code).first()
        if self.project is None:
            raise Missing("There is no such project, or it is not open to you.")
        self.user = user
        self.is_today = as_of is None
        self.current = self.project if self.is_today else Project.objects.get(pk=self.project.row_id)
        self.sees_figures = access.may(user, Verb.SEE_FIGURES, self.current)

    def may(self, verb: Verb) -> bool:
        """Whether the person may do this here; nothing can be done in the past."""
        return self.is_today and access.may(self.user, verb, self.project)

    @property
    def may_edit(self) -> bool:
        """Whether the edit form opens."""
        return self.may(Verb.PROJECT_EDIT)

    @property
    def may_move(self) -> bool:
        """Whether it may be taken to another portfolio."""
        return self.may(Verb.PROJECT_MOVE)

    @property
    def may_add_milestone(self) -> bool:
        """Whether milestones may be added."""
        return self.may(Verb.MILESTONE_ADD)

    @property
    def may_add_dependency(self) -> bool:
        """Whether dependencies may be added."""
        return self.may(Verb.DEPENDENCY_ADD)

    @property
    def may_edit_dependency(self) -> bool:
        """Whether what is handed over and when may be changed."""
        return self.may(Verb.DEPENDENCY_EDIT)

    @property
    def may_add_member(self) -> bool:
        """Whether people may be added."""
        return self.may(Verb.MEMBER_ADD)

    @cached_property
    def portfolio(self) -> Any:
        """Its portfolio, where the person may see it."""
        return self.reading.portfolios.get(self.project.portfolio_id)

    @cached_property
    def programme(self) -> Any:
        """Its programme, where the person may see it."""
        return self.reading.programmes.get(self.project.programme_id)

    @property
    def facts(self) -> list[Fact]:
        """What the register knows of every project."""
        project = self.project
        people = [
            ("Owner", project.owner),
            ("Project manager", project.manager),
            ("Proposed by", project.proposed_by),
        ]
        return [
            *(Fact(label, person.name if person else "") for label, person in people),
            Fact("Theme", project.theme),
            self._figure("Whole-life cost", "cost"),
            self._figure("Whole-life benefit", "benefit"),
            self._given("Start", "start_date", figures.day),
            self._given("End", "end_date", figures.day),
            Fact("Risk", "" if project.risk is None else f"{project.risk} of 100"),
            Fact("Delivery confidence", components.confidence(project.confidence)),
            Fact("In this stage since", figures.day(project.stage_since) if project.stage_since else ""),
            Fact("Key in the source", project.external_key),
        ]

    def _figure(self, label: str, name: str) -> Fact:
        if not self.sees_figures:
            return Fact(label, CONFIDENTIAL)
        currency = self.project.currency
        return self._given(label, name, lambda amount: f"{currency} {amount:,.2f}".removesuffix(".00"))

    def _given(self, label: str, name: str, say: Any) -> Fact:
        value = getattr(self.project, name)
        if value is not None:
            return Fact(label, say(value))
        text = str(self.project.given_text.get(name, ""))
        return Fact(label, text, is_given_text=bool(text))

    @property
    def custom_facts(self) -> list[Fact]:
        """The fields this organisation added; empty ones are left out."""
        found = [self._custom(field) for field in self.reading.custom_fields]
        return [fact for fact in found if fact.text]

    def _custom(self, field: CustomField) -> Fact:
        value, text = self.project.custom.get(field.key), str(self.project.given_text.get(field.key, ""))
        is_known = value is not None or bool(text)
        if field.is_confidential and not self.sees_figures:
            return Fact(field.label, CONFIDENTIAL if is_known else "")
        is_long = field.kind == FieldKind.LONG_TEXT
        if value is None:
            return Fact(field.label, text, is_given_text=True, is_long=is_long)
        if field.kind == FieldKind.MONEY and not field.unit:
            return Fact(field.label, f"{self.project.currency} {say_custom(field, value)}")
        return Fact(field.label, say_custom(field, value), is_long=is_long)

    @cached_property
    def milestones(self) -> list[Milestone]:
        """Its dated results, the earliest first."""
        rows = Milestone.objects.as_of(self.reading.as_of).filter(project_id=self.project.row_id)
        return list(rows.order_by("due_date", "pk"))

    @property
    def late_milestones(self) -> str:
        """How many are not done although their day has passed, in words; nothing where none is late."""
        today = timezone.localdate(self.reading.as_of)
        late = sum(1 for milestone in self.milestones if milestone.done_date is None and milestone.due_date < today)
        return f"{late} late" if late else ""

    @cached_property
    def needs(self) -> list[tuple[Dependency, Any]]:
        """What it depends on, among the projects the person may see."""
        return self._dependencies("project_id", "needs_id")

    @cached_property
    def needed_by(self) -> list[tuple[Dependency, Any]]:
        """What depends on it, among the projects the person may see."""
        return self._dependencies("needs_id", "project_id")

    @property
    def needs_told(self) -> list[tuple[Dependency, Any, str]]:
        """What it depends on, each with what is wrong with the dates."""
        return [(row, other, date_clash(row, self.project, other)) for row, other in self.needs]

    @property
    def needed_by_told(self) -> list[tuple[Dependency, Any, str]]:
        """What depends on it, each with what is wrong with the dates."""
        return [(row, other, date_clash(row, other, self.project)) for row, other in self.needed_by]

    def _dependencies(self, here: str, there: str) -> list[tuple[Dependency, Any]]:
        rows = list(Dependency.objects.as_of(self.reading.as_of).filter(**{here: self.project.row_id}))
        others = self.reading.projects().filter(**{f"{self.reading.key}__in": [getattr(row, there) for row in rows]})
        known = {other.row_id: other for other in others.select_related("stage")}
        return [(row, known[getattr(row, there)]) for row in rows if getattr(row, there) in known]

    @cached_property
    def members(self) -> list[Member]:
        """Who has a part in it."""
        rows = Member.objects.as_of(self.reading.as_of).filter(project_id=self.project.row_id)
        return list(rows.select_related("person").order_by("role", "person__name"))

    @property
    def open_ways(self) -> list[Way]:
        """The steps that can be taken now."""
        return [way for way in self.ways if not way.obstacles]

    @property
    def blocked_ways(self) -> list[Way]:
        """The steps that something stands in the way of."""
        return [way for way in self.ways if way.obstacles]

    @property
    def events(self) -> list[Event]:
        """What happened to it and its parts lately, the newest first."""
        happened = Event.objects.visible_to(self.user).filter(path__startswith=self.current.path)
        if self.reading.as_of is not None:
            happened = happened.filter(at__lte=self.reading.as_of)
        return list(happened.order_by("-id")[:MOST_EVENTS])

    @cached_property
    def ways(self) -> list[Way]:
        """The steps in its life cycle that the person may take."""
        if not self.is_today:
            return []
        steps = Transition.objects.filter(origin_id=self.project.stage_id).select_related("target")
        return [Way(step, obstacles_for(self.user, self.project, step)) for step in steps if self.may(_verb(step))]


def _person(label: str, person: Any) -> Fact:
    return Fact(label, person.name if person else "")


def _verb(transition: Transition) -> Verb:
    return Verb.PROJECT_AUTHORISE if transition.is_authorising else Verb.PROJECT_ADVANCE
