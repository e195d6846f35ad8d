"""Stating a scenario as a planning problem over its periods: options, starts within a window, limits and rules."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from mainstay.authorisation.candidates import Candidate, Pool
from mainstay.authorisation.models import Forced as Forcing
from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.problem import NO_THEME, PRESENT
from mainstay.authorisation.rulewords import COMMITTED_ALREADY, Forced, dependency_rules, group_rules
from mainstay.authorisation.scenarios.frame import Frame, Money, frame_of
from mainstay.authorisation.scenarios.periods import Periods
from mainstay.authorisation.scenarios.slices import THEME
from mainstay.authorisation.scenarios.ways import Offer, Way
from mainstay.core.errors import Impossible
from mainstay.core.system import Actor
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Dependency, DependencyKind

WINDOW = 2


def problem_of_scenario(scenario: Scenario, actor: Actor) -> tuple[engine.Problem, Pool]:
    """The problem a scenario states with what the register says now, and the pool it was made from."""
    frame = frame_of(scenario, actor)
    if not frame.offers:
        raise Impossible("No project of this scenario gives a cost and what is to be most within the time it plans.")
    lines = {line.project_id: line for line in scenario.lines.all()}
    return _Statement(scenario, frame, lines).problem(), pool_of(scenario, frame)


def pool_of(scenario: Scenario, frame: Frame) -> Pool:
    """Who takes part and who cannot, as a selection tells it."""
    candidates = [_candidate(offer) for offer in frame.offers.values()]
    sources = {key: source for key, (source, _) in frame.others.items()}
    return Pool(frame.aim, sources, frame.gathered_at, candidates, list(frame.left_out), corrected=frame.corrected)


def _candidate(offer: Offer) -> Candidate:
    way = offer.ways[0]
    cost, value = (Decimal(str(round(amount, 2))) for amount in (sum(way.cost), way.value))
    uses = {key: Decimal(str(use)) for key, use in offer.uses.items()}
    return Candidate(
        offer.id, offer.code, offer.name, offer.theme, value, cost, uses, offer.is_committed, offer.is_committed
    )


class _Statement:
    """A scenario being put into the words of the engine."""

    def __init__(self, scenario: Scenario, frame: Frame, lines: Mapping[int, PlanLine]) -> None:
        self.scenario, self.frame, self.lines = scenario, frame, lines
        self.code_of = {offer.id: offer.code for offer in frame.offers.values()}
        self.forced: Forced = {}

    def problem(self) -> engine.Problem:
        """The whole problem; what makes no sense is refused with a sentence."""
        try:
            rules = tuple(self._rules())
            self._force()
            return engine.Problem(
                periods=self.frame.periods.count,
                limits=tuple(self._limits()),
                candidates=tuple(self._stated(offer) for offer in self.frame.offers.values()),
                rules=rules,
                name=self.scenario.name,
            )
        except engine.ProblemError as error:
            raise Impossible(f"The scenario cannot be solved as it stands: {error}.") from error

    def _limits(self) -> Iterator[engine.Limit]:
        unit = self.frame.currency
        for budget in self.frame.budgets:
            left = budget.amount - sum(amount for _, amount in self._stops(budget))
            if left < 0:
                raise Impossible(f"{budget.name} does not even pay for stopping everything that runs; raise it.")
            yield engine.Limit(budget.id, total=left, window=budget.window, unit=unit, name=budget.name)
        for room in self.frame.rooms:
            hours = tuple(map(max, room.hours, self._taken(room.key)))
            yield engine.Limit(f"role:{room.key}", by_period=hours, unit="hours", name=room.name)
        for key, (source, most) in self.frame.others.items():
            yield engine.Limit(key, total=most, unit=unit if source.is_money else source.unit, name=source.label)

    def _stops(self, budget: Money) -> Iterator[tuple[str, float]]:
        """What stopping each running project takes from a budget: it is paid in the first period."""
        if budget.window is not None and budget.window[0] > 0:
            return
        for offer in self.frame.offers.values():
            if offer.stop and (amount := sum(used(offer.stop, budget))):
                yield offer.code, amount

    def _not_stopped(self) -> Iterator[engine.Rule]:
        """The budgets are less the cost of stopping everything; what goes on gives its part back."""
        for budget in self.frame.budgets:
            for code, amount in self._stops(budget):
                yield engine.Saving(f"{code} is not stopped ({budget.id})", (code,), limit=budget.id, amount=amount)

    def _taken(self, role: str) -> list[float]:
        """The hours of a role that committed work takes as it stands: where that is too much, nothing is added."""
        taken = [0.0] * self.frame.periods.count
        for offer in self.frame.offers.values():
            if self.forced.get(offer.code, ("", ""))[1] == COMMITTED_ALREADY:
                inside = zip(range(max(0, offer.start), len(taken)), offer.ways[0].roles.get(role, ()), strict=False)
                for place, hours in inside:
                    taken[place] += hours
        return taken

    def _stated(self, offer: Offer) -> engine.Candidate:
        line = self.lines[offer.id]
        ways = offer.ways
        if line.forced == Forcing.IN and line.option:
            ways = (offer.way(line.option),)
        forced, reason = self.forced.get(offer.code, (None, ""))
        options = tuple(self._option(offer, way, line) for way in ways)
        return engine.Candidate(offer.code, options, forced, reason, offer.name)

    def _option(self, offer: Offer, way: Way, line: PlanLine) -> engine.Option:
        starts = starts_of(self.scenario, self.frame.periods, offer, way, line)
        rooms = {room.key for room in self.frame.rooms}
        use = {budget.id: used(way, budget) for budget in self.frame.budgets}
        use |= {f"role:{key}": hours for key, hours in way.roles.items() if key in rooms}
        use |= {key: (offer.uses.get(key, 0.0),) for key in self.frame.others}
        # Not choosing running work is stopping it: what a way brings counts against that.
        stopped = offer.stop.value if offer.stop else 0.0
        brings = (worth(self.scenario, self.frame.periods, offer, way, start) - stopped for start in starts)
        return engine.Option(
            way.name,
            duration=way.duration,
            starts=starts,
            values=tuple(brings),
            use={key: amounts for key, amounts in use.items() if amounts},
            measures={PRESENT: float(offer.is_committed)},
            tags={THEME: offer.theme or NO_THEME} | self._kinds(offer),
        )

    def _kinds(self, offer: Offer) -> dict[str, str]:
        """The kinds of work it belongs to, as far as their share is limited."""
        slices = (one for one in self.frame.slices if one.tag != THEME and offer.id in one.projects)
        return {one.tag: one.value for one in slices}

    def _rules(self) -> Iterator[engine.Rule]:
        rules = self.scenario.rules
        if rules.get("dependencies", True):
            yield from dependency_rules(self.code_of, self.forced)
            yield from self._order()
        yield from group_rules(rules.get("at_most_one", []), set(self.code_of.values()))
        yield from (one.rule for one in self.frame.slices)
        yield from self._not_stopped()

    def _order(self) -> Iterator[engine.Rule]:
        """What begins after what; work that has begun waits for nobody."""
        rows = Dependency.objects.filter(kind=DependencyKind.FINISH_TO_START, project_id__in=self.code_of)
        for after, before in rows.filter(needs_id__in=self.code_of).values_list("project_id", "needs_id"):
            if not self.frame.offers[after].has_begun:
                one, other = self.code_of[before], self.code_of[after]
                yield engine.FinishToStart(f"{other} begins after {one}", one, other)

    def _force(self) -> None:
        """What was settled by hand, and what stays because it is committed."""
        is_kept = self.scenario.rules.get("committed", "kept") == "kept"
        for offer in self.frame.offers.values():
            line = self.lines[offer.id]
            if line.forced:
                self.forced[offer.code] = ("in" if line.forced == Forcing.IN else "out", line.reason)
            elif is_kept and offer.is_committed:
                self.forced[offer.code] = ("in", COMMITTED_ALREADY)


def used(way: Way, budget: Money) -> tuple[float, ...]:
    """What an option uses of a budget by period, counted from its start."""
    if budget.use == "running":
        return tuple(max(0.0, all_of_it - part) for all_of_it, part in zip(way.cost, _padded(way), strict=True))
    return way.capital if budget.use == "capital" else way.cost


def _padded(way: Way) -> tuple[float, ...]:
    return (way.capital + (0.0,) * len(way.cost))[: len(way.cost)]


def starts_of(scenario: Scenario, periods: Periods, offer: Offer, way: Way, line: PlanLine) -> tuple[int, ...]:
    """When an option may start: as proposed, and within the window where it then ends within the time planned."""
    if offer.has_begun:
        return (0,)
    if line.forced == Forcing.IN and line.start_date and 0 <= periods.place(line.start_date) < periods.count:
        return (periods.place(line.start_date),)
    window = int(scenario.rules.get("window", WINDOW))
    around: Iterable[int] = range(max(0, offer.start - window), min(periods.count - 1, offer.start + window) + 1)
    return tuple(start for start in around if start == offer.start or start + way.duration <= periods.count)


def worth(scenario: Scenario, periods: Periods, offer: Offer, way: Way, start: int) -> float:
    """What an option brings when it starts in a period: each period later than proposed takes its part off."""
    late = way.late + (max(0, start - offer.start) if not offer.has_begun else 0)
    delay: Mapping[str, Any] = scenario.rules.get("delay", {})
    share, amount = float(delay.get("share") or 0) / 100, float(delay.get("amount") or 0)
    lasting = (1 - share) ** (late * periods.months / 12)
    return (way.value * lasting if way.value > 0 else way.value) - amount * late
