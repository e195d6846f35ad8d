"""What adopting a selection would do: which project goes where, and what stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mainstay.authorisation.funding.rules import blocking_conditions
from mainstay.authorisation.models import Outcome, Selection, SelectionState
from mainstay.authorisation.problem import problem_of
from mainstay.authorisation.result import Line, Result, result_of
from mainstay.charts import words
from mainstay.core.errors import Impossible
from mainstay.core.system import Actor
from mainstay.engine import selection as engine
from mainstay.portfolio.guards import obstacles
from mainstay.portfolio.models import Dependency, DependencyKind, Phase, Project, Stage, Transition

CHANGED = "The register changed since this was solved; solve it again before it is adopted."
NEEDS_CHOSEN, CONDITIONS_MET = IN_BULK = ("needed_projects_chosen", "conditions_met")
"""Guards asked once for all candidates."""


@dataclass(frozen=True)
class Move:
    """What a decision does to one candidate: the way it takes to another stage, None where it stays."""

    line: Line
    project: Project
    outcome: Outcome
    way: Transition | None
    obstacle: str = ""

    @property
    def target(self) -> Stage | None:
        """The stage it goes to."""
        return self.way.target if self.way else None


def is_current(selection: Selection, actor: Actor) -> bool:
    """Whether the register still says what the solver was told."""
    try:
        problem, _ = problem_of(selection, actor)
    except Impossible:
        return False
    return selection.solution is not None and engine.problem_sha256(problem) == selection.solution.problem_sha256


def adoptable(selection: Selection) -> Result:
    """The answer to adopt; refused when there is none or it was adopted already."""
    if selection.state == SelectionState.ADOPTED:
        raise Impossible("This selection was adopted already; a decision is made once.")
    result = result_of(selection)
    if result is None or not result.solution.has_plan:
        raise Impossible("There is no plan to adopt yet; solve the selection first.")
    return result


def moves_of(result: Result, *, reject_others: bool) -> list[Move]:
    """What would happen to each candidate, those that others need first."""
    return moves_for(result.lines, reject_others=reject_others)


def moves_for(lines: Sequence[Line], *, reject_others: bool) -> list[Move]:
    """What a decision would do to the candidates of these lines, those that others need first."""
    projects = Project.objects.select_related("stage").defer("description", "given_text")
    found = projects.in_bulk([line.id for line in lines])
    ways = _ways()
    moves = [_move(line, found[line.id], ways, reject_others) for line in lines]
    unmet = _unmet({move.project.pk for move in moves if move.line.is_in})
    blocked = blocking_conditions([move.project.pk for move in moves if move.way])
    return [_with_obstacle(move, unmet, blocked) for move in _needed_first(moves)]


def _ways() -> dict[tuple[int, str], Transition]:
    """The deciding transitions by the stage they leave and what the stage they lead to means."""
    rows = Transition.objects.filter(is_authorising=True).select_related("target").order_by("-target__position")
    return {(way.origin_id, way.target.phase): way for way in rows}


def _move(line: Line, project: Project, ways: dict[tuple[int, str], Transition], reject_others: bool) -> Move:
    outcome, phase = _decided(line, project, reject_others)
    way = ways.get((project.stage_id, phase)) if phase else None
    if way is None and outcome == Outcome.WITHDRAWN:
        way = ways.get((project.stage_id, Phase.DROPPED))  # what runs already is stopped
    missing = f"From {project.stage} no decision leads to {_MEANT[phase]}." if phase and way is None else ""
    return Move(line, project, outcome, way, missing)


_MEANT = {
    Phase.COMMITTED: "an authorised stage",
    Phase.PIPELINE: "back to the candidates",
    Phase.DROPPED: "a stage for the rejected",
}


def _decided(line: Line, project: Project, reject_others: bool) -> tuple[Outcome, Phase | None]:
    is_committed = project.stage.phase == Phase.COMMITTED
    if line.is_in:
        return (Outcome.KEPT, None) if is_committed else (Outcome.AUTHORISED, Phase.COMMITTED)
    if is_committed:
        return Outcome.WITHDRAWN, Phase.PIPELINE
    return (Outcome.REJECTED, Phase.DROPPED) if reject_others else (Outcome.WAITING, None)


def _with_obstacle(move: Move, unmet: set[int], blocked: Mapping[int, int]) -> Move:
    if move.way is None:
        return move
    guards = [name for name in move.way.guards if name not in IN_BULK]
    found = obstacles(move.project, Transition(target=move.way.target, guards=guards))
    if NEEDS_CHOSEN in move.way.guards and move.project.pk in unmet:
        found.append("It requires a project that is not authorised.")
    if CONDITIONS_MET in move.way.guards and (count := blocked.get(move.project.pk)):
        found.append(f"{words.counted(count, 'condition')} not met yet.")
    return replace(move, obstacle=" ".join(found))


def _unmet(chosen: set[int]) -> set[int]:
    """Those of the chosen whose requirements the guard will refuse, told before anybody is authorised."""
    needed = Dependency.objects.filter(project__in=chosen, kind=DependencyKind.REQUIRES).exclude(needs__in=chosen)
    open_ones = needed.exclude(needs__stage__phase__in=[Phase.COMMITTED, Phase.FINISHED])
    return set(open_ones.values_list("project_id", flat=True))


def _needed_first(moves: list[Move]) -> list[Move]:
    """The same moves so that each comes after those its project requires."""
    by_id = {move.project.pk: move for move in moves}
    needs: dict[int, set[int]] = {}
    rows = Dependency.objects.filter(project__in=by_id, needs__in=by_id, kind=DependencyKind.REQUIRES)
    for project_id, needed_id in rows.values_list("project_id", "needs_id"):
        needs.setdefault(project_id, set()).add(needed_id)
    order: dict[int, Move] = {}
    for start in by_id:
        _append(start, needs, by_id, order)
    return list(order.values())


def _append(start: int, needs: dict[int, set[int]], by_id: dict[int, Move], order: dict[int, Move]) -> None:
    """Walk what a project requires, deepest first; circles cannot arise, the register refuses them."""
    stack = [start]
    while stack:
        open_needs = [need for need in needs.get(stack[-1], ()) if need not in order]
        if open_needs:
            stack.extend(open_needs)
        else:
            order.setdefault(stack[-1], by_id[stack.pop()])


def told_obstacles(moves: Iterable[Move]) -> list[str]:
    """What stands in the way, project by project."""
    return [f"{move.line.name} ({move.line.code}): {move.obstacle}" for move in moves if move.obstacle]
