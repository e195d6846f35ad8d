"""The meeting itself: who is present, votes, conditions, and what the votes decide."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from mainstay.authorisation.authority import refuse_unauthorised
from mainstay.authorisation.deciding.steps import is_authorised, obstacles, steps_of
from mainstay.authorisation.gates.operations import gate_of
from mainstay.authorisation.meetings.operations.preparing import attend
from mainstay.authorisation.meetings.quorum import verdicts_for
from mainstay.authorisation.meetings.voting import chair_of, conflict_on, presides, quorum_of, recusals
from mainstay.authorisation.models import (
    AgendaItem,
    Choice,
    Condition,
    GateReview,
    Meeting,
    MeetingState,
    Verdict,
    Vote,
)
from mainstay.charts import words
from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.governance.gates.asking import asked, open_words
from mainstay.portfolio.models import Project

NEEDS_REASON = frozenset({Choice.CONDITIONS.value, Choice.DEFER.value, Choice.REJECT.value, Choice.RECUSED.value})
PASSING = frozenset({Verdict.GO.value, Verdict.CONDITIONAL.value})


@operation(Verb.MEETING_OPEN)
def open_meeting(
    meeting: Meeting,
    *,
    actor: Actor,
    present: Sequence[int] = (),
    expected_version: int | None = None,
    reason: str = "",
) -> Meeting:
    """Open a meeting whose pre-read is frozen, with who is present."""
    if meeting.state != MeetingState.FROZEN:
        raise Impossible(
            f"{meeting.title} is {meeting.get_state_display().lower()}; freeze the pre-read first, open once."
        )
    attend(meeting, present)
    meeting.state = MeetingState.OPEN
    history.save(meeting)
    for item in meeting.items.select_related("project", "scenario", "gate_review__project"):
        history.create_many(recusals(item))
    return meeting


@operation(Verb.VOTE_CAST)
def cast_vote(item: AgendaItem, *, actor: Actor, choice: str, reason: str = "") -> Vote:
    """Vote on an item, with a reason; a vote may be changed until the item is decided."""
    _refuse_shut(item)
    if choice not in Choice.values:
        raise ValidationError({"choice": f"Choose one of {', '.join(Choice.values)}."})
    if choice in NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": "Say why; the reason stays on record."})
    _refuse_no_vote(item, actor)
    if choice != Choice.RECUSED and (why := conflict_on(item, actor)):
        raise Forbidden(f"Nobody votes on their own cause: {why}.")
    vote = item.votes.filter(person_id=actor.pk).first() or Vote(item=item, person_id=actor.pk)
    vote.choice, vote.reason, vote.cast_at = choice, reason.strip(), surrounding().now()
    return history.save(vote) if vote.pk else history.create(vote)


@operation(Verb.ITEM_DECIDE)
def decide_item(
    item: AgendaItem, *, actor: Actor, verdict: str, reason: str, expected_version: int | None = None
) -> AgendaItem:
    """Put on record what the votes decide; it takes effect when the minutes are released."""
    _refuse_shut(item)
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": f"Choose one of {', '.join(Verdict.values)}."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why; the reason stays on record."})
    if isinstance(actor, Person) and not presides(item, actor):
        raise Impossible(
            "The chair puts the outcome on record; where the chair is absent or recused, another member."
        )
    history.create_many(recusals(item))
    _refuse_against_votes(item, verdict)
    if verdict in PASSING:
        _refuse_beyond(item)
    _refuse_incomplete(item, verdict)
    if verdict == Verdict.CONDITIONAL and not item.conditions.exists():
        raise Impossible("Write at least one condition with its owner and due date, then decide.")
    item.verdict, item.reason, item.decided_at = verdict, reason.strip(), surrounding().now()
    return history.save(item)


@operation(Verb.CONDITION_SET)
def set_condition(
    subject: AgendaItem | GateReview,
    *,
    actor: Actor,
    text: str,
    owner: Person,
    due_date: date,
    blocks: bool = True,
    project: Project | None = None,
    reason: str = "",
) -> Condition:
    """Say what must still be done for a decision to hold: by whom, until when, and whether it blocks until then."""
    condition = Condition(text=text.strip(), owner=owner, due_date=due_date, blocks=blocks)
    if isinstance(subject, GateReview):
        condition.gate_review, condition.project = subject, subject.project
        return history.create(condition)
    if subject.meeting.state != MeetingState.OPEN:
        raise Impossible("A board sets conditions while it sits.")
    about = subject.project or _of_the_scenario(subject, project)
    condition.item, condition.gate_review, condition.project = subject, subject.gate_review, about
    return history.create(condition)


@operation(Verb.CONDITION_MEET)
def meet_condition(
    condition: Condition, *, actor: Actor, evidence: str, expected_version: int | None = None, reason: str = ""
) -> Condition:
    """Say that a condition is met, with the evidence: whoever owns it, or whoever runs the project."""
    if actor.pk != condition.owner_id:
        access.require(actor, Verb.PROJECT_EDIT, condition.project)
    if condition.met_at is not None:
        raise Impossible("This condition is met already.")
    if not evidence.strip():
        raise ValidationError({"evidence": "Say by what one sees that it is met."})
    condition.met_at, condition.evidence = surrounding().now(), evidence.strip()
    return history.save(condition)


def _of_the_scenario(item: AgendaItem, project: Project | None) -> Project:
    if project is None or item.scenario is None or not item.scenario.lines.filter(project=project).exists():
        raise ValidationError({"project": "Name the project of this item for which the condition holds."})
    return project


def _refuse_shut(item: AgendaItem) -> None:
    if item.meeting.state != MeetingState.OPEN:
        raise Impossible("The board does not sit now; votes are cast and counted while it does.")
    if item.verdict:
        raise Impossible(f"This item is decided: {item.get_verdict_display().lower()}.")


def _refuse_no_vote(item: AgendaItem, actor: Actor) -> None:
    if not item.meeting.attendances.filter(person_id=actor.pk, has_vote=True).exists():
        raise Forbidden("Members of the board who are present vote; you are not among them.")


def _refuse_against_votes(item: AgendaItem, verdict: str) -> None:
    quorum = quorum_of(item)
    if not quorum.is_met:
        raise Impossible(f"There is no quorum for this item: {quorum.words}.")
    votes = dict(item.votes.values_list("person", "choice"))
    if waiting := quorum.present - len(votes):
        raise Impossible(f"{words.counted(waiting, 'member')} present did not vote yet.")
    chair = chair_of(item.meeting.board)
    allowed = verdicts_for(votes.values(), votes.get(chair.pk, "") if chair else "")
    if verdict not in allowed:
        names = " or ".join(sorted(Verdict(each).label.lower() for each in allowed))
        raise Impossible(f"The votes say {names}.")


def _refuse_beyond(item: AgendaItem) -> None:
    """Refuse what lies beyond the board's delegation, and what could not be carried out.

    A board acts as a whole: its members' own causes are kept out by their recusal.
    """
    board = item.meeting.board
    if item.scenario is not None:
        steps = steps_of(item.scenario)
        for step in steps:
            if is_authorised(step):
                refuse_unauthorised(MAINSTAY, step.project, board=board)
        if found := obstacles(steps):
            raise Impossible(f"It could not be carried out. {' '.join(found)}")
    elif item.project is not None:
        refuse_unauthorised(MAINSTAY, item.project, board=board)


def _refuse_incomplete(item: AgendaItem, verdict: str) -> None:
    """Refuse a plain go at a gate where something it asks for is missing."""
    review = item.gate_review
    if review is None or verdict != Verdict.GO or not review.is_open:
        return
    if missing := open_words(asked(review.project, gate_of(review), review.answers), sees_figures=True):
        raise Impossible(f"Still missing at the gate: {missing}. Go with conditions, or hold it.")
