"""Invented portfolios as `mainstay-plan/1` documents, from a hundred to thousands of candidates.

What a planner would recognise: projects of different size over one to two thirds of the horizon, a few roles each
with a ramp up and down, some that can start later or smaller, budgets by period, run, grow and transform shares,
prerequisites, exclusions and pairs worth more together. `typical` has money for half of what is wanted and a few
scarce roles, `tight` money for a quarter; in `scarce` money is plenty and every role is short in every period.
"""

from typing import Any

import numpy as np

Document = dict[str, Any]
# For each family: the share there is of the wanted money and of the demand for a scarce role, and of roles scarce.
ROOM = {"typical": (0.5, 0.5, 0.1), "tight": (0.25, 0.25, 0.1), "scarce": (0.8, 0.4, 1.0)}
BUCKETS = ("run", "grow", "transform")
CURVES = ((1, 1, 1, 1), (1, 2, 2, 1), (3, 2, 1, 1), (1, 1, 2, 3))


def portfolio(candidates: int, roles: int, periods: int, family: str = "typical", seed: int = 0) -> Document:
    """A planning problem with so many candidates, roles and periods; the same one for the same seed."""
    random = np.random.default_rng([candidates, roles, periods, seed, list(ROOM).index(family)])
    found = [_candidate(f"P{nth:04d}", roles, periods, random) for nth in range(candidates)]
    return {
        "format": "mainstay-plan/1",
        "periods": periods,
        "limits": _limits(found, roles, periods, family, random),
        "candidates": found,
        "rules": _rules([each["id"] for each in found], random),
    }


def _candidate(name: str, roles: int, periods: int, random: np.random.Generator) -> Document:
    duration = int(random.integers(max(2, periods // 6), max(3, 2 * periods // 3) + 1))
    latest = periods - duration
    first = int(random.integers(0, latest + 1))
    starts = [first]
    if random.random() < 0.3:
        starts = list(range(first, min(latest, first + 2) + 1))
    size = float(random.lognormal(0, 0.6))
    curve = np.interp(np.linspace(0, 3, duration), range(4), CURVES[random.integers(len(CURVES))])
    use: dict[str, list[float]] = {}
    for role in random.choice(roles, size=int(random.integers(2, min(roles, 6) + 1)), replace=False):
        use[f"role{role:02d}"] = [float(max(0.1, round(each, 1))) for each in size * random.uniform(0.3, 1.5) * curve]
    effort = sum(sum(amounts) for amounts in use.values())
    money = [float(round(each)) for each in size * random.uniform(20, 60) * curve + 1]
    value = round((effort * 8 + sum(money) * 0.2) * random.lognormal(0, 0.25), 1)
    bucket = BUCKETS[random.choice(3, p=[0.45, 0.35, 0.2])]
    options = [_option("full", starts, duration, value, use | {"money": money}, bucket, size, random)]
    if random.random() < 0.2:
        smaller = {name: [round(each * 0.6, 1) for each in amounts] for name, amounts in options[0]["use"].items()}
        options.append(_option("reduced", starts, duration, round(value * 0.55, 1), smaller, bucket, size, random))
    return {"id": name, "forced": None, "options": options}


def _option(
    name: str,
    starts: list[int],
    duration: int,
    value: float,
    use: dict[str, list[float]],
    bucket: str,
    size: float,
    random: np.random.Generator,
) -> Document:
    return {
        "id": name,
        "duration": duration,
        "starts": starts,
        "value_by_start": [round(value * 0.985 ** (each - starts[0]), 1) for each in starts],
        "use": use,
        "measures": {"risk": round(size * float(random.uniform(1, 5)), 1)},
        "tags": {"bucket": bucket},
    }


def _limits(
    candidates: list[Document], roles: int, periods: int, family: str, random: np.random.Generator
) -> list[Document]:
    wanted: dict[str, np.ndarray] = {}
    for candidate in candidates:
        option = candidate["options"][0]
        for name, amounts in option["use"].items():
            line = wanted.setdefault(name, np.zeros(periods))
            start = option["starts"][len(option["starts"]) // 2]
            line[start : start + len(amounts)] += amounts
    money, scarce, share = ROOM[family]
    short = set(random.choice(roles, max(1, round(share * roles)), replace=False).tolist())
    rooms = {"money": money}
    rooms |= {f"role{nth:02d}": scarce if nth in short else money * random.uniform(1.5, 3) for nth in range(roles)}
    return [_limit(name, wanted.get(name, np.ones(periods)), room, random) for name, room in rooms.items()]


def _limit(name: str, wanted: np.ndarray, room: float, random: np.random.Generator) -> Document:
    level = np.full(len(wanted), wanted.mean()) * 0.6 + wanted * 0.4
    amounts = level * room * random.uniform(0.85, 1.2, size=len(wanted))
    unit = "GBP k" if name == "money" else "FTE"
    decimals = 0 if name == "money" else 1
    return {"id": name, "unit": unit, "by_period": [float(round(each, decimals)) for each in amounts]}


def _rules(names: list[str], random: np.random.Generator) -> list[Document]:
    count = len(names)
    rules: list[Document] = [
        {"id": "run", "kind": "share", "of": "money", "where": {"bucket": "run"}, "min": 0.3, "max": 0.6},
        {"id": "transform", "kind": "share", "of": "money", "where": {"bucket": "transform"}, "min": 0.1},
    ]
    for nth in range(count // 10):
        one, other = sorted(random.choice(count, 2, replace=False))
        rules.append({"id": f"needs{nth}", "kind": "requires", "candidate": names[other], "needs": names[one]})
    for nth in range(count // 20):
        some = random.choice(count, int(random.integers(2, 4)), replace=False)
        rules.append({"id": f"one{nth}", "kind": "at_most_one", "candidates": [names[each] for each in some]})
    for nth in range(count // 50):
        one, other = random.choice(count, 2, replace=False)
        value = float(round(random.uniform(5, 40)))
        rules.append({"id": f"both{nth}", "kind": "bonus", "candidates": [names[one], names[other]], "value": value})
    return rules
