"""A planning answer as a person reads it in a terminal: what is in, what is out, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mainstay.cli import plan_frontier, plan_robust

type Document = Mapping[str, Any]

VERDICTS = {
    "optimal": "The best plan is worth {objective}; nothing better exists.",
    "feasible": "The plan is worth {objective}; the best possible is at most {bound} ({gap} more).",
    "infeasible": "No plan satisfies everything that is asked.",
    "unknown": "No plan was found in the time given; none was shown to be impossible either.",
}

REASONS = {
    "forced_in": "it is forced in",
    "forced_out": "it is forced out",
    "cannot_be_in": "no plan can contain it, because of {blocked_by}",
    "cannot_be_out": "no plan can do without it, because of {blocked_by}",
    "out_of_time": "there was no time to find out why",
}


def describe(problem: Document, answer: Document) -> str:
    """The whole report, line by line, for the document of the problem and that of the answer."""
    return "\n".join(_lines(problem, answer))


def _lines(problem: Document, answer: Document) -> Iterator[str]:
    yield _verdict(answer)
    if answer.get("conflict"):
        yield "These cannot hold together: " + ", ".join(map(str, answer["conflict"])) + "."
    if answer["status"] in {"optimal", "feasible"}:
        yield from _choice(problem, answer)
        yield from _limits(problem, answer)
    for explanation in answer.get("explanations") or []:
        yield from ("", *explain(explanation))
    if answer.get("frontier"):
        yield from ("", *plan_frontier.describe(answer["frontier"]))
    if answer.get("robustness"):
        yield from ("", *plan_robust.describe(answer["robustness"]))
    yield ""
    yield f"{answer['solver']}, {answer['seconds']:.2f} s, seed {answer['seed']}."


def _verdict(answer: Document) -> str:
    gap = answer.get("gap")
    is_best = answer["status"] != "optimal" or not gap
    return VERDICTS[answer["status"] if is_best else "feasible"].format(
        objective=number(answer.get("objective")),
        bound=number(answer.get("bound")),
        gap="unknown" if gap is None else f"{gap:.2%}",
    )


def _choice(problem: Document, answer: Document) -> Iterator[str]:
    candidates = {candidate["id"]: candidate for candidate in problem["candidates"]}
    chosen = {choice["candidate"]: choice for choice in answer["chosen"]}
    yield f"\nIn ({len(chosen)} of {len(candidates)})"
    rows = [(name, *_taken(candidates[name], choice)) for name, choice in chosen.items()]
    yield from table(rows)
    left = [name for name in candidates if name not in chosen]
    yield f"\nOut ({len(left)} of {len(candidates)})"
    yield from table([(name, _forcing(candidates[name])) for name in left])


def _taken(candidate: Document, choice: Document) -> tuple[str, str, str]:
    option = next(option for option in candidate["options"] if option["id"] == choice["option"])
    value = option.get("value")
    if "value_by_start" in option:
        value = option["value_by_start"][option["starts"].index(choice["start"])]
    return f"{choice['option']}, from period {choice['start']}", f"value {number(value)}", _forcing(candidate)


def _forcing(candidate: Document) -> str:
    if not candidate.get("forced"):
        return ""
    reason = candidate.get("reason")
    return f"forced {candidate['forced']}" + (f": {reason}" if reason else "")


def _limits(problem: Document, answer: Document) -> Iterator[str]:
    stated = {limit["id"]: limit for limit in problem.get("limits", [])}
    yield "\nLimits"
    yield from table([_limit(stated[limit["id"]], limit) for limit in answer["limits"]])


def _limit(stated: Document, limit: Document) -> tuple[str, str, str]:
    available = stated["total"] if "total" in stated else stated["by_period"]
    used = limit["by_period"]["used"] if "by_period" in limit else limit["used"]
    text = f"{numbers(used)} of {numbers(available)} {stated.get('unit', '')}".rstrip()
    return limit["id"], text, "binding" if limit["binding"] else f"{number(limit['slack'])} left"


def changes(changed: Sequence[str]) -> str:
    """The sentence about what differs from an earlier answer."""
    if not changed:
        return "Nothing changes against the earlier answer."
    return f"Changed against the earlier answer ({len(changed)}): {', '.join(changed)}."


def explain(explanation: Document) -> Iterator[str]:
    """The sentences about one candidate: why it is in or out, and what would turn that round."""
    name, state = explanation["candidate"], "in" if explanation["chosen"] else "out"
    if explanation.get("reason") in REASONS:
        blocked_by = ", ".join(explanation["blocked_by"])
        yield f"{name} is {state}: {REASONS[explanation['reason']].format(blocked_by=blocked_by)}."
    if (worth := explanation.get("value_of_having")) is not None:
        yield f"{name} is in. Without it the plan would be worth {_change(-worth, explanation)}{_swap(explanation)}."
    if (price := explanation.get("price_of_inclusion")) is not None:
        yield f"{name} is out. With it the plan would be worth {_change(-price, explanation)}{_swap(explanation)}."
    for flip in explanation.get("flip") or []:
        yield f"  {_turn(flip)}"


def _change(difference: float, explanation: Document) -> str:
    at_least = explanation.get("at_least")
    is_exact = explanation["proven"] or at_least == -difference
    if not is_exact and at_least is not None and at_least > 0:
        return f"{number(at_least)} to {number(-difference)} less"
    about = "" if is_exact else "at most " if difference < 0 else "at least "
    if difference == 0:
        return f"{about}just as much"
    return f"{about}{number(abs(difference))} {'more' if difference > 0 else 'less'}"


def _swap(explanation: Document) -> str:
    out, also_in = explanation.get("displaces") or [], explanation.get("enters") or []
    parts = [f"{', '.join(out)} would leave"] if out else []
    parts += [f"{', '.join(also_in)} would enter"] if also_in else []
    return "; " + " and ".join(parts) if parts else ""


def _turn(flip: Document) -> str:
    enters, leaves = flip.get("then_enters") or [], flip.get("then_leaves") or []
    effect = [f"{', '.join(enters)} would enter"] if enters else []
    effect += [f"{', '.join(leaves)} would leave"] if leaves else []
    about = "" if flip.get("proven", True) else f"from {flip.get('at_least', 0):+g} and at most "
    change = f"With {about}{flip['change']:+g} on {flip['limit']}"
    return f"{change}, {' and '.join(effect)}, and the plan would be worth {number(flip['objective'])}."


def number(value: float | None) -> str:
    """A figure with thousands separated and no needless decimals."""
    if value is None:
        return "nothing known"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0")


def numbers(value: float | Sequence[float]) -> str:
    """One figure, or one for each period between slashes."""
    return "/".join(map(number, value)) if isinstance(value, Sequence) else number(value)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows indented and aligned in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
