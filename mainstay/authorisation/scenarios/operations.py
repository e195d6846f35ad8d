"""Creating, changing, arranging and passing on scenarios."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.candidates import projects_of
from mainstay.authorisation.models import PlanLine, Scenario, ScenarioShare, ScenarioState
from mainstay.authorisation.plan_of_record import standing
from mainstay.authorisation.scenarios.arranging import arranged
from mainstay.authorisation.scenarios.rights import require_draft, require_theirs
from mainstay.authorisation.scenarios.terms import clean_scenario
from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Portfolio, Project

TERMS = frozenset(
    {
        "name", "description", "cycle", "starts_on", "period", "periods", "maximise", "currency", "limits", "changes",
        "rules",
    }
)  # fmt: skip
COPIED = (
    "description",
    "cycle",
    "starts_on",
    "period",
    "periods",
    "maximise",
    "currency",
    "limits",
    "changes",
    "rules",
)
OPEN_PHASES = (Phase.PIPELINE, Phase.COMMITTED)


@operation(Verb.SCENARIO_CREATE)
def create_scenario(portfolio: Portfolio, *, actor: Actor, name: str, as_of: Any = None, **terms: Any) -> Scenario:
    """Branch off the plan of record as it is, or as it was known at a moment."""
    access.require(actor, Verb.SEE_FIGURES, portfolio)
    scenario = Scenario(
        portfolio=portfolio,
        branched_at=as_of or surrounding().now(),
        owner=actor if isinstance(actor, Person) else None,
        currency=portfolio.currency,
        starts_on=date(surrounding().now().year + 1, 1, 1),
        maximise="net_benefit",
    )
    _set(scenario, {"name": name, **terms})
    history.create(scenario)
    history.create_many(list(_branched(scenario, actor, as_of)))
    return scenario


def _branched(scenario: Scenario, actor: Actor, as_of: Any) -> list[PlanLine]:
    """A line for every candidate and committed project the person may plan with, as the plan of record has it."""
    now = {project.pk: project for project in projects_of(scenario.portfolio, actor)}
    rows = [project for project in now.values() if project.stage.phase in OPEN_PHASES]
    known = {project.pk: project for project in rows} if as_of is None else _then(rows, as_of)
    return [_line(scenario, project, known[project.pk]) for project in rows if project.pk in known]


def _then(projects: list[Project], as_of: Any) -> dict[int, Any]:
    """The projects as they were known at a moment."""
    ids = [project.pk for project in projects]
    rows = Project.objects.as_of(as_of).identified_by(ids).select_related("stage")
    return {row.row_id: row for row in rows}


def _line(scenario: Scenario, project: Project, then: Any) -> PlanLine:
    base = standing(then)
    return PlanLine(
        scenario=scenario,
        project=project,
        is_in=base["is_in"],
        start_date=then.start_date,
        end_date=then.end_date,
        base=base,
    )


@operation(Verb.SCENARIO_EDIT)
def edit_scenario(
    scenario: Scenario, *, actor: Actor, expected_version: int | None = None, reason: str = "", **terms: Any
) -> Scenario:
    """Change what a scenario asks; the answer to the former question is put aside, the lines stay."""
    require_draft(scenario, actor)
    asked = TERMS - {"name", "description", "cycle"}
    before = {name: getattr(scenario, name) for name in asked}
    _set(scenario, terms)
    if before != {name: getattr(scenario, name) for name in asked}:
        scenario.solution = None
    return history.save(scenario)


@operation(Verb.SCENARIO_COPY)
def copy_scenario(scenario: Scenario, *, actor: Actor, name: str) -> Scenario:
    """Copy a scenario with its lines; the copy is one's own, and open to nobody else."""
    if not Scenario.objects.visible_to(actor).filter(pk=scenario.pk).exists():
        raise Impossible("This scenario is not open to you.")
    copy = Scenario(
        portfolio=scenario.portfolio,
        name=name.strip(),
        copied_from=scenario,
        branched_at=scenario.branched_at,
        owner=actor if isinstance(actor, Person) else None,
        **{each: getattr(scenario, each) for each in COPIED},
    )
    history.about(history.create(copy))
    kept = ("project_id", "is_in", "option", "start_date", "end_date", "forced", "reason", "base")
    rows = scenario.lines.filter(project__in=projects_of(scenario.portfolio, actor).order_by().values("pk"))
    lines = [PlanLine(scenario=copy, **{each: getattr(row, each) for each in kept}) for row in rows]
    history.create_many(lines)
    return copy


