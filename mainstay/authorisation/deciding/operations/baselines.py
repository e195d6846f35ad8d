"""Freezing a baseline: what was promised, beside every earlier promise."""

from typing import Any

from django.db.models import Max

from mainstay.authorisation.models import Baseline, Decision
from mainstay.core import history
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.models import Demand


@operation(Verb.BASELINE_FREEZE)
def freeze_baseline(
    project: Project,
    *,
    actor: Actor,
    reason: str,
    decision: Decision | None = None,
    expected_version: int | None = None,
) -> Baseline:
    """Keep dates, money, demand and milestones of a project as they are now; it becomes the current baseline."""
    return frozen([project], actor, reason.strip(), decision)[0]


def frozen(projects: list[Project], actor: Actor, reason: str, decision: Decision | None) -> list[Baseline]:
    """The new current baselines of projects, written within the operation that calls."""
    former = list(Baseline.objects.filter(project__in=projects, is_current=True))
    for row in former:
        row.is_current = False
    history.save_many(former)
    numbers = _last_numbers(projects)
    made = [_baseline(project, numbers.get(project.pk, 0) + 1, actor, reason, decision) for project in projects]
    demand, milestones = _demand(projects), _milestones(projects)
    for row in made:
        row.milestones = milestones.get(row.project_id, [])
        row.figures = row.figures | {"demand": demand.get(row.project_id, [])}
    for row in made:
        history.create(row)
    return made


def _last_numbers(projects: list[Project]) -> dict[int, int]:
    """The highest number of any baseline by project, those taken back included: no number is given twice."""
    rows = Baseline.objects.filter(project__in=projects).order_by().values_list("project_id")
    return dict(rows.annotate(last=Max("number")))


def _baseline(project: Project, number: int, actor: Actor, reason: str, decision: Decision | None) -> Baseline:
    figures = {
        "currency": project.currency,
        "cost": None if project.cost is None else str(project.cost),
        "benefit": None if project.benefit is None else str(project.benefit),
    }
    return Baseline(
        project=project,
        number=number,
        reason=reason[:300],
        decision=decision,
        frozen_at=surrounding().now(),
        frozen_by=actor if isinstance(actor, Person) else None,
        start_date=project.start_date,
        end_date=project.end_date,
        figures=figures,
    )


def _milestones(projects: list[Project]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for project in projects:
        rows = project.milestones.order_by("due_date", "pk").values_list("name", "due_date")
        found[project.pk] = [{"name": name, "due": due.isoformat()} for name, due in rows]
    return found


def _demand(projects: list[Project]) -> dict[int, list[dict[str, Any]]]:
    """Hours by month and role or skill, by project."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = Demand.objects.filter(project__in=projects).select_related("role", "skill").order_by("month", "pk")
    for row in rows:
        what = row.role or row.skill
        entry = {"month": row.month.isoformat(), "what": str(what), "hours": str(row.hours)}
        found.setdefault(row.project_id, []).append(entry)
    return found
