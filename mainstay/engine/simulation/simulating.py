"""Simulating a portfolio: draws in chunks, added up, and told as quantiles, breaches and contributions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil

import numpy as np

from mainstay.engine.simulation.adding import Adder, Moments
from mainstay.engine.simulation.chunk import CHUNK
from mainstay.engine.simulation.draws import Sampler
from mainstay.engine.simulation.model import Limit, Model, Scenario
from mainstay.engine.simulation.normal import Floats
from mainstay.engine.simulation.outcome import Breach, Outcome, Result, Simulation
from mainstay.engine.simulation.settle import chance_error, settling_of, spread_of
from mainstay.engine.simulation.share import Shares

MOST_DRAWS = 1_000_000
MOST_CELLS = 100_000_000
TOLERANCE = 1e-9
SAFE = 0.8
Progress = Callable[[float], None]


def simulate(
    model: Model,
    *,
    draws: int = 10_000,
    seed: int = 0,
    workers: int = 1,
    scenarios: Sequence[Scenario] = (),
    progress: Progress | None = None,
) -> Simulation:
    """What a portfolio may come to, in every period and in total, in one or more scenarios on the same draws.

    Seed and model alone decide the result, whatever the number of workers (threads); the first draws of a longer
    simulation are those of a shorter one. `progress` is told the share done and may raise to stop. Memory: 8 bytes
    for each draw, scenario, flow and period, beside a few MB for each worker.

    Raises ValueError for less than 2 draws, for more than 100 million amounts to keep and for scenarios that do not
    fit the model.

    >>> from mainstay.engine.simulation import Fixed, Flow, Input
    >>> model = Model(("A",), 1, (Input("cost", (Fixed(1.0),)),), (Flow("cost", "cost", np.array([[5.0]])),))
    >>> float(simulate(model, draws=100).outcome().results["cost"].total.p90)
    5.0
    """
    plans = tuple(scenarios) or (model.everything(),)
    _refuse_too_much(model, plans, draws)
    _refuse_misfits(model, plans)
    sampler, adder = Sampler(model, seed), Adder(model, plans, draws)
    shares = Shares(model, adder)
    for chunk, moments in enumerate(_moments(sampler, adder, ceil(draws / CHUNK), workers)):
        shares.take(moments)
        if progress is not None:
            progress(min(1.0, (chunk + 1) * CHUNK / draws))
    outcomes = tuple(_Telling(model, adder, shares, nth).outcome() for nth in range(len(plans)))
    return Simulation(draws, seed, outcomes)


def _moments(sampler: Sampler, adder: Adder, chunks: int, workers: int) -> Iterator[Moments]:
    """The moments of all chunks in their order, so that sums do not depend on who was first."""

    def work(chunk: int) -> Moments:
        return adder.add(sampler.draw(chunk), chunk)

    if workers == 1:
        yield from map(work, range(chunks))
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(work, range(chunks))
        finally:
            pool.shutdown(cancel_futures=True)


def _refuse_too_much(model: Model, plans: tuple[Scenario, ...], draws: int) -> None:
    if not 2 <= draws <= MOST_DRAWS:
        raise ValueError(f"There are 2 to {MOST_DRAWS:,} draws.")
    if draws * len(plans) * len(model.flows) * (model.periods + 1) > MOST_CELLS:
        raise ValueError("This is too much to keep; take fewer draws, scenarios, flows or periods.")


def _refuse_misfits(model: Model, plans: tuple[Scenario, ...]) -> None:
    count = len(model.projects)
    if len({each.name for each in plans}) < len(plans):
        raise ValueError("Two scenarios have one name.")
    for each in plans:
        starts = (0,) * count if each.starts is None else each.starts
        if each.chosen.shape != (count,) or len(starts) != count or min(starts) < 0:
            raise ValueError(
                f"The scenario {each.name} has a share and a start from 0 on for each of {count} projects."
            )


class _Telling:
    """The outcome of one scenario from the table of all draws."""

    def __init__(self, model: Model, adder: Adder, shares: Shares, scenario: int) -> None:
        self.model = model
        self.adder = adder
        self.shares = shares
        self.scenario = scenario
        self.place = {
            name: (nth, row) for nth, strand in enumerate(adder.strands) for row, name in enumerate(strand.flows)
        }

    def outcome(self) -> Outcome:
        """Everything there is to tell."""
        weights = {flow.name: {flow.name: 1.0} for flow in self.model.flows}
        weights |= {name: dict(parts) for name, parts in self.model.sums.items()}
        results = {name: self._result(name, parts) for name, parts in weights.items()}
        breaches = tuple(self._breach(limit) for limit in self.model.limits)
        return Outcome(self.adder.scenarios[self.scenario].name, results, breaches)

    def _result(self, name: str, parts: dict[str, float]) -> Result:
        by_period = self._summed(parts, self._by_period)
        totals = self._summed(parts, self._total)
        units = {self.model.flow(part).unit for part in parts}
        spread = spread_of(totals)
        return Result(
            name=name,
            unit=units.pop() if len(units) == 1 else "",
            by_period=spread_of(by_period),
            total=spread,
            contributions=self.shares.contributions(parts, self.scenario, float(spread.mean)),
            settling=settling_of(totals),
            draws=totals,
        )

    def _summed(self, parts: dict[str, float], read: Callable[[str], Floats]) -> Floats:
        amounts = [(weight, read(name)) for name, weight in parts.items()]
        if len(amounts) == 1 and amounts[0][0] == 1.0:
            return amounts[0][1]
        return np.asarray(sum(weight * each for weight, each in amounts))

    def _by_period(self, name: str) -> Floats:
        strand, row = self.place[name]
        return self.adder.by_period(strand, self.scenario, row)

    def _total(self, name: str) -> Floats:
        strand, row = self.place[name]
        return np.asarray(self.adder.totals(strand)[self.scenario * len(self.adder.strands[strand].flows) + row])

    def _breach(self, limit: Limit) -> Breach:
        used, most = self._used(limit)
        over = used > _above(most[:, None])
        chance = float(over.any(axis=0).mean())
        enough = tuple(np.quantile(used, SAFE, axis=1).tolist())
        by_period = () if limit.by_period is None else tuple(over.mean(axis=1).tolist())
        return Breach(limit.name, by_period, chance, chance_error(chance, self.adder.draws), enough)

    def _used(self, limit: Limit) -> tuple[Floats, Floats]:
        """What each draw uses of a limit (periods, draws), or (1, draws) for a total, and what there is of it."""
        if limit.by_period is not None:
            return self._by_period(limit.flow), np.array(limit.by_period)
        most = np.array([limit.total])
        if limit.window is None:
            return self._total(limit.flow)[None], most
        return self._by_period(limit.flow)[slice(*limit.window)].sum(axis=0, keepdims=True), most


def _above(amount: Floats) -> Floats:
    """An amount and what rounding may add to a sum."""
    allowance = TOLERANCE * (1 + np.abs(amount))
    return np.asarray(amount + allowance)
