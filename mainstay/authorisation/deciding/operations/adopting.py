"""Adopting a scenario as the plan of record in one operation, and taking that back."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.authority import refuse_own_cause, refuse_unauthorised_any
from mainstay.authorisation.comparing.settling import settlements_of
from mainstay.authorisation.deciding.allocating import allocate, allocations_of
from mainstay.authorisation.deciding.operations.baselines import frozen
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.deciding.steps import Step, is_authorised, obstacles, soft_bookings, steps_of
from mainstay.authorisation.models import (
    Baseline,
    Commitment,
    Decision,
    DecisionKind,
    DecisionLine,
    Outcome,
    Scenario,
    ScenarioState,
    Tranche,
    TrancheState,
)
from mainstay.authorisation.operations.adoption import carry_out, exact, notices
from mainstay.authorisation.scenarios.exits import PAUSE, leave
from mainstay.charts import words
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project, Stage
from mainstay.resources.models import Booking, Firmness
from mainstay.value.models import Fund


@operation(Verb.SCENARIO_ADOPT)
def adopt_scenario(
    scenario: Scenario,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reject_others: bool = False,
    note: str = "",
    fund: Fund | None = None,
    further: dict[str, Any] | None = None,
) -> Decision:
    """Make a scenario the plan of record: stages, dates, money, bookings and baselines, all of it or nothing."""
    _hold_still(scenario)
    steps = steps_of(scenario, reject_others=reject_others)
    if found := obstacles(steps):
        raise Impossible(f"Nothing was adopted. {' '.join(found)}")
    _refuse_own_cause(scenario, steps, actor)
    before = {one.project.code: _as_it_was(one.project) for one in steps}
    decision = _decision(scenario, steps, actor, note.strip())
    carry_out([one.move for one in steps], decision, actor)
    projects = _reschedule(steps)
    left = leave([(projects[one.project.pk], one.leaves) for one in steps if one.leaves], decision, actor)
    committed = allocate(allocations_of(fund, steps), decision)
    hardened = _harden([one.project.pk for one in steps if one.move.line.is_in])
    chosen = [projects[one.project.pk] for one in steps if one.changes_anything and one.line.is_in]
    frozen(chosen, actor, f"Decision “{decision.title}”", decision)
    history.create_many([_line(decision, one) for one in steps])
    history.create_many(list(notices([one.move for one in steps], decision, actor)))
    kept = {
        "before": before,
        "after": _versions(steps),
        "hardened": hardened,
        "committed": [[row.project.code, str(row.envelope), f"{row.amount:.2f}"] for row in committed],
        "scenario_was": scenario.state,
        "left": left,
        "conflicts": [asdict(each) for each in settlements_of(scenario)],
    }
    scenario.state = ScenarioState.ADOPTED
    history.save(scenario)
    record(decision, kept | (further or {}))
    return decision


@operation(Verb.ADOPTION_UNDO)
def undo_adoption(decision: Decision, *, actor: Actor, reason: str, expected_version: int | None = None) -> Decision:
    """Take an adopted scenario back while nothing was decided or changed since; the log keeps both decisions."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the decision is taken back."})
    told = _undoable(decision)
    _restore(decision, told)
    undoing = history.create(
        Decision(
            kind=DecisionKind.PLAN,
            portfolio=decision.portfolio,
            scenario=decision.scenario,
            title=f"Taken back: {decision.title}"[:160],
            statement=f"The decision no. {decision.pk} was taken back: {reason.strip()}",
            currency=decision.currency,
            known_at=surrounding().now(),
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=surrounding().now(),
        )
    )
    kept = record(undoing, {"takes_back": decision.pk, "reason": reason.strip()})
    decision.undone_at = kept.recorded_at
    history.save(decision)
    return undoing


def why_not_undoable(decision: Decision) -> str:
    """Why a decision can no longer be taken back; nothing when it can."""
    try:
        _undoable(decision)
    except Impossible as refusal:
        return refusal.message
    return ""


def _hold_still(scenario: Scenario) -> None:
    """Lock the projects, so that nobody changes one between the check and the decision."""
    rows = Project.objects.filter(plan_lines__scenario=scenario).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _refuse_own_cause(scenario: Scenario, steps: list[Step], actor: Actor) -> None:
    """Nobody adopts their own scenario or authorises their own project, nor more than was delegated to them."""
    refuse_own_cause(actor, Verb.SCENARIO_ADOPT, scenario=scenario)
    refuse_unauthorised_any(actor, [one.project for one in steps if is_authorised(one)], Verb.SCENARIO_ADOPT)


def _as_it_was(project: Project) -> dict[str, Any]:
    return {
        "stage": project.stage.key,
        "stage_since": str(project.stage_since or ""),
        "start_date": str(project.start_date or ""),
        "end_date": str(project.end_date or ""),
    }


def _decision(scenario: Scenario, steps: list[Step], actor: Actor, note: str) -> Decision:
    ins = [one for one in steps if one.line.is_in]
    solution = scenario.solution
    return history.create(
        Decision(
            kind=DecisionKind.PLAN,
            scenario=scenario,
            portfolio=scenario.portfolio,
            solution=solution,
            title=scenario.name,
            statement=statement(steps),
            note=note,
            currency=scenario.currency,
            budget=Decimal(0),
            cost=sum((exact(one.move.line.cost) for one in ins), Decimal()),
            value=sum(one.move.line.value for one in ins),
            known_at=solution.known_at if solution else scenario.branched_at,
            problem_sha256=solution.problem_sha256 if solution else "",
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=surrounding().now(),
        )
    )


