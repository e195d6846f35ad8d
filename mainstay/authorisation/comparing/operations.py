"""Bringing a scenario and the plan of record together again, all of it or nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from mainstay.authorisation.comparing.difference import Difference, Row, difference_of
from mainstay.authorisation.comparing.settling import Settled, entry_of, values_of
from mainstay.authorisation.comparing.threeway import State
from mainstay.authorisation.comparing.wording import LABELS
from mainstay.authorisation.models import Forced, PlanLine, Scenario
from mainstay.authorisation.scenarios.rights import require_draft
from mainstay.core import history
from mainstay.core.errors import FieldChange, Stale
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Project

NO_CHOICE: Settled = {}


@operation(Verb.SCENARIO_MERGE)
def merge_scenario(
    scenario: Scenario,
    *,
    actor: Actor,
    expected_version: int | None = None,
    settled: Settled = NO_CHOICE,
    plan: Mapping[str, int] | None = None,
) -> Scenario:
    """Take over what the plan of record changed since the branch, each conflict as it was settled, and begin from it.

    `plan` holds the versions of the changed projects the choices were made on; refused when it moved on since.
    """
    require_draft(scenario, actor)
    _hold_still(scenario)
    found = difference_of(scenario, actor)
    if plan is not None and (changes := moved_since(found, plan)):
        raise Stale("plan of record", scenario.version, scenario.version, changes)
    values = values_of(found, settled)
    changed = [row for row in found.rows if row.line and _differs(row)]
    lines = scenario.lines.select_related("project").in_bulk([row.line for row in changed])
    history.save_many([_merged(lines[row.line], row, values, settled, actor) for row in changed])
    new = [row for row in found.rows if row.line is None]
    projects = Project.objects.in_bulk([row.project.id for row in new])
    history.create_many([_new(scenario, row, projects[row.project.id]) for row in new])
    if history.current_change().touched:
        scenario.branched_at = surrounding().now()
    return history.save_whole(scenario)


def _hold_still(scenario: Scenario) -> None:
    """Lock the projects, so that the plan of record cannot move while it is merged."""
    rows = Project.objects.filter(plan_lines__scenario=scenario).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def moved_since(found: Difference, plan: Mapping[str, int]) -> list[FieldChange]:
    """What changed in the plan of record after somebody looked at it, and is not what they saw."""
    rows = [row for row in found.rows if row.project.version != plan.get(row.project.code, row.base_version)]
    then = _states({row.project.id: plan[row.project.code] for row in rows if row.project.code in plan})
    return [change for row in rows for change in _changes(row, then.get(row.project.id, row.three.base))]


def _states(versions: Mapping[int, int]) -> dict[int, State]:
    """How projects stood in certain versions."""
    names = ("row_id", "version", "stage__phase", "start_date", "end_date")
    rows = Project.Version.objects.filter(row_id__in=versions).values_list(*names)
    return {
        key: State(phase == Phase.COMMITTED, "", *dates)
        for key, version, phase, *dates in rows
        if versions[key] == version
    }


def _changes(row: Row, then: State) -> Iterator[FieldChange]:
    who = {change.name: (change.who, change.at) for change in row.there}
    for name in ("is_in", "start", "end"):
        before, after = getattr(then, name), getattr(row.project.state, name)
        if before != after:
            label = f"{LABELS[name]} of {row.project.name}"
            yield FieldChange(f"{row.project.code}.{name}", label, before, after, *who.get(name, ()))


def _differs(row: Row) -> bool:
    """Whether a merge writes its line: the plan of record moved, or its row has another version."""
    return row.has_moved_there or row.base_version != row.project.version


def _merged(line: PlanLine, row: Row, values: Mapping[int, Any], settled: Settled, actor: Actor) -> PlanLine:
    mine = values.get(row.project.id, {})
    state = row.three.merged(mine)
    if line.is_in != state.is_in:
        line.forced, line.reason = Forced.FREE, ""
    line.is_in, line.option = state.is_in, state.option
    if state.dates != row.three.here.dates:
        line.start_date, line.end_date = state.dates
    sent, now = settled.get(row.project.code, {}), surrounding().now()
    told = [entry_of(row, part, value, sent[part.value], actor, now) for part, value in mine.items()]
    line.base = base_of(row) | ({"settled": [*row.settled, *told]} if told or row.settled else {})
    return line


def _new(scenario: Scenario, row: Row, project: Project) -> PlanLine:
    state = row.project.state
    return PlanLine(
        scenario=scenario, project=project, is_in=state.is_in,
        start_date=state.start, end_date=state.end, base=base_of(row),
    )  # fmt: skip


def base_of(row: Row) -> dict[str, Any]:
    """How the plan of record has a project now, as a line keeps it."""
    state = row.project.state
    days = {"start_date": state.start, "end_date": state.end}
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"is_in": state.is_in, **told, "version": row.project.version}
