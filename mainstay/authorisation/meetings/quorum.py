"""How votes are counted: the quorum, what carries, and which verdicts that allows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mainstay.authorisation.models import Choice, Verdict

YES, DEFER, NO = "yes", "defer", "no"
SIDES = {Choice.APPROVE: YES, Choice.CONDITIONS: YES, Choice.DEFER: DEFER, Choice.REJECT: NO}
DEFERRED = frozenset({Verdict.HOLD.value, Verdict.RECYCLE.value})


@dataclass(frozen=True)
class Quorum:
    """Members with a vote: how many sit on the board, are present, are present and not recused, and are needed."""

    seats: int
    present: int
    free: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether enough of them may decide."""
        return self.free >= self.needed

    @property
    def words(self) -> str:
        """The quorum as the page says it."""
        recused = f", {self.present - self.free} recused" if self.present > self.free else ""
        return f"{self.present} of {self.seats} members with a vote present{recused}; {self.needed} needed"


def counted(choices: Iterable[str]) -> dict[str, int]:
    """How often each choice was made, in the order in which they are offered."""
    found = Counter(choices)
    return {choice.value: found[choice.value] for choice in Choice}


def verdicts_for(votes: Iterable[str], casting: str = "") -> frozenset[str]:
    """The verdicts the votes allow; in a tie the vote of the chair decides, and without one the item is held.

    Abstentions and recusals do not count. As many calls for conditions as plain approvals make it conditional.

    >>> sorted(verdicts_for(["approve", "approve", "reject"]))
    ['go']
    >>> sorted(verdicts_for(["approve", "reject"], casting="reject"))
    ['stop']
    """
    choices = [Choice(vote) for vote in votes]
    sides = Counter(SIDES[choice] for choice in choices if choice in SIDES)
    if not sides:
        return DEFERRED
    most = max(sides.values())
    leading = [side for side, count in sides.items() if count == most]
    own = SIDES.get(Choice(casting)) if casting else None
    side = leading[0] if len(leading) == 1 else own if own in leading else DEFER
    if side == YES:
        plain, conditional = choices.count(Choice.APPROVE), choices.count(Choice.CONDITIONS)
        return frozenset({Verdict.CONDITIONAL.value if conditional >= plain else Verdict.GO.value})
    return DEFERRED if side == DEFER else frozenset({Verdict.STOP.value})
