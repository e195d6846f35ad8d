"""What is one's own: projects owned or managed, with what is late in them and what was last said about them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from mainstay.core.models import Event
from mainstay.portfolio.models import Milestone, Phase, Stage
from mainstay.portfolio.queries import Reading

MOST = 25
URGENCY = {"red": 0, "amber": 1}


@dataclass(frozen=True)
class Due:
    """A milestone that is not met."""

    project: int
    name: str
    due_date: date
    forecast_date: date | None


@dataclass(frozen=True)
class Mine:
    """A project of one's own."""

    pk: int
    code: str
    name: str
    stage: Stage
    health: str
    part: str
    end_date: date | None
    open_milestones: tuple[Due, ...]
    last_word: str
    on_date: date

    @property
    def late(self) -> list[Due]:
        """Milestones whose day is over."""
        return [due for due in self.open_milestones if due.due_date < self.on_date]

    @property
    def next(self) -> Due | None:
        """The milestone that comes next."""
        return next((due for due in self.open_milestones if due.due_date >= self.on_date), None)

    @property
    def is_running(self) -> bool:
        """Whether it is committed."""
        return self.stage.phase == Phase.COMMITTED


def my_projects(reading: Reading) -> list[Mine]:
    """Open projects the person owns or manages, the troubled first; four queries."""
    user = reading.user
    urgency = Case(*(When(health=value, then=Value(rank)) for value, rank in URGENCY.items()), default=Value(2))
    rows = reading.projects().in_phase(Phase.PIPELINE, Phase.COMMITTED).filter(Q(owner=user) | Q(manager=user))
    rows = rows.annotate(urgency=Case(When(stage__phase=Phase.COMMITTED, then=urgency), default=Value(3)))
    rows = list(rows.select_related("stage").order_by("urgency", "code")[:MOST])
    ids = [row.row_id for row in rows]
    on_date = timezone.localdate(reading.as_of)
    milestones, said = _open_milestones(reading, ids), _last_words(reading, ids)
    return [_mine(row, user, milestones, said, on_date) for row in rows]


def _mine(row: Any, user: Any, milestones: dict[int, list[Due]], said: dict[int, str], on_date: date) -> Mine:
    part = "Owner" if row.owner_id == user.pk else "Project manager"
    if row.owner_id == row.manager_id == user.pk:
        part = "Owner and project manager"
    return Mine(
        pk=row.row_id,
        code=row.code,
        name=row.name,
        stage=row.stage,
        health=row.health,
        part=part,
        end_date=row.end_date,
        open_milestones=tuple(milestones.get(row.row_id, ())),
        last_word=said.get(row.row_id, ""),
        on_date=on_date,
    )


def _open_milestones(reading: Reading, ids: list[int]) -> dict[int, list[Due]]:
    rows = Milestone.objects.as_of(reading.as_of).filter(project_id__in=ids, done_date=None)
    found: dict[int, list[Due]] = {}
    for row in rows.order_by("due_date", reading.key).values_list("project_id", "name", "due_date", "forecast_date"):
        found.setdefault(row[0], []).append(Due(*row))
    return found


def _last_words(reading: Reading, ids: list[int]) -> dict[int, str]:
    """The last reason somebody gave for a change of each project."""
    events = Event.objects.visible_to(reading.user).filter(noun="project", row_id__in=ids).exclude(reason="")
    if reading.as_of is not None:
        events = events.filter(at__lte=reading.as_of)
    return dict(events.order_by("id").values_list("row_id", "reason"))


def my_proposals(reading: Reading) -> list[Any]:
    """What the person proposed and nobody has decided on, or was decided on lately; one query."""
    rows = reading.projects().filter(proposed_by=reading.user)
    order = Case(When(stage__phase=Phase.PIPELINE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(rows.annotate(rank=order).select_related("stage").order_by("rank", "-stage_since", "code")[:10])
