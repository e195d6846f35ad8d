"""A planning problem as anybody would write it for a solver: one 0-1 variable for each candidate, option and start.

It reads the `mainstay-plan/1` document alone and shares nothing with the engine, so that other solvers are given an
honest model. It knows the limits and rules that the families of `benchmarks.selection` have.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """low <= sum of coefficient x variable <= high, the coefficients by the place of their variable."""

    coefficients: dict[int, float]
    low: float = -inf
    high: float = inf


@dataclass
class Formulation:
    """0-1 variables with their values, the choice behind each (None for a bonus), and the rows."""

    values: list[float] = field(default_factory=list)
    choices: list[Document | None] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def chosen(self, numbers: list[float]) -> list[Document]:
        """The choices behind the numbers a solver found."""
        pairs = zip(self.choices, numbers, strict=True)
        return [choice for choice, number in pairs if choice is not None and number > 0.5]


def formulate(problem: Document) -> Formulation:
    """The formulation of a problem; `ValueError` for a rule or a limit it does not know."""
    found = Formulation()
    places = _Places(problem, found)
    for own in places.of.values():
        found.rows.append(Row(dict.fromkeys(own, 1.0), high=1))
    for limit in problem["limits"]:
        found.rows.extend(_limit(problem, limit, places))
    for rule in problem["rules"]:
        if rule["kind"] not in _RULES:
            raise ValueError(f"{rule['kind']} is not in this formulation")
        found.rows.extend(_RULES[rule["kind"]](problem, rule, places))
    return found


class _Places:
    """Where the variables of each candidate are, and the option and start behind each."""

    def __init__(self, problem: Document, found: Formulation) -> None:
        self.found = found
        self.of: dict[str, list[int]] = defaultdict(list)
        self.behind: list[tuple[Document, int]] = []
        for candidate in problem["candidates"]:
            for option in candidate["options"]:
                self._add(candidate["id"], option)

    def _add(self, name: str, option: Document) -> None:
        for nth, start in enumerate(option["starts"]):
            value = option["value_by_start"][nth] if "value_by_start" in option else option["value"]
            self.of[name].append(len(self.behind))
            self.behind.append((option, start))
            self.found.values.append(value)
            self.found.choices.append({"candidate": name, "option": option["id"], "start": start})

    def uses(self, limit: Document, periods: int) -> dict[int, dict[int, float]]:
        """What each variable uses of a limit, by period and variable; the period is 0 for a total."""
        first, last = limit.get("window") or (0, periods if "by_period" in limit else 10**9)
        used: dict[int, dict[int, float]] = defaultdict(dict)
        for place, (option, start) in enumerate(self.behind):
            for period, amount in enumerate(option["use"].get(limit["id"], []), start=start):
                if amount and first <= period < last:
                    line = used[period if "by_period" in limit else 0]
                    line[place] = line.get(place, 0) + amount
        return used


def _limit(problem: Document, limit: Document, places: _Places) -> Iterator[Row]:
    if limit.get("overload"):
        raise ValueError("overload is not in this formulation")
    amounts = limit["by_period"] if "by_period" in limit else [limit["total"]]
    for period, line in places.uses(limit, problem["periods"]).items():
        yield Row(line, high=amounts[period])


def _requires(_: Document, rule: Document, places: _Places) -> Iterator[Row]:
    own, needed = places.of[rule["candidate"]], places.of[rule["needs"]]
    yield Row(dict.fromkeys(own, 1.0) | dict.fromkeys(needed, -1.0), high=0)


def _finish_to_start(_: Document, rule: Document, places: _Places) -> Iterator[Row]:
    """For each start of what comes after: not one that ends later and one that starts by then."""
    before, after = places.of[rule["before"]], places.of[rule["after"]]
    free_from = {place: _end(places.behind[place]) + rule.get("lag", 0) for place in before}
    for period in sorted({places.behind[place][1] for place in after}):
        late = [place for place in before if free_from[place] > period]
        early = [place for place in after if places.behind[place][1] <= period]
        yield Row(dict.fromkeys(late + early, 1.0), high=1)


def _end(behind: tuple[Document, int]) -> int:
    option, start = behind
    return int(start + option["duration"])


def _at_most_one(_: Document, rule: Document, places: _Places) -> Iterator[Row]:
    yield Row({place: 1.0 for name in rule["candidates"] for place in places.of[name]}, high=1)


def _share(problem: Document, rule: Document, places: _Places) -> Iterator[Row]:
    limit = next(each for each in problem["limits"] if each["id"] == rule["of"])
    used: dict[int, float] = defaultdict(float)
    for line in places.uses(limit, problem["periods"]).values():
        for place, amount in line.items():
            used[place] += amount
    tagged = {place for place in used if rule["where"].items() <= places.behind[place][0].get("tags", {}).items()}
    if rule.get("min") is not None:
        yield Row({place: amount * ((place in tagged) - rule["min"]) for place, amount in used.items()}, low=0)
    if rule.get("max") is not None:
        yield Row({place: amount * ((place in tagged) - rule["max"]) for place, amount in used.items()}, high=0)


def _bonus(_: Document, rule: Document, places: _Places) -> Iterator[Row]:
    together = len(places.found.values)
    places.found.values.append(rule["value"])
    places.found.choices.append(None)
    for name in rule["candidates"]:
        yield Row({together: 1.0} | dict.fromkeys(places.of[name], -1.0), high=0)


_RULES = {
    "requires": _requires,
    "finish_to_start": _finish_to_start,
    "at_most_one": _at_most_one,
    "share": _share,
    "bonus": _bonus,
}
