"""Why a candidate is in or out, in plain sentences made from the solver's explanations."""

from typing import Any

from mainstay.authorisation.impossible import member
from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Line, Result
from mainstay.authorisation.sentences import limit_name, lower, money, names, quantity
from mainstay.charts import words

SMALL = 1e-6


def why(result: Result, line: Line) -> str:
    """The whole reason in a few sentences."""
    return " ".join(reasons(result, line))


def reasons(result: Result, line: Line) -> list[str]:
    """The reason sentence by sentence, the most telling first."""
    told = line.explanation
    if line.forced:
        return [f"{'In' if line.forced == 'in' else 'Out'} because {_forced(line)}."]
    if told is None or told.get("reason") == "out_of_time":
        return [_without_solver(result, line)]
    sentences = [_turned(result, line, told), *_flips(result, told)]
    if not told.get("proven", True):
        sentences.append("Not every figure is proven: where two are given, the truth lies between them.")
    return sentences


def _forced(line: Line) -> str:
    reason = line.forced_reason
    return lower(reason) if reason.startswith("It ") else f"of “{reason.rstrip('.')}”"


def _without_solver(result: Result, line: Line) -> str:
    """What can be said from the figures alone."""
    rank = f"it ranks {line.place} of {len(result.lines)} by what it brings for its cost"
    left = max(0.0, result.budget - result.plan.cost)
    if line.is_in:
        return f"{rank.capitalize()}."
    if line.value <= 0:
        return f"It brings {result.aim.amount(line.value)}, so the plan is better without it."
    if line.cost <= left:
        return f"The budget left would do, another limit or rule keeps it out; {rank}."
    return f"{money(left, result.currency)} is left, too little for it; {rank}."


def _turned(result: Result, line: Line, told: dict[str, Any]) -> str:
    """What the plan would be with the candidate the other way round."""
    if told.get("reason") in {"cannot_be_in", "cannot_be_out"}:
        blocked = [member(result, each) for each in told["blocked_by"]]
        way = "in" if told["reason"] == "cannot_be_in" else "out"
        return f"It cannot be {way}: {words.listed(blocked) or 'the rules'} would not hold."
    if line.is_in:
        return _having(result, told)
    return _including(result, told)


def _having(result: Result, told: dict[str, Any]) -> str:
    loss = told["value_of_having"]
    then = _without(result, told["enters"], told["displaces"], is_loss=loss > SMALL)
    if loss <= SMALL:
        return f"The plan would be as good without it{then}."
    return f"Without it the plan would bring {_amount(result, told, loss)} less{then}."


def _without(result: Result, enters: list[str], leaves: list[str], *, is_loss: bool) -> str:
    """Who would come in its place, and who would have to leave along with it."""
    swap = names(result, enters)
    if leaves:
        return f": {_would_leave(result, leaves)} too{f', and {swap} would come in' if swap else ''}"
    return f", {'even ' if is_loss else ''}with {swap} in its place" if swap else ""


def _including(result: Result, told: dict[str, Any]) -> str:
    price = told["price_of_inclusion"]
    leaves = f": {_would_leave(result, told['displaces'])}" if told["displaces"] else ""
    enters = f", and {names(result, told['enters'])} would come in" if told["enters"] else ""
    if price <= SMALL:
        return f"Including it would make the plan no worse{leaves}{enters}."
    return f"Including it would cost {_amount(result, told, price)}{leaves}{enters}."


def _amount(result: Result, told: dict[str, Any], most: float) -> str:
    """What is lost, or within which bounds where that is not proven."""
    least = told.get("at_least", most)
    if least is not None and most - least <= SMALL:
        return result.aim.amount(_tidy(most))
    if least is None or least <= SMALL:
        return f"at most {result.aim.amount(_tidy(most))}"
    return f"at least {result.aim.amount(_tidy(least))}, at most {result.aim.amount(_tidy(most))}"


def _would_leave(result: Result, codes: list[str]) -> str:
    return f"{names(result, codes)} would have to leave"


def _flips(result: Result, told: dict[str, Any]) -> list[str]:
    """The smallest increase of each limit that brings it in, and who leaves then."""
    return [_flip(result, flip, told["candidate"]) for flip in told.get("flip", [])]


def _flip(result: Result, flip: dict[str, Any], code: str) -> str:
    limit = result.problem.limit(flip["limit"])
    name = "budget" if limit.id == BUDGET else limit_name(result, limit.id)
    what = f"{_increase(flip, limit.unit)} more {name}"
    others = [each for each in flip["then_enters"] if each != code]
    company = f", together with {names(result, others)}" if others else ""
    leaves = flip["then_leaves"]
    then = f"; then {names(result, leaves)} {'leaves' if len(leaves) == 1 else 'leave'}" if leaves else ""
    return f"It comes in with {what}{company}{then}."


def _increase(flip: dict[str, Any], unit: str) -> str:
    """How much more, or within which bounds where that is not proven."""
    most = quantity(_tidy(flip["change"]), unit)
    least = flip.get("at_least", 0.0)
    if flip.get("proven", True) or flip["change"] - least <= SMALL:
        return most
    return f"at most {most}" if least <= SMALL else f"at least {quantity(_tidy(least), unit)}, at most {most},"


def _tidy(number: float) -> float:
    return round(number, 6)
