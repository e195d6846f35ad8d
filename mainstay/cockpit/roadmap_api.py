"""The roadmap in the REST API; bars are moved by editing the dates of their projects."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query

from mainstay.cockpit.queries.roadmap_effect import as_told
from mainstay.cockpit.roadmap import Roadmap
from mainstay.cockpit.roadmap_moves import effect_on
from mainstay.cockpit.roadmap_plan import plan_of
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Day, Sent, Told, text
from mainstay.portfolio.queries import ProjectFilter, Reading

routes = Routes("Roadmap")
FILTERS = ("q", "portfolio", "programme", "stage", "phase", "health", "theme", "owner", "manager", "code")


class LaneTold(Told):
    """A lane of the roadmap."""

    key: str
    name: str
    url: str


class MarkTold(Told):
    """A milestone."""

    name: str
    due: date
    forecast: date | None
    done: date | None


class BaselineTold(Told):
    """What was promised."""

    start: date
    end: date
    number: int


class BarTold(Told):
    """A project or programme; lane is the number of its lane, slack is null outside of chains of dependencies."""

    code: str
    name: str
    kind: Literal["project", "programme"]
    url: str
    lane: int
    start: date
    end: date
    stage: str
    phase: str
    health: str
    owner: str
    version: int | None
    may_move: bool
    slack: int | None
    is_critical: bool
    milestones: list[MarkTold]
    baseline: BaselineTold | None


class LinkTold(Told):
    """The project may begin only after the one it needs has ended; both by their codes."""

    needs: str
    project: str


class BeyondTold(Told):
    """A project that has no bar here and is tied to one that has."""

    code: str
    name: str
    start: date | None
    end: date | None


class ConflictTold(Told):
    """A dependency whose dates contradict each other."""

    needs: str
    project: str
    days: int
    sentence: str


class NamedTold(Told):
    """A project without dates."""

    code: str
    name: str


class RoadmapTold(Told):
    """Bars in lanes with their dependencies, conflicts, and the projects that have no dates."""

    today: date
    is_cut: bool
    lanes: list[LaneTold]
    bars: list[BarTold]
    links: list[LinkTold]
    beyond: list[BeyondTold]
    conflicts: list[ConflictTold]
    unplanned: list[NamedTold]


class RoadmapAsked(Sent):
    """Lanes, and which projects; several words of one filter are set apart by commas."""

    lanes: Literal["portfolio", "programme", "theme", "owner", "stage"] = "portfolio"
    q: text(200) = ""
    portfolio: text(200) = ""
    programme: text(200) = ""
    stage: text(200) = ""
    phase: text(200) = ""
    health: text(200) = ""
    theme: text(200) = ""
    owner: text(200) = ""
    manager: text(200) = ""
    code: text(2000) = ""
    scenario: text(20) = ""
    as_of: text(40) = ""


class EffectAsked(Sent):
    """The dates a project might have; what is left away stays as it is."""

    start: Day | None = None
    end: Day | None = None
    scenario: text(20) = ""
    as_of: text(40) = ""


class RoleTold(Told):
    """First days of the months in which a role gets overloaded, and of those in which it is so no longer."""

    role: str
    added: list[date]
    removed: list[date]


class YearTold(Told):
    """Cost in a fiscal year before and after; the year is empty outside of all of them."""

    year: str
    before: str
    after: str


class EffectTold(Told):
    """What other dates of a project would do."""

    conflicts_added: list[str]
    conflicts_removed: list[str]
    capacity: str
    budget: str
    roles: list[RoleTold]
    years: list[YearTold]
    currency: str


@routes.reads("/roadmap", "roadmap", RoadmapTold)
def roadmap(request: HttpRequest, query: Annotated[RoadmapAsked, Query()]) -> Any:
    """Read the roadmap: projects and programmes in lanes, milestones, dependencies, slack and conflicts."""
    asked = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
    narrowed = ProjectFilter.read(asked, Reading(request.user, request.as_of))
    found = Roadmap(narrowed, query.lanes, plan_of(query.scenario, request.user))
    conflicts = [
        {"needs": one.needs.code, "project": one.project.code, "days": one.days, "sentence": one.sentence}
        for one in found.clashes
    ]
    unplanned = [{"code": work.code, "name": work.name} for work in found.unplanned]
    return found.data() | {"is_cut": found.facts.is_cut, "conflicts": conflicts, "unplanned": unplanned}


@routes.reads("/projects/{code}/move-effect", "roadmap.effect", EffectTold)
def effect(request: HttpRequest, code: Code, query: Annotated[EffectAsked, Query()]) -> Any:
    """Read what other dates of a project would do to dependants, overloaded roles and fiscal years; nothing moves."""
    return as_told(effect_on(request.user, code, query.start, query.end, request.as_of, query.scenario))
