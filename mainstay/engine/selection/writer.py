"""Writing problems and answers as JSON objects, and the fingerprint of a problem."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256

from mainstay.engine.selection.answer import Answer, Explanation, LimitUse
from mainstay.engine.selection.candidate import Candidate, Option
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.reader import PROBLEM_FORMAT
from mainstay.engine.selection.rule import Rule

ANSWER_FORMAT = "mainstay-plan-answer/1"


def problem_to_dict(problem: Problem) -> dict[str, object]:
    """The problem as the object of a `mainstay-plan/1` document, so that `read_problem` gives it back."""
    return {
        "format": PROBLEM_FORMAT,
        **_named(problem.name),
        "periods": problem.periods,
        "limits": [_limit(each) for each in problem.limits],
        "candidates": [_candidate(each) for each in problem.candidates],
        "rules": [_rule(each) for each in problem.rules],
    }


def problem_sha256(problem: Problem) -> str:
    """The SHA-256 of the problem in canonical form: sorted fields, plain numbers, no names or reasons."""
    canonical = json.dumps(_unlabelled(problem), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def answer_to_dict(answer: Answer) -> dict[str, object]:
    """The answer as the object of a `mainstay-plan-answer/1` document."""
    conflict = answer.conflict
    return {
        "format": ANSWER_FORMAT,
        "status": answer.status,
        "objective": _rounded(answer.objective),
        "bound": _rounded(answer.bound),
        "gap": _rounded(answer.gap),
        "seconds": round(answer.seconds, 4),
        "explanation_seconds": round(answer.explanation_seconds, 4),
        "seed": answer.seed,
        "solver": answer.solver,
        "problem_sha256": answer.problem_sha256,
        "chosen": [asdict(each) for each in answer.chosen],
        "limits": [_limit_use(each) for each in answer.limits],
        "conflict": None if conflict is None else [each.id for each in conflict.members],
        "conflict_is_smallest": None if conflict is None else conflict.smallest,
        "explanations": [_explanation(each) for each in answer.explanations],
    }


def _unlabelled(problem: Problem) -> dict[str, object]:
    """The problem as an object without anything that only people read."""
    options = [tuple(replace(each, name="") for each in candidate.options) for candidate in problem.candidates]
    pairs = zip(problem.candidates, options, strict=True)
    bare = replace(
        problem,
        name="",
        limits=tuple(replace(each, name="", unit="") for each in problem.limits),
        candidates=tuple(replace(each, name="", reason="", options=own) for each, own in pairs),
    )
    return problem_to_dict(bare)


def _limit(limit: Limit) -> dict[str, object]:
    written: dict[str, object] = {"id": limit.id, **_named(limit.name)}
    if limit.unit:
        written["unit"] = limit.unit
    if limit.by_period is not None:
        written["by_period"] = _plain(limit.by_period)
    else:
        written["total"] = _plain(limit.total)
    if limit.window is not None:
        written["window"] = list(limit.window)
    if limit.overload is not None:
        written["overload"] = _plain(asdict(limit.overload))
    return written


def _candidate(candidate: Candidate) -> dict[str, object]:
    reason = {"reason": candidate.reason} if candidate.reason else {}
    return {
        "id": candidate.id,
        **_named(candidate.name),
        "forced": candidate.forced,
        **reason,
        "options": [_option(each) for each in candidate.options],
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "id": option.id,
        **_named(option.name),
        "duration": option.duration,
        "starts": list(option.starts),
        "value_by_start": _plain(option.values),
        "use": _plain(option.use),
        "measures": _plain(option.measures),
        "tags": dict(option.tags),
    }


def _rule(rule: Rule) -> dict[str, object]:
    fields = {_BOUNDS.get(name, name): _plain(value) for name, value in asdict(rule).items() if value is not None}
    return {"kind": rule.kind, **fields}


_BOUNDS = {"low": "min", "high": "max"}


def _limit_use(use: LimitUse) -> dict[str, object]:
    written = {name: _rounded(value) for name, value in asdict(use).items() if not name.endswith("_by_period")}
    if use.used_by_period:
        by_period = {
            "used": use.used_by_period,
            "slack": use.slack_by_period,
            "overload": use.overload_by_period,
        }
        written["by_period"] = _rounded(by_period)
    return written


def _explanation(explanation: Explanation) -> dict[str, object]:
    written = {name: _rounded(value) for name, value in asdict(explanation).items()}
    written["blocked_by"] = [each.id for each in explanation.blocked_by]
    return written


def _named(name: str) -> dict[str, object]:
    return {"name": name} if name else {}


def _plain(value: object) -> object:
    """The value with lists for tuples and whole numbers without a decimal point."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _rounded(value: object) -> object:
    """The same with numbers rounded to nine decimals, so that no rounding noise is printed."""
    if isinstance(value, float):
        return _plain(round(value, 9))
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return value
