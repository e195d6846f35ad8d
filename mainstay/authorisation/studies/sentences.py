"""What a study found, in one or two plain sentences."""

from typing import Any

from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Result
from mainstay.authorisation.sentences import names, quantity
from mainstay.charts import words

RARE = 0.005


def how_sure(result: Result, found: dict[str, Any]) -> str:
    """How likely the budget holds, or the limit that is passed most often, and between what the plan comes out."""
    budget = next(each for each in found["breaches"] if each["id"] == BUDGET)
    worst = max(found["breaches"], key=lambda each: each["chance"])
    main = found["flows"][found["main"]]["total"]
    low, high = (result.aim.figure(main[end]) for end in ("p10", "p90"))
    passed = f"its budget {_chance(budget['chance'])}"
    if worst["chance"] > max(budget["chance"], RARE):
        passed = f"{passed} and the limit on {worst['name']} {_chance(worst['chance'])}"
    return (
        f"The plan exceeds {passed}; in 8 of 10 cases it brings {low} to {high} {result.aim.tail}{_planned(result)}."
    )


def _planned(result: Result) -> str:
    return f", planned {result.aim.figure(result.plan.value)}"


def _chance(chance: float) -> str:
    """A chance as people say it."""
    if chance < RARE:
        return "in fewer than 1 of 200 cases"
    if chance > 1 - RARE:
        return "nearly always"
    return f"in {words.number(round(chance * 100))} of 100 cases"


def worth_of_more(result: Result, found: dict[str, Any]) -> str:
    """What a tenth less and a tenth more of the limit would change."""
    points = [point for point in found["points"] if point["objective"] is not None]
    here = next((point for point in points if point["amount"] == found["present"]), None)
    if here is None:
        return f"Within the present {found['name'].lower()} there is no plan."
    less = [point for point in points if point["amount"] < here["amount"]]
    more = [point for point in points if point["amount"] > here["amount"]]
    parts = [
        _step(result, found, here, point, way)
        for point, way in ((less[-1] if less else None, "less"), (more[0] if more else None, "more"))
        if point is not None
    ]
    return f"{'; '.join(parts)}." if parts else "Only the present amount was tried."


def _step(result: Result, found: dict[str, Any], here: dict[str, Any], point: dict[str, Any], way: str) -> str:
    amount = quantity(round(abs(point["amount"] - here["amount"]), 2), found["unit"])
    change = point["objective"] - here["objective"]
    if abs(change) < 1e-6:
        return f"{amount} {way} would change nothing"
    does = "cost" if change < 0 else "bring"
    told = f"{amount} {way} would {does} {result.aim.amount(round(abs(change), 2))}"
    codes = {each[0] for each in point["chosen"]}
    gone = [each[0] for each in here["chosen"] if each[0] not in codes]
    return f"{told}: {names(result, gone)} would leave" if gone and way == "less" else told


def how_firm(result: Result, found: dict[str, Any]) -> str:
    """How many candidates are beyond doubt, and which one is worth knowing more about."""
    places = [each["place"] for each in found["indexes"]]
    core, doubtful, out = (places.count(place) for place in ("core", "borderline", "exterior"))
    sure = words.counted(core, "candidate") if core else "No candidate"
    head = (
        f"{sure} {'are' if core > 1 else 'is'} in the best plan however things come out, "
        f"{f'{words.number(out)} never' if out else 'none can be ruled out'}, "
        f"for {words.number(doubtful) if doubtful else 'none'} it depends"
    )
    known = next((each for each in found["information"] if each["worth"] > 0.5), None)
    if known is None:
        return f"{head}."
    does = "costs" if known["name"] == "cost" else "brings"
    return f"{head}; most worth knowing is what {names(result, [known['candidate']])} {does}."