@operation(Verb.SCENARIO_ARRANGE)
def arrange_scenario(
    scenario: Scenario, *, actor: Actor, expected_version: int | None = None, lines: list[dict[str, Any]]
) -> Scenario:
    """Take projects in or out by hand, with option, dates and reason: `{"project": code, "is_in": ..., ...}`."""
    require_draft(scenario, actor)
    changed = arranged(scenario, lines, actor)
    history.save_many(changed)
    return history.save_whole(scenario)


@operation(Verb.SCENARIO_FREEZE)
def freeze_scenario(scenario: Scenario, *, actor: Actor, expected_version: int | None = None) -> Scenario:
    """Freeze a scenario, so that everybody compares the same."""
    require_draft(scenario, actor)
    scenario.state = ScenarioState.FROZEN
    return history.save(scenario)


@operation(Verb.SCENARIO_REOPEN)
def reopen_scenario(scenario: Scenario, *, actor: Actor, expected_version: int | None = None) -> Scenario:
    """Take up a frozen, submitted or archived scenario again."""
    require_theirs(scenario, actor)
    if scenario.state in {ScenarioState.ADOPTED, ScenarioState.DRAFT}:
        raise Impossible(f"{scenario.name} is {scenario.get_state_display().lower()}; it cannot be reopened.")
    scenario.state = ScenarioState.DRAFT
    return history.save(scenario)


@operation(Verb.SCENARIO_SUBMIT)
def submit_scenario(scenario: Scenario, *, actor: Actor, expected_version: int | None = None) -> Scenario:
    """Put a scenario before the board: it is open to all who see the figures and no longer changed."""
    require_theirs(scenario, actor)
    if scenario.state not in {ScenarioState.DRAFT, ScenarioState.FROZEN}:
        raise Impossible(f"{scenario.name} is {scenario.get_state_display().lower()}; it cannot be submitted.")
    if not scenario.lines.filter(is_in=True).exists():
        raise Impossible("No project is in this scenario; there is nothing to submit.")
    scenario.state, scenario.is_open = ScenarioState.SUBMITTED, True
    return history.save(scenario)


@operation(Verb.SCENARIO_ARCHIVE)
def archive_scenario(scenario: Scenario, *, actor: Actor, expected_version: int | None = None) -> Scenario:
    """Put a scenario away; it stays readable and can be reopened."""
    require_theirs(scenario, actor)
    if scenario.state in {ScenarioState.ADOPTED, ScenarioState.ARCHIVED}:
        raise Impossible(f"{scenario.name} is {scenario.get_state_display().lower()}; it cannot be archived.")
    scenario.state = ScenarioState.ARCHIVED
    return history.save(scenario)


@operation(Verb.SCENARIO_SHARE)
def share_scenario(
    scenario: Scenario,
    *,
    actor: Actor,
    expected_version: int | None = None,
    is_open: bool | None = None,
    people: list[dict[str, Any]] | None = None,
) -> Scenario:
    """Open a scenario to all who see the figures, or to people: `{"username": ..., "may_edit": ...}`, each once."""
    require_theirs(scenario, actor)
    if is_open is not None:
        scenario.is_open = is_open
    if people is not None:
        _share_with(scenario, people)
    return history.save_whole(scenario)


def _share_with(scenario: Scenario, people: list[dict[str, Any]]) -> None:
    wanted = {str(one["username"]): bool(one.get("may_edit")) for one in people}
    found = {person.username: person for person in Person.objects.filter(username__in=wanted, is_active=True)}
    able = {name for name, person in found.items() if access.may(person, Verb.SEE_FIGURES, scenario.portfolio)}
    if missing := sorted(wanted.keys() - able):
        raise ValidationError({"people": f"Nobody who may see the figures here is called {', '.join(missing)}."})
    for share in scenario.shares.exclude(person__username__in=wanted):
        history.remove(share)
    known = {share.person.username: share for share in scenario.shares.select_related("person")}
    for name, may_edit in wanted.items():
        if name not in known:
            history.create(ScenarioShare(scenario=scenario, person=found[name], may_edit=may_edit))
        elif known[name].may_edit != may_edit:
            known[name].may_edit = may_edit
            history.save(known[name])


def _set(scenario: Scenario, terms: dict[str, Any]) -> None:
    if unknown := terms.keys() - TERMS:
        raise ValidationError({"__all__": f"These cannot be changed here: {', '.join(sorted(unknown))}."})
    for name, value in terms.items():
        setattr(scenario, name, value.strip() if isinstance(value, str) else value)
    scenario.full_clean(exclude=["limits", "changes", "rules"], validate_constraints=False, validate_unique=False)
    clean_scenario(scenario)
