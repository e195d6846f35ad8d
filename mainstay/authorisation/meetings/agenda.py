"""The queue of what waits for a board, and what may stand on its agenda."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.models import AgendaItem, GateReview, Meeting, MeetingState, Scenario, ScenarioState
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Project, Transition

MOST_SHOWN = 100


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a board: its kind and key for the agenda, its name, and why it waits."""

    kind: str
    key: Any
    name: str
    why: str

    @property
    def value(self) -> str:
        """The kind and the key in one, as the page sends them."""
        return f"{self.kind}:{self.key}"


def queue_for(meeting: Meeting, user: Any) -> list[Waiting]:
    """What waits for the board of a meeting and stands on no agenda yet, as far as the person may see its figures."""
    found = [*_scenarios(meeting, user), *_reviews(meeting, user), *_projects(meeting, user)]
    return found[:MOST_SHOWN]


def _taken(meeting: Meeting) -> Any:
    """The items of meetings of the board that are not over."""
    return AgendaItem.objects.filter(meeting__board_id=meeting.board_id).exclude(
        meeting__state__in=[MeetingState.CLOSED, MeetingState.RELEASED]
    )


def scenarios_before(meeting: Meeting, user: Actor) -> Any:
    """Scenarios submitted for the portfolio of the board or one below."""
    rows = Scenario.objects.visible_to(user).filter(state=ScenarioState.SUBMITTED)
    return rows.filter(portfolio__path__startswith=meeting.board.portfolio.path)


def reviews_before(meeting: Meeting, user: Actor) -> Any:
    """Gate reviews that are open below the portfolio of the board."""
    rows = GateReview.objects.visible_to(user, Verb.SEE_FIGURES).filter(verdict="")
    return rows.filter(project__path__startswith=meeting.board.portfolio.path)


def projects_before(meeting: Meeting, user: Actor) -> Any:
    """Projects from whose stage a decision leads to commitment."""
    ways = Transition.objects.filter(is_authorising=True, target__phase=Phase.COMMITTED)
    stages = ways.exclude(origin__phase=Phase.COMMITTED).values("origin")
    rows = Project.objects.visible_to(user, Verb.SEE_FIGURES).filter(stage__in=stages)
    return rows.filter(path__startswith=meeting.board.portfolio.path)


def _scenarios(meeting: Meeting, user: Any) -> list[Waiting]:
    rows = scenarios_before(meeting, user).exclude(pk__in=_taken(meeting).exclude(scenario=None).values("scenario"))
    return [Waiting("scenario", row.pk, row.name, "A scenario before the board") for row in rows.order_by("pk")]


def _reviews(meeting: Meeting, user: Any) -> list[Waiting]:
    taken = _taken(meeting).exclude(gate_review=None).values("gate_review")
    rows = reviews_before(meeting, user).exclude(pk__in=taken).select_related("project", "target")
    ordered = rows.order_by("opened_at")[:MOST_SHOWN]
    return [
        Waiting(
            "gate_review", row.pk, row.project.name, f"Before the gate to {row.target}, since {row.opened_at:%d %b}"
        )
        for row in ordered
    ]


def _projects(meeting: Meeting, user: Any) -> list[Waiting]:
    taken = _taken(meeting).exclude(project=None).values("project")
    rows = projects_before(meeting, user).exclude(pk__in=taken).select_related("stage")
    ordered = rows.order_by("stage_since", "code")[:MOST_SHOWN]
    return [Waiting("project", row.code, row.name, f"{row.stage}, waits for authorisation") for row in ordered]


def subject_of(meeting: Meeting, wanted: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What a new item is about: something that waits for the board, or a question of its own."""
    if key := wanted.get("scenario"):
        scenario = _found(scenarios_before(meeting, actor).filter(pk=key))
        return {"scenario": scenario, "title": scenario.name}
    if key := wanted.get("gate_review"):
        review = _found(reviews_before(meeting, actor).filter(pk=key).select_related("project", "target"))
        return {
            "gate_review": review,
            "project": review.project,
            "title": f"{review.project.name}: {review.target}"[:200],
        }
    if key := wanted.get("project"):
        project = _found(projects_before(meeting, actor).filter(code=key))
        return {"project": project, "title": project.name}
    if title := str(wanted.get("title") or "").strip():
        return {"title": title}
    raise ValidationError({"items": "Name an item, or something that waits, or a question of its own."})


def _found(rows: Any) -> Any:
    row = rows.first()
    if row is None:
        raise ValidationError({"items": "What you put on the agenda does not wait for this board."})
    return row
