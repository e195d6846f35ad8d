"""Tiny planning problems with every kind of limit and rule, drawn from a seed."""

from typing import Any

import numpy as np

Document = dict[str, Any]


def random_problem(seed: int) -> Document:
    """A problem with four candidates that is small enough to try out every plan."""
    draw = np.random.default_rng(seed)
    periods = int(draw.integers(2, 5))
    names = ["A", "B", "C", "D"]
    return {
        "format": "mainstay-plan/1",
        "periods": periods,
        "limits": _limits(draw, periods),
        "candidates": [_candidate(draw, name, periods) for name in names],
        "rules": _rules(draw, names),
    }


def _limits(draw: np.random.Generator, periods: int) -> list[Document]:
    money: Document = {"id": "money", "total": int(draw.integers(4, 22))}
    if draw.random() < 0.3:
        first = int(draw.integers(0, periods))
        money["window"] = [first, int(draw.integers(first + 1, periods + 1))]
    people: Document = {"id": "people", "by_period": [int(each) for each in draw.integers(1, 5, periods)]}
    if draw.random() < 0.4:
        people["overload"] = {"share": 0.5, "price": float(draw.choice([0.5, 1, 2]))}
    return [money, people]


def _candidate(draw: np.random.Generator, name: str, periods: int) -> Document:
    versions = 2 if draw.random() < 0.3 else 1
    forced = str(draw.choice(["in", "out", "free"], p=[0.12, 0.06, 0.82]))
    options = [_option(draw, version, periods) for version in range(versions)]
    return {"id": name, "forced": None if forced == "free" else forced, "options": options}


def _option(draw: np.random.Generator, version: int, periods: int) -> Document:
    duration = int(draw.integers(1, 4))
    starts = sorted(int(each) for each in draw.choice(periods, size=int(draw.integers(1, 3)), replace=False))
    value = float(draw.integers(-1, 12)) / draw.choice([1, 1, 2])
    option: Document = {
        "id": f"v{version}",
        "duration": duration,
        "starts": starts,
        "use": {
            "money": [int(each) for each in draw.integers(0, 6, duration)],
            "people": [float(each) / 2 for each in draw.integers(0, 6, duration)],
        },
        "measures": {"risk": int(draw.integers(0, 5))},
        "tags": {"bucket": str(draw.choice(["run", "grow"]))},
    }
    if draw.random() < 0.5:
        option["value"] = value
    else:
        option["value_by_start"] = [value - start for start in starts]
    return option


def _rules(draw: np.random.Generator, names: list[str]) -> list[Document]:
    kinds = [_requires, _order, _at_most_one, _all_or_none, _share, _measure, _bonus, _saving]
    chosen = [kind for kind in kinds if draw.random() < 0.35]
    return [{"id": f"r{nth}", **kind(draw, names)} for nth, kind in enumerate(chosen)]


def _some(draw: np.random.Generator, names: list[str], count: int = 2) -> list[str]:
    return [str(each) for each in draw.choice(names, size=count, replace=False)]


def _requires(draw: np.random.Generator, names: list[str]) -> Document:
    candidate, needs = _some(draw, names)
    return {"kind": "requires", "candidate": candidate, "needs": needs}


def _order(draw: np.random.Generator, names: list[str]) -> Document:
    before, after = _some(draw, names)
    return {"kind": "finish_to_start", "before": before, "after": after, "lag": int(draw.integers(-1, 2))}


def _at_most_one(draw: np.random.Generator, names: list[str]) -> Document:
    return {"kind": "at_most_one", "candidates": _some(draw, names, int(draw.integers(2, 4)))}


def _all_or_none(draw: np.random.Generator, names: list[str]) -> Document:
    return {"kind": "all_or_none", "candidates": _some(draw, names, int(draw.integers(2, 4)))}


def _share(draw: np.random.Generator, names: list[str]) -> Document:
    part = float(draw.choice([0.2, 0.4, 0.5]))
    bounds = {"min": part} if draw.random() < 0.5 else {"max": part + 0.2, "min": part - 0.2}
    return {"kind": "share", "of": str(draw.choice(["money", "people"])), "where": {"bucket": "run"}, **bounds}


def _measure(draw: np.random.Generator, names: list[str]) -> Document:
    bounds = {"max": int(draw.integers(2, 9))} if draw.random() < 0.7 else {"min": int(draw.integers(1, 9))}
    return {"kind": "measure", "measure": "risk", **bounds}


def _bonus(draw: np.random.Generator, names: list[str]) -> Document:
    return {"kind": "bonus", "candidates": _some(draw, names), "value": int(draw.choice([-4, 3, 5]))}


def _saving(draw: np.random.Generator, names: list[str]) -> Document:
    return {"kind": "saving", "candidates": _some(draw, names), "limit": "money", "amount": int(draw.integers(1, 5))}
