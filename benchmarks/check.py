"""An independent check of an answer: `uv run python -m benchmarks.check PROBLEM ANSWER`.

It reads only the two JSON objects and shares no code with the engine: objective and feasibility are worked
out again from what was chosen, by another way, and compared within 1e-6.
"""

import json
import sys
from pathlib import Path
from typing import Any

TOLERANCE = 1e-6
Document = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Check the two files named; 0 when nothing is wrong with the answer."""
    if len(arguments) != 2:
        print("usage: python -m benchmarks.check PROBLEM ANSWER", file=sys.stderr)
        return 2
    problem, answer = (json.loads(Path(each).read_text(encoding="utf-8")) for each in arguments)
    complaints = check(problem, answer)
    for complaint in complaints:
        print(complaint)
    if not complaints:
        print(f"holds: {answer['status']}, objective {answer['objective']}, {len(answer['chosen'])} chosen")
    return 1 if complaints else 0


def check(problem: Document, answer: Document) -> list[str]:
    """Everything that is wrong with the answer, nothing when it holds."""
    if answer["objective"] is None:
        return [] if not answer["chosen"] else ["something is chosen but there is no objective"]
    complaints = impossible(problem, answer["chosen"])
    if complaints:
        return complaints
    found = objective(problem, answer["chosen"])
    complaints = violations(problem, answer["chosen"])
    if abs(found - answer["objective"]) > TOLERANCE * max(1, abs(found)):
        complaints.append(f"objective: the answer says {answer['objective']}, the choices give {found}")
    bound = answer.get("bound")
    if bound is not None and bound < found - TOLERANCE * max(1, abs(found)):
        complaints.append(f"bound: {bound} is below the objective {found}")
    for told in answer.get("limits", []):
        limit = next(each for each in problem["limits"] if each["id"] == told["id"])
        used = sum(_cells(problem, limit, answer["chosen"]).values()) - _saved(problem, limit, answer["chosen"])
        if abs(used - told["used"]) > TOLERANCE * max(1, abs(used)):
            complaints.append(f"limit {told['id']}: the answer says {told['used']} used, it is {used}")
    return complaints


def objective(problem: Document, chosen: list[Document]) -> float:
    """Values and bonuses of the choices less the price of overload."""
    total = 0.0
    options = _options(problem)
    for choice in chosen:
        option = options[_key(choice)]
        place = option["starts"].index(choice["start"])
        total += option["value_by_start"][place] if "value_by_start" in option else option["value"]
    names = {choice["candidate"] for choice in chosen}
    for rule in problem.get("rules", []):
        if rule["kind"] == "bonus" and all(name in names for name in rule["candidates"]):
            total += rule["value"]
    for limit in problem["limits"]:
        price = (limit.get("overload") or {}).get("price", 0)
        total -= price * sum(max(0, excess) for excess, _ in excesses(problem, limit, chosen))
    return total


def violations(problem: Document, chosen: list[Document]) -> list[str]:
    """A sentence for each limit, rule and forcing that the choices break."""
    names = [choice["candidate"] for choice in chosen]
    found: list[str] = []
    exceeded = (limit for limit in problem["limits"] if _is_exceeded(problem, limit, chosen))
    found.extend(f"limit {limit['id']}: exceeded" for limit in exceeded)
    for candidate in problem["candidates"]:
        wanted = {"in": True, "out": False}.get(candidate.get("forced") or "")
        if wanted is not None and (candidate["id"] in names) is not wanted:
            found.append(f"forcing {candidate['id']}: must be {candidate['forced']}")
    broken = (rule for rule in problem.get("rules", []) if not _RULES[rule["kind"]](problem, rule, chosen))
    return found + [f"rule {rule['id']}: {rule['kind']} is broken" for rule in broken]


def impossible(problem: Document, chosen: list[Document]) -> list[str]:
    """A sentence for each choice that the problem does not offer."""
    names = [choice["candidate"] for choice in chosen]
    found = [f"candidate {name}: chosen twice" for name in sorted(set(names)) if names.count(name) > 1]
    options = _options(problem)
    unknown = (each for each in chosen if each["start"] not in options.get(_key(each), {}).get("starts", []))
    return found + [f"candidate {each['candidate']}: no such option and start" for each in unknown]


def _candidate(problem: Document, choice: Document) -> Document:
    found: Document = next(each for each in problem["candidates"] if each["id"] == choice["candidate"])
    return found


def _options(problem: Document) -> dict[tuple[str, str], Document]:
    """Every option by the names of its candidate and itself."""
    return {
        (candidate["id"], option["id"]): option
        for candidate in problem["candidates"]
        for option in candidate["options"]
    }


def _key(choice: Document) -> tuple[str, str]:
    return choice["candidate"], choice["option"]


def _cells(problem: Document, limit: Document, chosen: list[Document]) -> dict[int, float]:
    """What is used in each period that counts for this limit."""
    if "by_period" in limit:
        first, last = 0, problem["periods"]
    else:
        first, last = limit.get("window") or (0, sys.maxsize)
    cells: dict[int, float] = {}
    options = _options(problem)
    for choice in chosen:
        amounts = options[_key(choice)].get("use", {}).get(limit["id"], [])
        for period, amount in enumerate(amounts, start=choice["start"]):
            if first <= period < last:
                cells[period] = cells.get(period, 0) + amount
    return cells


def _saved(problem: Document, limit: Document, chosen: list[Document]) -> float:
    names = {choice["candidate"] for choice in chosen}
    savings = (rule for rule in problem.get("rules", []) if rule["kind"] == "saving" and rule["limit"] == limit["id"])
    return float(sum(rule["amount"] for rule in savings if all(name in names for name in rule["candidates"])))


def excesses(problem: Document, limit: Document, chosen: list[Document]) -> list[tuple[float, float]]:
    """For each period, or once for a total: how far use lies above the limit, and how far it may."""
    cells = _cells(problem, limit, chosen)
    share = (limit.get("overload") or {}).get("share", 0)
    if "by_period" in limit:
        amounts = limit["by_period"]
        return [(cells.get(period, 0) - amount, share * amount) for period, amount in enumerate(amounts)]
    used = sum(cells.values()) - _saved(problem, limit, chosen)
    return [(used - limit["total"], share * limit["total"])]


def _is_exceeded(problem: Document, limit: Document, chosen: list[Document]) -> bool:
    return any(excess > allowed + _close(allowed) for excess, allowed in excesses(problem, limit, chosen))


def _requires(_: Document, rule: Document, chosen: list[Document]) -> bool:
    names = {choice["candidate"] for choice in chosen}
    return not (rule["candidate"] in names and rule["needs"] not in names)


def _finish_to_start(problem: Document, rule: Document, chosen: list[Document]) -> bool:
    by_name = {choice["candidate"]: choice for choice in chosen}
    if rule["before"] not in by_name or rule["after"] not in by_name:
        return True
    before = by_name[rule["before"]]
    options = (each for each in _candidate(problem, before)["options"] if each["id"] == before["option"])
    end = before["start"] + next(options)["duration"]
    return bool(by_name[rule["after"]]["start"] - end >= rule.get("lag", 0))


def _at_most_one(_: Document, rule: Document, chosen: list[Document]) -> bool:
    return len([choice for choice in chosen if choice["candidate"] in rule["candidates"]]) < 2


def _all_or_none(_: Document, rule: Document, chosen: list[Document]) -> bool:
    together = len([choice for choice in chosen if choice["candidate"] in rule["candidates"]])
    return together == 0 or together == len(rule["candidates"])


def _share(problem: Document, rule: Document, chosen: list[Document]) -> bool:
    limit = next(each for each in problem["limits"] if each["id"] == rule["of"])
    wanted = rule["where"].items()
    options = _options(problem)
    tagged = [choice for choice in chosen if wanted <= options[_key(choice)].get("tags", {}).items()]
    whole = sum(_cells(problem, limit, chosen).values())
    return _between(sum(_cells(problem, limit, tagged).values()), rule, whole)


def _measure(problem: Document, rule: Document, chosen: list[Document]) -> bool:
    options = _options(problem)
    amounts = (options[_key(choice)].get("measures", {}).get(rule["measure"], 0) for choice in chosen)
    return _between(sum(amounts), rule, 1)


def _between(amount: float, rule: Document, scale: float) -> bool:
    low, high = rule.get("min"), rule.get("max")
    above = low is None or amount >= low * scale - _close(low * scale)
    return above and (high is None or amount <= high * scale + _close(high * scale))


def _always(_: Document, __: Document, ___: list[Document]) -> bool:
    return True


def _close(amount: float) -> float:
    return TOLERANCE + 1e-9 * abs(amount)


_RULES = {
    "requires": _requires,
    "finish_to_start": _finish_to_start,
    "at_most_one": _at_most_one,
    "all_or_none": _all_or_none,
    "share": _share,
    "measure": _measure,
    "bonus": _always,
    "saving": _always,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
