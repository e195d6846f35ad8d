"""What a released item does: a scenario is adopted, a gate is decided, a project is authorised or rejected."""

from typing import Any

from mainstay.authorisation.deciding.operations.adopting import adopt_scenario
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.gates.operations import decide_gate
from mainstay.authorisation.models import AgendaItem, Decision, DecisionKind, DecisionLine, Outcome, Verdict
from mainstay.core import history
from mainstay.core.errors import Impossible, Refusal
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Phase, Project, Transition
from mainstay.portfolio.operations.projects import authorise_project

PASSING = frozenset({Verdict.GO.value, Verdict.CONDITIONAL.value})
OUTCOMES = {Verdict.GO: Outcome.AUTHORISED, Verdict.CONDITIONAL: Outcome.AUTHORISED, Verdict.STOP: Outcome.REJECTED}


def carry_out(item: AgendaItem) -> Decision:
    """Do what the board decided on an item, by the board and not by one of its members, and record it."""
    try:
        return _carried_out(item)
    except Refusal as refusal:
        raise Impossible(
            f"“{item.title}” could not be carried out, so nothing was released. {refusal.message}"
        ) from refusal


def _carried_out(item: AgendaItem) -> Decision:
    note = f"{item.meeting.board}, {item.meeting.title}: {item.reason}"
    if item.scenario is not None and item.verdict in PASSING:
        return adopt_scenario(item.scenario, actor=MAINSTAY, note=note, further=votes_of(item))
    if item.gate_review is not None and item.gate_review.is_open:
        review = decide_gate(item.gate_review, actor=MAINSTAY, verdict=item.verdict, reason=item.reason)
        return review.decision
    return _of_its_own(item, note)


def votes_of(item: AgendaItem) -> dict[str, Any]:
    """What the record of a decision keeps of the meeting: votes with reasons, dissent, conditions, the paper."""
    votes = item.votes.select_related("person").order_by("person__username")
    conditions = item.conditions.select_related("owner", "project").order_by("pk")
    return {
        "board": item.meeting.board.name,
        "meeting": item.meeting.title,
        "paper_sha256": item.paper_sha256,
        "verdict": item.verdict,
        "votes": [{"person": vote.person.name, "choice": vote.choice, "reason": vote.reason} for vote in votes],
        "conditions": [
            {"project": one.project.code, "text": one.text, "owner": one.owner.name, "due": one.due_date.isoformat()}
            for one in conditions
        ],
    }


def _of_its_own(item: AgendaItem, note: str) -> Decision:
    project, now = item.project, surrounding().now()
    portfolio = project.portfolio if project is not None else item.meeting.board.portfolio
    decision = history.create(
        Decision(
            kind=DecisionKind.OTHER,
            portfolio=portfolio,
            title=item.title[:160],
            statement=f"{item.get_verdict_display()}: {item.reason}",
            note=note,
            currency=project.currency if project is not None else portfolio.currency,
            known_at=item.meeting.frozen_at or now,
            decided_at=item.decided_at or now,
        )
    )
    if project is not None:
        _move(item, project, decision)
    record(decision, votes_of(item))
    return decision


def _move(item: AgendaItem, project: Project, decision: Decision) -> None:
    """Take a project that waited to where the verdict leads, and keep its figures with the decision."""
    outcome = OUTCOMES.get(Verdict(item.verdict), Outcome.WAITING)
    phase = {Outcome.AUTHORISED: Phase.COMMITTED, Outcome.REJECTED: Phase.DROPPED}.get(outcome)
    way = Transition.objects.filter(origin_id=project.stage_id, is_authorising=True, target__phase=phase).first()
    if phase is not None:
        if way is None:
            raise Impossible(f"No decision leads on from {project.stage}.")
        authorise_project(project, actor=MAINSTAY, target=way.target, reason=item.reason)
    line = DecisionLine(decision=decision, project=project, outcome=outcome, reason=item.reason)
    line.cost, line.value = project.cost or 0, float(project.benefit or 0)
    history.create(line)
