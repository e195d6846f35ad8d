"""The families of planning problems that `benchmarks.selection` tries: invented portfolios and public instances.

Public instances are read from where they are shared, `../shared/data` beside the checkout unless told otherwise.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import elections, generated, knapsacks, ppssp

Document = dict[str, Any]
BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data"
SIZES = ((100, 10, 8), (300, 15, 12), (1000, 20, 12), (2000, 30, 16), (5000, 50, 36))  # candidates, roles, periods


@dataclass(frozen=True)
class Instance:
    """A problem with its name and the best objective known for it, if any."""

    name: str
    problem: Document
    best_known: float | None = None


def instances(family: str, folder: Path, count: int | None) -> Iterator[Instance]:
    """The first `count` instances of a family, spread over it where it has many; none where its data are absent."""
    return _FAMILIES[family](folder, count)


def _generated(family: str) -> Callable[[Path, int | None], Iterator[Instance]]:
    def found(_: Path, count: int | None) -> Iterator[Instance]:
        """Every size with one seed, then with the next."""
        wanted = ((seed, size) for seed in range(2) for size in SIZES)
        for seed, (candidates, roles, periods) in islice(wanted, count):
            name = f"{family} {candidates} x {roles} x {periods}, {seed}"
            yield Instance(name, generated.portfolio(candidates, roles, periods, family, seed))

    return found


def _chu_beasley(folder: Path, count: int | None) -> Iterator[Instance]:
    place = folder / "mkp_orlib"
    if (place / "best_known_chubeasley.csv").is_file():
        yield from _spread([_knapsack(each) for each in knapsacks.chu_beasley(place)], count)


def _sac94(folder: Path, count: int | None) -> Iterator[Instance]:
    place = folder / "mkp_orlib"
    if (place / "best_known_sac94.csv").is_file():
        yield from _spread([_knapsack(each) for each in knapsacks.sac94(place)], count)


def _knapsack(each: knapsacks.Knapsack) -> Instance:
    return Instance(each.name, each.problem, each.best_known)


def _ppssp(folder: Path, count: int | None) -> Iterator[Instance]:
    for file in sorted((folder / "ppssp").glob("PI_*.json"))[:count]:
        yield Instance(file.stem, ppssp.as_plan(json.loads(file.read_text(encoding="utf-8"))))


def _pabulib(folder: Path, count: int | None) -> Iterator[Instance]:
    place = folder / "pabulib"
    if (place / "index.csv").is_file():
        found = (Instance(each.name, each.problem, each.most_votes) for each in elections.elections(place))
        yield from islice(found, count)


def _spread(found: list[Instance], count: int | None) -> list[Instance]:
    if count is None or count >= len(found):
        return found
    return [found[nth * len(found) // count] for nth in range(count)]


_FAMILIES: dict[str, Callable[[Path, int | None], Iterator[Instance]]] = {
    **{name: _generated(name) for name in generated.ROOM},
    "chu-beasley": _chu_beasley,
    "sac94": _sac94,
    "ppssp": _ppssp,
    "pabulib": _pabulib,
}
NAMES = tuple(_FAMILIES)
