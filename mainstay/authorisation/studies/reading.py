"""A kept study made ready for its page."""

from typing import Any

from mainstay.authorisation.models import Study
from mainstay.authorisation.result import Line, Result
from mainstay.authorisation.sentences import money, quantity
from mainstay.authorisation.studies import pictures
from mainstay.charts import words

PLANS = {
    "mean": "Best on average",
    "cvar": "Best in the worst tenth",
    "regret": "Least to regret",
}
MOST_ROWS = 12
NOTHING = 0.5
"""Less of a unit than this is noise."""


def uncertainty(study: Study, result: Result) -> dict[str, Any]:
    """Totals in words, charts, and where the ranges came from."""
    found = study.result
    main = found["flows"][found["main"]]
    return {
        "rows": [
            ("Cost", *_spread(found["flows"]["cost"]), _amount(result.plan.cost, result.currency)),
            (_capital(result.aim.noun), *_spread(main), result.aim.figure(result.plan.value)),
        ],
        "breaches": pictures.breaches(study),
        "fans": pictures.fans(study, result),
        "tornados": [
            pictures.sources_of_uncertainty(study, result, "cost", "cost"),
            pictures.sources_of_uncertainty(study, result, found["main"], result.aim.noun),
        ],
        "settling": [_settling(each, main["unit"]) for each in main["settling"]],
        "present": _present(found, result),
        "sources": _sources(found["sources"]),
        "reserve": _reserve(found),
    }


def _spread(flow: dict[str, Any]) -> tuple[str, str, str]:
    total, unit = flow["total"], flow["unit"]
    low, middle, high = (_amount(total[name], unit) for name in ("p10", "p50", "p90"))
    return low, middle, high


def _amount(value: float, unit: str) -> str:
    is_currency = len(unit) == 3 and unit.isupper()
    return words.money(value, unit) if is_currency else f"{words.compact(value)} {unit}".strip()


def _capital(noun: str) -> str:
    return noun[:1].upper() + noun[1:]


def _settling(step: dict[str, Any], unit: str) -> dict[str, str]:
    told = {name: _amount(step[name], unit) for name in ("p10", "p50", "p90")}
    errors = {f"{name}_error": _amount(step[name.replace("p", "error")], unit) for name in ("p10", "p50", "p90")}
    return {"draws": words.number(step["draws"])} | told | errors


def _present(found: dict[str, Any], result: Result) -> str:
    """How likely the plan brings more than the present selection, on the same draws."""
    if "present" not in found:
        return ""
    chance = words.number(round(found["present"]["chance"] * 100))
    middle = result.aim.figure(found["present"]["difference"]["p50"])
    return (
        f"The plan brings more than the present selection in {chance} of 100 cases, half of the time by at least "
        f"{middle} {result.aim.tail}; both met the same luck."
    )


def _sources(known: dict[str, int]) -> str:
    """Where the ranges came from."""
    risks = f" {words.counted(known['risks'], 'open risk')} of these cases may happen, too." if known["risks"] else ""
    if known["cost"] == known["value"] == known["projects"]:
        return f"All chosen projects have ranges of cost and benefit in their business cases.{risks}"
    return (
        f"Of {words.counted(known['projects'], 'chosen project')}, {known['cost']} have a range of cost and "
        f"{known['value']} a range of benefit in their business case; for the others the ranges below hold.{risks}"
    )


def _reserve(found: dict[str, Any]) -> str:
    """What would have to be set aside so that the budget holds in 8 of 10 cases."""
    budget = found["breaches"][0]
    more = budget["p80"] - budget["limit"]
    if more <= 0:
        return f"The budget is enough in 8 of 10 cases, with {_amount(-more, budget['unit'])} to spare then."
    return f"With {_amount(more, budget['unit'])} more, the budget would be enough in 8 of 10 cases."


def frontier(study: Study, result: Result) -> dict[str, Any]:
    """The curve and the points in words."""
    return {
        "curve": pictures.curve(study, result),
        "points": [_row(nth, each, result, study) for nth, each in enumerate(study.result["points"])],
        "limit_name": study.result["name"],
    }