def statement(steps: list[Step]) -> str:
    """What the decision does, in a sentence."""
    new = sum(is_authorised(one) for one in steps)
    moved = sum(one.is_rescheduled for one in steps)
    left = sum(one.move.outcome == Outcome.WITHDRAWN for one in steps)
    rest = sum(one.leaves == PAUSE for one in steps)
    parts = [f"{words.counted(new, 'project')} authorised"]
    parts += [f"{words.counted(moved, 'project')} rescheduled"] if moved else []
    parts += [f"{words.counted(left, 'project')} taken out"] if left else []
    parts += [f"{words.counted(rest, 'project')} put to rest"] if rest else []
    kept = sum(one.move.outcome == Outcome.KEPT for one in steps)
    return f"{words.listed(parts)}; {words.counted(kept, 'committed project')} stay{'s' if kept == 1 else ''} in."


def _reschedule(steps: list[Step]) -> dict[int, Project]:
    """Set the dates of the scenario; gives the projects as they are now."""
    ids = [one.project.pk for one in steps]
    now = Project.objects.select_related("stage").in_bulk(ids)
    for one in steps:
        if one.is_rescheduled:
            project = now[one.project.pk]
            project.start_date, project.end_date = one.dates
            history.save(project)
    return now


def _harden(projects: list[int]) -> list[int]:
    """Make what was pencilled in hard; gives the bookings."""
    bookings = list(soft_bookings(projects))
    for row in bookings:
        row.firmness = Firmness.HARD
    history.save_many(bookings)
    return [row.pk for row in bookings]


def _line(decision: Decision, one: Step) -> DecisionLine:
    return DecisionLine(
        decision=decision,
        project=one.project,
        outcome=one.move.outcome,
        cost=exact(one.move.line.cost),
        value=one.move.line.value,
        reason=reason_of(one),
    )


def reason_of(one: Step) -> str:
    """Why it is in or out, as far as the scenario says."""
    if one.line.forced:
        way = "In" if one.line.is_in else "Out"
        return f"{way} because of “{one.line.reason.rstrip('.')}”." if one.line.reason else f"{way}, settled by hand."
    return "It belongs to the chosen plan." if one.line.is_in else "It is not part of the chosen plan."


def _versions(steps: list[Step]) -> dict[str, int]:
    codes = [one.project.code for one in steps]
    return dict(Project.objects.filter(code__in=codes).values_list("code", "version"))


def _undoable(decision: Decision) -> dict[str, Any]:
    """What the record keeps to take a decision back; refused where that is too late."""
    if decision.scenario_id is None or decision.undone_at or not hasattr(decision, "record"):
        raise Impossible("Only an adopted scenario can be taken back, and only once.")
    told: dict[str, Any] = json.loads(decision.record.content)["further"]
    if "before" not in told:
        raise Impossible("Only an adopted scenario can be taken back, and only once.")
    if told.get("left"):
        raise Impossible("Running work was stopped or put to rest with it, and what it held is free; decide anew.")
    later = Decision.objects.filter(portfolio=decision.portfolio, kind=DecisionKind.PLAN, pk__gt=decision.pk)
    if later.filter(undone_at=None, lines__isnull=False).exists():
        raise Impossible("A later plan was adopted in this portfolio; this one can no longer be taken back.")
    if Tranche.objects.filter(commitment__decision=decision, state=TrancheState.RELEASED).exists():
        raise Impossible("Money it promised was released since, so it cannot be taken back whole.")
    now = dict(Project.objects.filter(code__in=told["after"]).values_list("code", "version"))
    if changed := sorted(code for code, version in told["after"].items() if now.get(code) != version):
        raise Impossible(f"Changed since the decision, so it cannot be taken back whole: {', '.join(changed[:20])}.")
    return told


def _restore(decision: Decision, told: dict[str, Any]) -> None:
    stages = {stage.key: stage for stage in Stage.objects.all()}
    for project in Project.objects.filter(code__in=told["before"]).order_by("pk"):
        was = told["before"][project.code]
        project.stage = stages[was["stage"]]
        for name in ("stage_since", "start_date", "end_date"):
            setattr(project, name, date.fromisoformat(was[name]) if was[name] else None)
        history.save(project)
    bookings = list(Booking.objects.filter(pk__in=told["hardened"], firmness=Firmness.HARD))
    for row in bookings:
        row.firmness = Firmness.SOFT
    history.save_many(bookings)
    _restore_baselines(decision)
    for row in Commitment.objects.filter(decision=decision):
        row.returned = row.amount
        history.save(row)
    if decision.scenario is not None:
        scenario = decision.scenario
        scenario.state = told["scenario_was"]
        history.save(scenario)


def _restore_baselines(decision: Decision) -> None:
    """The baseline of the decision stays on record, the one before it that was not taken back is current again."""
    made = list(Baseline.objects.filter(decision=decision, is_current=True))
    former = []
    for row in made:
        row.is_current = False
        earlier = Baseline.objects.filter(project=row.project_id, number__lt=row.number)
        former += list(earlier.filter(decision__undone_at=None).order_by("-number")[:1])
    history.save_many(made)
    for row in former:
        row.is_current = True
    history.save_many(former)
