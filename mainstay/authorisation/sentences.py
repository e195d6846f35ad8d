"""The answer in plain sentences, for people who have never seen a solver."""

from decimal import Decimal
from typing import Any

from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Result
from mainstay.charts import words

MOST_NAMES = 3
LONGEST_NAME = 60
BY_A_GATE = "because a gate of the score model is failed"
FOR_WANT = "for want of a figure; none is counted as zero"


def money(amount: float | Decimal, currency: str) -> str:
    """An exact amount: `PLN 4,986,682`, with cents only where there are some."""
    number = float(amount)
    return f"{currency} {words.number(number, 0 if number.is_integer() else 2)}"


def finding(result: Result) -> str:
    """The one sentence that says what came out."""
    status = result.solution.status
    if status == "infeasible":
        return "No choice of candidates keeps every limit and rule."
    if status == "unknown":
        return "No plan was found in the time given; solve it again, or loosen a limit or a rule."
    count, everything = result.plan.count, len(result.lines)
    budget = money(result.budget, result.currency)
    if count == 0:
        return f"None of the {words.counted(everything, 'candidate')} is worth choosing within {budget}."
    fit, they = ("fits", "it brings") if count == 1 else ("fit", "they bring")
    gain = f"{they} {result.aim.amount(result.plan.value)}{_compared(result)}."
    return f"{words.number(count)} of {words.counted(everything, 'candidate')} {fit} into {budget}; {gain}"


def _compared(result: Result) -> str:
    if result.present is None:
        return ""
    gain = result.plan.value - result.present.value
    if gain == 0:
        return ", the same as the present selection"
    word = "more" if gain > 0 else "less"
    if result.present.value > 0 and abs(gain) >= result.present.value / 100:
        return f", {words.percent(abs(gain) / result.present.value)} {word} than the present selection"
    return f", {result.aim.amount(abs(gain))} {word} than the present selection"


def proof(result: Result) -> str:
    """How good the plan provably is."""
    answer = result.solution.answer
    if result.solution.status == "optimal":
        return "Proven: no other choice within the limits and rules brings more."
    if answer.get("bound") is None or not result.solution.has_plan:
        return "Not proven: the solver stopped before it could tell how good the best choice is."
    return (
        f"Not proven: another choice might bring up to {result.aim.amount(answer['bound'])}{_further(result)}; "
        "the solver stopped before it could tell."
    )


def _further(result: Result) -> str:
    """How much that is above the plan, as a share."""
    bound, value = result.solution.answer["bound"], result.plan.value
    return f", {words.percent(bound / value - 1, 1)} more" if value > 0 and bound > value else ""


def quantity(amount: float, unit: str) -> str:
    """An amount of a limit in its unit: currencies stand in front, other units behind."""
    if unit.isupper() and len(unit) == 3:
        return money(amount, unit)
    return f"{words.number(amount, 0 if float(amount).is_integer() else 2)} {unit}".strip()


def lower(sentence: str) -> str:
    """A sentence as part of another one."""
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


def statement(result: Result, authorised: int) -> str:
    """What a decision says for the record."""
    were = "candidate was" if authorised == 1 else "candidates were"
    cost = money(result.plan.cost, result.currency)
    budget = money(result.budget, result.currency)
    return (
        f"{words.number(authorised)} of {len(result.lines)} {were} authorised. The plan costs {cost} "
        f"of a budget of {budget} and brings {result.aim.amount(result.plan.value)}{_compared(result)}."
    )


def names(result: Result, codes: list[str]) -> str:
    """Candidates by name, a few of them."""
    told = [quoted(result, code) for code in codes[:MOST_NAMES]]
    if rest := len(codes) - MOST_NAMES:
        told += [words.counted(rest, "other")] if rest > 0 else []
    return words.listed(told)


def quoted(result: Result, code: str) -> str:
    """A candidate's name in quotation marks, so that one sees where it ends."""
    return f"“{shorten(result.names.get(code, code))}”"


def shorten(name: str) -> str:
    """A name of bearable length."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def limit_name(result: Result, id: str) -> str:
    """A limit's name within a sentence."""
    return "budget" if id == BUDGET else result.problem.limit(id).name.lower()


def left_out(entries: list[dict[str, Any]]) -> str:
    """How many projects could not take part: those barred by a gate, and those that give no figure."""
    barred = sum(entry.get("is_barred", False) for entry in entries)
    parts = [
        f"{words.counted(count, 'project was', 'projects were')} left out {why}"
        for count, why in ((barred, BY_A_GATE), (len(entries) - barred, FOR_WANT))
        if count
    ]
    return f"{'; '.join(parts)}." if parts else ""
