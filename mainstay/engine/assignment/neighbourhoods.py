"""Bettering a plan in parts: some people and their needs are solved anew, all else stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.bound import Prices
from mainstay.engine.assignment.model import Model
from mainstay.engine.assignment.plan import Plan
from mainstay.engine.linear import Effort

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PEOPLE = 9  # solved anew together
NEEDS_OF_ONE = 6  # further needs tried for each of them
NEIGHBOURS = 5  # people of one need taken together
SECONDS = 2.0
GAP = 1e-3
STAYS = 20.0  # how much likelier who is at work on a need is taken than others, in gain of an hour
CHANCE = 8.0  # how far chance moves the choice, in the same unit


class Neighbourhoods:
    """Chooses parts of a plan where the bound says that something is lost."""

    def __init__(self, plan: Plan, prices: Prices, seed: int) -> None:
        self._plan = plan
        self._prices = prices
        self._chance = np.random.default_rng(seed)
        known = plan.pairs
        rest = known.gain[:, None] - prices.wanted[known.need] - prices.hours[known.person]
        self._rest = ((rest * known.most).sum(axis=1) - known.charge) / known.most.sum(axis=1)

    def improve(self, effort: Effort) -> None:
        """Solve one part anew and keep what is better."""
        people, needs = self._people(self._first_need())
        model = Model(self._plan, self._chosen(people, needs))
        ended = model.solve(effort.at_most(SECONDS, GAP))
        if ended.numbers is not None:
            model.put_if_better(self._plan, ended.numbers)

    def _first_need(self) -> int:
        """A need where hours are missing, or one of somebody who joins for little."""
        plan, known = self._plan, self._plan.pairs
        if self._chance.random() < 0.5:
            return self._drawn((self._prices.wanted * plan.wanted).sum(axis=1))
        joined = plan.joined()
        given, most = plan.hours[joined].sum(axis=1), known.most[joined].sum(axis=1)
        lost = known.charge[joined] * (1 - given / most) + np.maximum(-self._rest[joined], 0) * given
        return int(known.need[joined[self._drawn(lost)]]) if len(joined) else 0

    def _drawn(self, weights: Floats) -> int:
        total = weights.sum()
        return int(self._chance.choice(len(weights), p=weights / total if total > 0 else None))

    def _people(self, first: int) -> tuple[list[int], set[int]]:
        """People around a need: on it, or able to be, and those on the needs they are on."""
        plan, known = self._plan, self._plan.pairs
        people: dict[int, None] = {}
        needs, queue = {first}, [first]
        while queue and len(people) < PEOPLE:
            pairs = known.of_need[queue.pop(0)]
            at_work = plan.hours[pairs].any(axis=1)
            likely = self._rest[pairs] + STAYS * at_work + CHANCE * self._chance.random(len(pairs))
            for person in known.person[pairs[np.argsort(-likely)[:NEIGHBOURS]]].tolist():
                people[person] = None
                others = known.of_person[person]
                busy = known.need[others[plan.hours[others].any(axis=1)]]
                new = [int(need) for need in self._chance.permutation(busy) if int(need) not in needs]
                needs.update(new)
                queue += new
        return list(people)[:PEOPLE], needs

    def _chosen(self, people: list[int], needs: set[int]) -> Integers:
        """The pairs solved anew: where these people are at work, and the likeliest others."""
        plan, known = self._plan, self._plan.pairs
        near, chosen = np.array(sorted(needs)), []
        for person in people:
            pairs = known.of_person[person]
            at_work = plan.hours[pairs].any(axis=1)
            missing = plan.wanted[known.need[pairs]].max(axis=1, initial=0) > 1
            others = pairs[~at_work & (missing | np.isin(known.need[pairs], near))]
            likely = self._rest[others] + CHANCE / 2 * self._chance.random(len(others))
            chosen += [pairs[at_work], others[np.argsort(-likely)[:NEEDS_OF_ONE]]]
        return np.unique(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.int64)
