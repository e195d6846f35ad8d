"""What the pages of authorisation read: only what is made of projects the person may see, figures included."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mainstay.authorisation.aims import Aim
from mainstay.authorisation.models import Decision, DecisionKind, DecisionLine, Selection, Solution, Study
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle, CycleState
from mainstay.portfolio.models import Project

BATCH = 5000


def open_to(user: Any, ids: Iterable[int]) -> set[int]:
    """Those of the projects whose figures the person may see now."""
    wanted, found = sorted(set(ids)), set()
    visible = Project.objects.visible_to(user, Verb.SEE_FIGURES)
    for start in range(0, len(wanted), BATCH):
        found |= set(visible.filter(pk__in=wanted[start : start + BATCH]).values_list("pk", flat=True))
    return found


def selections_for(user: Any, as_of: datetime | None = None) -> list[Any]:
    """The selections the person may see, the newest first; not those that name a project closed to them."""
    rows = Selection.objects.as_of(as_of).visible_to(user).select_related("portfolio", "solution")
    rows = rows.defer("solution__problem", "solution__answer")
    rows = list(rows.order_by("-row_id" if as_of else "-pk"))
    seen = open_to(user, (pk for row in rows if row.solution for pk in row.solution.project_ids))
    return [row for row in rows if row.solution is None or row.solution.project_ids <= seen]


def selection_for(user: Any, selection_id: int, as_of: datetime | None = None) -> Any:
    """One selection the person may see, as known at a moment."""
    rows = Selection.objects.as_of(as_of).visible_to(user).identified_by([selection_id])
    selection = rows.select_related("portfolio", "solution").first()
    if selection is None or not _is_open(user, selection.solution):
        raise Missing("There is no such selection, or it is not open to you.")
    return selection


def _is_open(user: Any, solution: Solution | None) -> bool:
    return solution is None or solution.project_ids <= open_to(user, solution.project_ids)


def decisions_for(user: Any, as_of: datetime | None = None) -> list[Any]:
    """The decisions the person may see, the newest first."""
    rows = Decision.objects.as_of(as_of).visible_to(user).select_related("portfolio", "decided_by", "solution")
    rows = rows.defer("solution__problem", "solution__answer")
    rows = list(rows.order_by("-decided_at"))
    named = _named_in(rows)
    seen = open_to(user, (pk for ids in named.values() for pk in ids))
    return [row for row in rows if named[row.row_id] <= seen]


def plans_for(user: Any, as_of: datetime | None = None) -> list[Any]:
    """The adopted plans the person may see that stand and decided on anything, the newest first."""
    rows = [row for row in decisions_for(user, as_of) if row.kind == DecisionKind.PLAN and row.undone_at is None]
    lines = DecisionLine.objects.filter(decision__in=[row.row_id for row in rows])
    decided = set(lines.values_list("decision_id", flat=True).distinct().order_by())
    return [row for row in rows if row.row_id in decided]


def _named_in(decisions: Iterable[Any]) -> dict[int, set[int]]:
    """The projects each of the decisions names, by its number."""
    named = {row.row_id: row.solution.project_ids if row.solution else set() for row in decisions}
    lines = DecisionLine.objects.filter(decision__in=named).values_list("decision_id", "project_id")
    for decision_id, project_id in lines:
        named[decision_id].add(project_id)
    return named


def decision_for(user: Any, decision_id: int) -> Decision:
    """One decision the person may see."""
    rows = Decision.objects.visible_to(user).filter(pk=decision_id)
    decision = rows.select_related("portfolio", "selection", "scenario", "decided_by", "solution", "record").first()
    if decision is None or not (named := _named_in([decision])[decision.pk]) <= open_to(user, named):
        raise Missing("There is no such decision, or it is not open to you.")
    return decision


def decided_about(user: Any, code: str) -> tuple[Project, list[DecisionLine]]:
    """A project the person may see, and what was decided about it.

    The reason names other projects and their figures: it is there only where the whole decision is open.
    """
    project = Project.objects.visible_to(user).filter(code=code).select_related("stage").first()
    if project is None:
        raise Missing("There is no such project, or it is not open to you.")
    lines = project.decision_lines.select_related("decision__solution", "decision__portfolio").order_by("-pk")
    open_ones = {decision.pk for decision in decisions_for(user)}
    return project, [_without_reason(line, open_ones) for line in lines]


def _without_reason(line: DecisionLine, open_ones: set[int]) -> DecisionLine:
    line.is_open = line.decision_id in open_ones
    line.reason = line.reason if line.is_open else ""
    return line


def next_cycle(user: Any, project: Project) -> Cycle | None:
    """The planning cycle in which a project can be proposed next, where the person may see it."""
    rows = Cycle.objects.visible_to(user).select_related("portfolio").exclude(state=CycleState.CLOSED)
    mine = [row for row in rows.order_by("start_date") if project.path.startswith(row.portfolio.path)]
    return next((row for row in mine if row.state in {CycleState.PREPARED, CycleState.OPEN}), None)


def brought_by(decision: Decision) -> str:
    """What the plan of a decision brings, in words; nothing where it rests on no answer."""
    return Aim(**decision.solution.aim).amount(decision.value) if decision.solution else ""


def study_of(selection: Any, kind: str, as_of: datetime | None = None) -> Study | None:
    """The latest study of a kind about the answer that a selection has; the selection is known to be open."""
    rows = Study.objects.filter(solution_id=selection.solution_id, kind=kind)
    if as_of is not None:
        rows = rows.filter(known_at__lte=as_of)
    return rows.select_related("solution", "person").first()


def findings_of(selection: Any, as_of: datetime | None = None) -> dict[str, str]:
    """What the latest study of each kind found about the answer that a selection has."""
    rows = Study.objects.filter(solution_id=selection.solution_id).order_by("pk")
    if as_of is not None:
        rows = rows.filter(known_at__lte=as_of)
    return dict(rows.values_list("kind", "finding"))