def _row(nth: int, point: dict[str, Any], result: Result, study: Study) -> dict[str, Any]:
    has_plan = point["objective"] is not None
    return {
        "nth": nth,
        "amount": quantity(round(point["amount"], 2), study.result["unit"]),
        "is_present": point["amount"] == study.result["present"],
        "value": result.aim.figure(point["objective"]) if has_plan else "",
        "count": point["count"],
        "is_proven": point["status"] == "optimal",
        "enters": [result.names.get(code, code) for code in point["enters"][:MOST_ROWS]],
        "leaves": [result.names.get(code, code) for code in point["leaves"][:MOST_ROWS]],
    }


def point(study: Study, result: Result, nth: int) -> dict[str, Any]:
    """The plan for one amount, against the present plan."""
    known = study.result["points"][nth]
    chosen = {each[0] for each in known["chosen"]}
    lines = [line for line in result.lines if line.code in chosen]
    return {
        "point": _row(nth, known, result, study),
        "cost": money(round(known["cost"], 2), result.currency),
        "lines": [_with_figure(line, result) for line in sorted(lines, key=lambda line: -line.value)],
        "gone": [_with_figure(line, result) for line in result.ins if line.code not in chosen],
        "limit_name": study.result["name"],
        "before": nth - 1 if nth else None,
        "after": nth + 1 if nth + 1 < len(study.result["points"]) else None,
    }


def _with_figure(line: Line, result: Result) -> tuple[Line, str]:
    return line, result.aim.figure(line.value)


def robustness(study: Study, result: Result) -> dict[str, Any]:
    """Core indexes, plans compared, and what is worth knowing."""
    found = study.result
    chosen = sorted(line.code for line in result.ins)
    plans = [("The plan as it is", found["plans"][0])] + [
        (PLANS[how], each) for how, each in found["best"].items() if each["chosen"] != chosen
    ]
    return {
        "indexes": pictures.indexes(study, result),
        "plans": [_plan(name, each, chosen, result) for name, each in plans],
        "information": [_known(each, result) for each in found["information"] if _is_telling(each)],
        "samples": _samples(found, study.terms.get("weights", 0)),
        "perfect": result.aim.figure(found["perfect"]) if found["perfect"] is not None else "",
    }


def _plan(name: str, plan: dict[str, Any], chosen: list[str], result: Result) -> dict[str, Any]:
    return {
        "name": name,
        "holds": words.percent(plan["holds"]),
        "mean": result.aim.figure(plan["mean"]),
        "cvar": result.aim.figure(plan["cvar"]),
        "regret": words.MISSING if plan["regret"] is None else result.aim.figure(plan["regret"]),
        "enters": [result.names[code] for code in plan["chosen"] if code not in chosen],
        "leaves": [result.names[code] for code in chosen if code not in plan["chosen"]],
    }


def _is_telling(known: dict[str, Any]) -> bool:
    """Whether knowing it is worth something, or moves the candidate by more than chance would."""
    moves = abs(known["when_high"] - known["when_low"]) > 2 * known["error"] > 0
    return bool(known["worth"] > NOTHING or moves)


def _known(known: dict[str, Any], result: Result) -> dict[str, Any]:
    return {
        "code": known["candidate"],
        "name": result.names.get(known["candidate"], known["candidate"]),
        "what": "What it costs" if known["name"] == "cost" else "What it brings",
        "worth": result.aim.figure(known["worth"]) if known["worth"] > NOTHING else words.MISSING,
        "when_high": words.percent(known["when_high"]),
        "when_low": words.percent(known["when_low"]),
    }


def _samples(found: dict[str, Any], weights: float) -> str:
    """How much was tried, and how well."""
    told = f"{words.counted(found['samples'], 'sample')} with a plan"
    if weights:
        told = f"{told}, the weights of the criteria drawn, too"
    if found["proven"] < found["samples"]:
        told = f"{told}, {words.number(found['samples'] - found['proven'])} of them not proven best"
    return f"{told}; in {words.number(found['without'])} no plan holds" if found["without"] else told
