"""The standard life cycle every new instance starts with; administrators change it afterwards."""

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Phase, Stage, Transition
from mainstay.portfolio.operations.setup import set_stage, set_transition

STAGES = (
    ("proposed", "Proposed", Phase.PIPELINE, "Somebody asked for it."),
    ("under_evaluation", "Under evaluation", Phase.PIPELINE, "It is being judged."),
    ("candidate", "Candidate", Phase.PIPELINE, "It may be chosen."),
    ("authorised", "Authorised", Phase.COMMITTED, "It was chosen and may start."),
    ("active", "Active", Phase.COMMITTED, "It is running."),
    ("on_hold", "On hold", Phase.COMMITTED, "It is paused."),
    ("closing", "Closing", Phase.COMMITTED, "It hands over its results."),
    ("closed", "Closed", Phase.FINISHED, "It is over; its benefits are tracked."),
    ("rejected", "Rejected", Phase.DROPPED, "It was not chosen."),
    ("cancelled", "Cancelled", Phase.DROPPED, "It was stopped."),
)
PROBABILITY = {"proposed": 20, "under_evaluation": 40, "candidate": 60}
TRANSITIONS = (
    ("proposed", "under_evaluation", "Start evaluation", ["has_owner"], False, False),
    ("proposed", "candidate", "Admit as candidate", ["has_cost"], False, False),
    ("proposed", "rejected", "Reject", [], True, True),
    ("under_evaluation", "candidate", "Admit as candidate", ["has_cost"], False, False),
    ("under_evaluation", "proposed", "Send back", [], True, False),
    ("under_evaluation", "rejected", "Reject", [], True, True),
    ("candidate", "authorised", "Authorise", ["needed_projects_chosen", "conditions_met"], True, True),
    ("candidate", "under_evaluation", "Evaluate again", [], False, False),
    ("candidate", "rejected", "Reject", [], True, True),
    ("authorised", "active", "Start", ["has_manager", "has_dates", "gate_passed", "conditions_met"], False, False),
    ("authorised", "candidate", "Withdraw authorisation", [], True, True),
    ("authorised", "cancelled", "Cancel", [], True, True),
    ("active", "on_hold", "Pause", [], True, False),
    ("active", "closing", "Begin closing", ["gate_passed", "conditions_met"], False, False),
    ("active", "cancelled", "Cancel", [], True, True),
    ("on_hold", "active", "Resume", [], False, False),
    ("on_hold", "cancelled", "Cancel", [], True, True),
    (
        "closing",
        "closed",
        "Close",
        ["milestones_done", "gate_passed", "conditions_met", "closure_complete"],
        False,
        False,
    ),
    ("closing", "active", "Reopen", [], True, False),
    ("rejected", "proposed", "Propose again", [], True, False),
)


def set_up() -> None:
    """Lay down the standard life cycle where there is none, else what an earlier version did not bring along."""
    if Stage.objects.exists():
        _catch_up()
    else:
        _lay_down()


def _lay_down() -> None:
    stages = {
        key: set_stage(
            None,
            actor=MAINSTAY,
            key=key,
            name=name,
            position=number,
            phase=phase,
            description=text,
            probability=PROBABILITY.get(key, 50),
        )
        for number, (key, name, phase, text) in enumerate(STAGES, 1)
    }
    for origin, target, *how in TRANSITIONS:
        _set(stages[origin], stages[target], *how)


def _catch_up() -> None:
    """Bring guards and ways that are new to an older life cycle, each once.

    What was ever there and is gone was taken out by the office; it stays out.
    """
    stages = {stage.key: stage for stage in Stage.objects.all()}
    ways = {(way.origin_id, way.target_id): way for way in Transition.objects.all()}
    known = _ever_known()
    for origin, target, action, guards, needs_reason, is_authorising in TRANSITIONS:
        if origin not in stages or target not in stages:
            continue
        pair = (stages[origin].pk, stages[target].pk)
        way = ways.get(pair)
        new = [name for name in guards if name not in known.get(pair, ())]
        if way is not None and new:
            _set(way.origin, way.target, way.action, [*way.guards, *new], way.needs_reason, way.is_authorising)
        elif way is None and pair not in known:
            _set(stages[origin], stages[target], action, guards, needs_reason, is_authorising)


def _ever_known() -> dict[tuple[int, int], set[str]]:
    """The guards that every way between two stages ever had, by the two."""
    known: dict[tuple[int, int], set[str]] = {}
    for model in (Transition, Transition.Version):
        for origin, target, guards in model.objects.values_list("origin_id", "target_id", "guards"):
            known.setdefault((origin, target), set()).update(guards or [])
    return known


def _set(
    origin: Stage, target: Stage, action: str, guards: list[str], needs_reason: bool, is_authorising: bool
) -> None:
    set_transition(
        None,
        actor=MAINSTAY,
        origin=origin,
        target=target,
        action=action,
        guards=guards,
        needs_reason=needs_reason,
        is_authorising=is_authorising,
    )
