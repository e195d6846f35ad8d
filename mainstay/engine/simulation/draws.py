"""Drawing: the factors, delays and events of a chunk of draws."""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.chunk import CHUNK, DELAY, IMPACT, SHARED, Space, fill_with_scores, happens, stream
from mainstay.engine.simulation.events import Events
from mainstay.engine.simulation.model import Model
from mainstay.engine.simulation.normal import Floats, scores_of
from mainstay.engine.simulation.ranks import correlation_root, iman_conover
from mainstay.engine.simulation.tables import SCALE, Table

MOST_RANKED = CHUNK // 2
_NEVER = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A chunk as drawn; its arrays belong to the worker's space and hold until it draws again.

    factors: by flow (projects, draws); flows that share all their uncertainty share the array.
    late: for each delay from 1 on who is at least so late (projects, draws). spare: (projects, draws) to work in.
    """

    factors: dict[str, Floats]
    late: tuple[NDArray[np.bool_], ...]
    spare: Floats


class Sampler:
    """Draws the chunks of a model; safe to use from several threads, each has a space of its own."""

    def __init__(self, model: Model, seed: int) -> None:
        given = model.correlation
        if given.ranks is not None and len(model.projects) > MOST_RANKED:
            raise ValueError(f"At most {MOST_RANKED} projects are correlated by ranks; use loadings for more.")
        self.model = model
        self.seed = seed
        self.streams = (*range(1, len(model.inputs) + 1), *[DELAY] * (model.delays is not None))
        self.tables = [Table.of(each.factors) for each in model.inputs]
        self.mixing = None if given.between is None else correlation_root(given.between)
        loadings = np.zeros((len(model.projects), 0)) if given.loadings is None else given.loadings
        self.loadings = loadings
        self.own_part = np.sqrt(np.maximum(0.0, 1 - (loadings**2).sum(axis=1, keepdims=True)))
        self.thresholds = _thresholds(model.delays)
        self.events = {flow.name: Events.of(model, flow.name) for flow in model.flows}
        self._of_thread = local()

    def draw(self, chunk: int) -> Block:
        """The draws of one chunk."""
        space = self._space()
        own, shared = self._mixed(self._own(space, chunk), space.mixed), self._shared(chunk)
        drawn = {
            each.name: self._look_up(table, own[nth], shared[nth], space, nth)
            for nth, (each, table) in enumerate(zip(self.model.inputs, self.tables, strict=True))
        }
        late: tuple[NDArray[np.bool_], ...] = ()
        if self.thresholds:
            own[-1] *= self.own_part
            own[-1] += self.loadings @ shared[-1]
            late = tuple(own[-1] > threshold for threshold in self.thresholds)
        return Block(self._with_events(drawn, space, chunk), late, space.spare)

    def _space(self) -> Space:
        if not hasattr(self._of_thread, "space"):
            most = max((0 if each is None else len(each.probabilities) for each in self.events.values()), default=0)
            self._of_thread.space = Space(len(self.streams), len(self.model.projects), most)
        space: Space = self._of_thread.space
        return space

    def _own(self, space: Space, chunk: int) -> Floats:
        """Normal scores (inputs, projects, draws) that are each project's own, or correlated by ranks."""
        for nth, number in enumerate(self.streams):
            fill_with_scores(space.own[nth], space.place, self.seed, chunk, number)
            if self.model.correlation.ranks is not None:
                seed = int(stream(self.seed, chunk, number).integers(2**32))
                space.own[nth] = iman_conover(space.own[nth].T, self.model.correlation.ranks, seed).T
        return space.own

    def _shared(self, chunk: int) -> Floats:
        """Normal scores (inputs, factors, draws) of the factors that projects share."""
        shape = (len(self.streams), self.loadings.shape[1], CHUNK)
        scores = stream(self.seed, chunk, SHARED).standard_normal(shape)
        return self._mixed(scores, np.empty(shape))

    def _mixed(self, scores: Floats, out: Floats) -> Floats:
        """Scores (inputs, ...) that also move together from input to input."""
        if self.mixing is None:
            return scores
        flat = (len(scores), scores[0].size)
        np.matmul(self.mixing, scores.reshape(flat), out=out.reshape(flat))
        return out

    def _look_up(self, table: Table, own: Floats, shared: Floats, space: Space, nth: int) -> Floats:
        """The factors (projects, draws) of one input at its scores."""
        loaded = np.concatenate([self.loadings * SCALE, table.zero], axis=1)
        together = np.concatenate([shared, np.ones((1, CHUNK))])
        np.multiply(own, self.own_part * SCALE, out=own)
        own += np.matmul(loaded, together, out=space.spare)
        np.clip(own, table.low, table.high, out=own)
        np.copyto(space.place, own, casting="unsafe")
        return table.amounts.take(space.place, out=space.factors[nth], mode="clip")

    def _with_events(self, drawn: dict[str, Floats], space: Space, chunk: int) -> dict[str, Floats]:
        """The factors of every flow with what its events add."""
        hits, impacts, first = self._hits(chunk), stream(self.seed, chunk, IMPACT), 0
        users = [flow.input for flow in self.model.flows]
        factors = {}
        for flow in self.model.flows:
            factors[flow.name] = drawn[flow.input]
            if events := self.events[flow.name]:
                is_alone = users.count(flow.input) == 1
                factors[flow.name] = factors[flow.name] if is_alone else factors[flow.name].copy()
                count = len(events.probabilities)
                own = hits[first : first + count]
                events.happen(factors[flow.name], own, impacts, space.added[:count])
                first += count
        return factors

    def _hits(self, chunk: int) -> NDArray[np.bool_]:
        """What happens (events, draws), the events of one flow after those of another."""
        given = [each.probabilities for each in self.events.values() if each is not None]
        return happens(np.concatenate([np.empty((0, 1)), *given]), self.seed, chunk)


def _thresholds(delays: Floats | None) -> tuple[Floats, ...]:
    """For each delay from 1 on the scores (projects, 1) above which a project is at least so late."""
    if delays is None:
        return ()
    sooner = np.cumsum(delays, axis=1)[:, :-1]
    sooner[sooner > 1 - _NEVER] = 1.0
    return tuple(scores_of(sooner[:, [late]]) for late in range(sooner.shape[1]))
