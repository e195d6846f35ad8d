"""Pairwise sessions as the engine reads them: one person's answers, and the weights of the group."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.engine import ahp
from mainstay.evaluation.models import Comparison, PairwiseSession, SessionState, Together

HUNDREDTH = Decimal("0.01")
Pairs = dict[tuple[int, int], float | None]


class Standing:
    """One person's answers: how many, what weights they give, how consistent they are."""

    def __init__(self, session: Any, pairs: Pairs) -> None:
        """`pairs`: places of left and right with the ratio; None where the pair was skipped."""
        self.session, self.pairs = session, pairs
        self.labels = tuple(thing["label"] for thing in session.things)

    @property
    def questions(self) -> list[tuple[int, int]]:
        """Every pair in the order it is asked."""
        return ahp.order_of_questions(len(self.labels))

    @property
    def answered(self) -> int:
        """Pairs with an answer."""
        return sum(ratio is not None for ratio in self.pairs.values())

    @property
    def skipped(self) -> int:
        """Pairs left out on purpose."""
        return sum(ratio is None for ratio in self.pairs.values())

    @property
    def next_pair(self) -> tuple[int, int] | None:
        """The next pair that was neither answered nor skipped."""
        return next((pair for pair in self.questions if pair not in self.pairs), None)

    @cached_property
    def judgements(self) -> ahp.Judgements:
        """The answers as a matrix."""
        given = {pair: ratio for pair, ratio in self.pairs.items() if ratio is not None}
        return ahp.judgements(self.labels, given)

    @cached_property
    def weights(self) -> ahp.Weights | None:
        """The weights; None while the answers leave something unconnected."""
        try:
            return ahp.weigh(self.judgements)
        except ValueError:
            return None

    @property
    def unconnected(self) -> str:
        """Which answer is missing before there are weights; an empty text where none is."""
        try:
            ahp.weigh(self.judgements)
        except ValueError as error:
            return str(error)
        return ""

    @property
    def limit(self) -> float:
        """The greatest consistency ratio that is accepted for so many things."""
        return ahp.consistency_limit(len(self.labels))

    @property
    def stricter_limit(self) -> float:
        """What stricter practice accepts."""
        return ahp.consistency_limit(len(self.labels), stricter=True)

    @property
    def is_consistent(self) -> bool:
        """Whether the answers contradict each other no more than is accepted."""
        return self.weights is not None and self.weights.consistency_ratio <= self.limit

    @cached_property
    def misfit(self) -> ahp.Misfit | None:
        """The answer that contradicts the others most, where they are not consistent enough."""
        if self.weights is None or self.is_consistent:
            return None
        try:
            return ahp.worst_misfit(self.judgements)
        except ValueError:
            return None

    @property
    def in_order(self) -> list[tuple[str, float | None]]:
        """Each thing with its weight, in the order of the things; without weights None."""
        known = self.weights.weights.tolist() if self.weights else [None] * len(self.labels)
        return list(zip(self.labels, known, strict=True))

    @property
    def shares(self) -> list[tuple[str, float]]:
        """Each thing with its weight, the heaviest first; empty where there are no weights."""
        known = [(label, weight) for label, weight in self.in_order if weight is not None]
        return sorted(known, key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Pair:
    """A pair as the group sees it: the joint ratio, how far people lie apart, and how many answered."""

    left: str
    right: str
    ratio: float
    dispersion: float | None
    lowest: float
    highest: float
    count: int

    @property
    def is_disputed(self) -> bool:
        """Whether some say the one counts more and some the other."""
        return self.lowest < 1 < self.highest


class Group:
    """What everybody's answers come to, in one of two ways."""

    def __init__(self, session: Any, standings: Sequence[Standing], together: str = "") -> None:
        self.session = session
        self.together = together or session.together
        self.labels = tuple(thing["label"] for thing in session.things)
        self.standings = [one for one in standings if one.answered]

    @cached_property
    def joined(self) -> ahp.GroupJudgements | None:
        """Everybody's answers as one matrix."""
        if not self.standings:
            return None
        return ahp.aggregate_judgements([one.judgements for one in self.standings])

    @cached_property
    def weighed(self) -> ahp.Weights | None:
        """The weights of the joint matrix with their consistency; None where it leaves something unconnected."""
        if self.joined is None:
            return None
        try:
            return ahp.weigh(self.joined.judgements)
        except ValueError:
            return None

    @cached_property
    def priorities(self) -> ahp.GroupPriorities | None:
        """The weights of each person joined, of those whose answers give weights."""
        whole = [one.judgements for one in self.standings if one.weights is not None]
        return ahp.aggregate_priorities(whole) if whole else None

    @property
    def weights(self) -> list[float]:
        """The group's weights in the order of the things; empty where there are none."""
        if self.together == Together.PRIORITIES:
            return self.priorities.weights.tolist() if self.priorities else []
        return self.weighed.weights.tolist() if self.weighed else []

    @property
    def is_ready(self) -> bool:
        """Whether there are weights to publish."""
        return bool(self.weights)

    @property
    def pairs(self) -> list[Pair]:
        """Every pair somebody answered, the most disputed first."""
        if self.joined is None:
            return []
        found = [self._pair(*places) for places in ahp.order_of_questions(len(self.labels))]
        kept = [pair for pair in found if pair.count]
        return sorted(kept, key=lambda pair: -(pair.dispersion or 0))

    def _pair(self, left: int, right: int) -> Pair:
        given = [one.pairs[left, right] for one in self.standings if one.pairs.get((left, right)) is not None]
        dispersion = float(self.joined.dispersion[left, right])
        return Pair(
            self.labels[left],
            self.labels[right],
            float(self.joined.judgements.ratios[left, right]),
            None if math.isnan(dispersion) else dispersion,
            min(given, default=math.nan),
            max(given, default=math.nan),
            len(given),
        )

    def ends(self, place: int) -> tuple[float | None, float | None]:
        """The lowest and the highest weight one of the group gives a thing."""
        if self.priorities is None:
            return None, None
        column = np.asarray(self.priorities.by_person)[:, place]
        return float(column.min()), float(column.max())


def standings_of(session: Any, participants: Iterable[Any]) -> dict[int, Standing]:
    """What each participant answered, by participant."""
    participants = list(participants)
    pairs: dict[int, Pairs] = {one.row_id: {} for one in participants}
    places = {key: place for place, key in enumerate(session.keys)}
    rows = Comparison.objects.filter(participant_id__in=pairs)
    for participant_id, left, right, ratio in rows.values_list("participant_id", "left", "right", "ratio"):
        if left in places and right in places:
            pairs[participant_id][places[left], places[right]] = ratio
    return {participant_id: Standing(session, given) for participant_id, given in pairs.items()}


def group_of(session: Any, together: str = "") -> Group | None:
    """The group's answers, once the session is closed; None before, for whoever asks."""
    if session.state == SessionState.OPEN:
        return None
    today = PairwiseSession.objects.get(pk=session.row_id)
    return Group(session, list(standings_of(session, today.participants.all()).values()), together)


def hundredths(weights: Sequence[float], whole: Decimal) -> list[Decimal]:
    """Weights as percentages with two places that add up to the whole exactly, none below 0.01.

    >>> hundredths([1 / 3, 1 / 3, 1 / 3], Decimal(100))
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    exact = [Decimal(weight) * whole / Decimal(sum(weights)) for weight in weights]
    least = [max(HUNDREDTH, share.quantize(HUNDREDTH, ROUND_FLOOR)) for share in exact]
    left = int((whole - sum(least)) / HUNDREDTH)
    order = sorted(range(len(exact)), key=lambda place: (least[place] - exact[place], place))
    for step in range(abs(left)):
        place = order[step % len(order)] if left > 0 else max(range(len(least)), key=lambda one: least[one])
        least[place] += HUNDREDTH if left > 0 else -HUNDREDTH
    return least


def shares_by_key(session: Any, weights: Sequence[float], whole: Decimal = Decimal(100)) -> Mapping[str, Decimal]:
    """The group's weights as percentages by key."""
    return dict(zip(session.keys, hundredths(weights, whole), strict=True))
