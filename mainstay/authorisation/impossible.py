"""Why there is no plan: the smallest set of limits, rules and forced candidates that cannot hold together."""

from mainstay.authorisation.result import Result
from mainstay.authorisation.sentences import limit_name, lower, quantity, quoted
from mainstay.charts import words
from mainstay.engine import selection as engine


def conflict(result: Result) -> str:
    """The smallest set in one sentence; empty where there is no conflict."""
    ids = result.solution.answer.get("conflict") or []
    if not ids:
        return ""
    if told := _too_much(result, set(ids)):
        return told
    if len(ids) == 1:
        return f"This alone cannot hold: {member(result, ids[0])}."
    told = words.listed([member(result, each) for each in ids])
    return f"These cannot hold together, but without any one of them the others could: {told}."


def member(result: Result, id: str) -> str:
    """A limit, a rule or a forcing as part of a sentence."""
    for limit in result.problem.limits:
        if limit.id == id:
            return f"the {limit_name(result, id)} of at most {quantity(limit.total or 0.0, limit.unit)}"
    for candidate in result.problem.candidates:
        if candidate.id == id:
            return f"{quoted(result, id)} is forced {candidate.forced} ({lower(candidate.reason)})"
    return next((_rule(result, rule) for rule in result.problem.rules if rule.id == id), id)


def _rule(result: Result, rule: engine.Rule) -> str:
    """A rule with the names of its candidates instead of their codes."""
    if isinstance(rule, engine.Requires):
        return f"{quoted(result, rule.candidate)} requires {quoted(result, rule.needs)}"
    if isinstance(rule, engine.AtMostOne):
        return f"at most one of {words.listed([quoted(result, code) for code in rule.candidates])} may be in"
    return rule.id


def _too_much(result: Result, ids: set[str]) -> str:
    """One limit that is too small for candidates forced in; empty where the conflict is of another kind."""
    limits = [each for each in result.problem.limits if each.id in ids]
    forced = [each for each in result.problem.candidates if each.id in ids and each.forced == "in"]
    if len(limits) != 1 or not forced or len(ids) != 1 + len(forced):
        return ""
    limit = limits[0]
    need = sum(sum(each.options[0].use.get(limit.id, ())) for each in forced)
    names = words.listed([f"{quoted(result, each.id)} ({lower(each.reason)})" for each in forced])
    must, together = ("has to be in and needs", "") if len(forced) == 1 else ("have to be in and need", " together")
    needed, given = quantity(need, limit.unit), quantity(limit.total or 0.0, limit.unit)
    return f"{names} {must} {needed}{together}, more than the {limit_name(result, limit.id)} of {given}."
