"""The gates of a model as data: checked when they are written, so that a published gate can always be asked."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.governance.gates.fields import TESTS, Known, known_fields, number_of
from mainstay.portfolio.models import Stage

PARTS = ("criteria", "evidence", "checklist")
MOST_GATES, MOST_LINES, LONGEST_LINE, LONGEST_NAME = 20, 40, 300, 80
CONDITIONS = frozenset({"theme", "field", "value", "cost_above"})

Gate = dict[str, Any]


def clean_gates(gates: Any) -> list[Gate]:
    """Gates as they are stored; refused with what is wrong, gate by gate."""
    if not isinstance(gates, list) or len(gates) > MOST_GATES:
        raise ValidationError({"gates": f"Gates are a list of at most {MOST_GATES}."})
    known, stages = known_fields(), set(Stage.objects.values_list("key", flat=True))
    found = [_gate(gate, number, known, stages) for number, gate in enumerate(gates, 1)]
    _refuse_twice([gate["key"] for gate in found], "Two gates have the key {}.")
    _refuse_twice(
        [f"{gate['origin'] or 'any stage'} to {gate['target']}" for gate in found], "Two gates lead from {}."
    )
    return found


def _refuse_twice(words: Sequence[str], message: str) -> None:
    for word in words:
        if words.count(word) > 1:
            raise ValidationError({"gates": message.format(word)})


def _gate(gate: Any, number: int, known: Mapping[str, Known], stages: set[str]) -> Gate:
    if not isinstance(gate, Mapping):
        raise ValidationError({"gates": f"Gate {number} is not a set of fields."})
    name = str(gate.get("name") or "").strip()
    target, origin = str(gate.get("target") or ""), str(gate.get("origin") or "")
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError({"name": f"Gate {number} needs a name of at most {LONGEST_NAME} characters."})
    if target not in stages:
        raise ValidationError({"target": f"Gate {number} leads into no stage; choose one."})
    if origin and origin not in stages - {target}:
        raise ValidationError({"origin": f"Gate {number} leads from no other stage; choose one."})
    return {
        "key": str(gate.get("key") or target)[:40],
        "name": name,
        "origin": origin,
        "target": target,
        **{part: clean_lines(part, gate.get(part) or []) for part in PARTS},
        "rules": clean_rules(gate.get("rules") or [], known),
        "fields": _fields(gate.get("fields") or [], known),
    }


def clean_lines(part: str, lines: Iterable[Any]) -> list[dict[str, str]]:
    """Things a gate asks for, each with a key that stays the same while its words do."""
    texts = [str(line.get("text", "") if isinstance(line, Mapping) else line).strip() for line in lines]
    texts = list(dict.fromkeys(text for text in texts if text))
    if len(texts) > MOST_LINES or any(len(text) > LONGEST_LINE for text in texts):
        raise ValidationError({part: f"At most {MOST_LINES} lines of {LONGEST_LINE} characters."})
    return [{"key": hashlib.sha256(text.encode()).hexdigest()[:10], "text": text} for text in texts]


def clean_rules(rules: Iterable[Any], known: Mapping[str, Known]) -> list[dict[str, str]]:
    """Rules on fields, each a field, a comparison and a value; also as one line: `risk <= 60`."""
    return [_rule(rule, known) for rule in rules]


def _rule(rule: Any, known: Mapping[str, Known]) -> dict[str, str]:
    if isinstance(rule, str):
        rule = dict(zip(("field", "test", "value"), rule.split(maxsplit=2), strict=False))
    field, test, value = (str(rule.get(name, "")).strip() for name in ("field", "test", "value"))
    if field not in known:
        raise ValidationError({"rules": f"There is no field {field or '(none)'}; write for example risk <= 60."})
    if test not in TESTS or not value or len(value) > LONGEST_LINE:
        tests = ", ".join(TESTS)
        raise ValidationError({"rules": f"After {field} comes one of {tests}, then a value: risk <= 60."})
    return {"field": field, "test": test, "value": value}


def _fields(names: Iterable[Any], known: Mapping[str, Known]) -> list[str]:
    wanted = list(dict.fromkeys(map(str, names)))
    if unknown := [name for name in wanted if name not in known]:
        raise ValidationError({"fields": f"There is no field {', '.join(unknown)[:200]}."})
    return wanted


def clean_applies_to(given: Any) -> dict[str, str]:
    """Which projects a model is for; empty means all below its portfolio."""
    if not isinstance(given, Mapping) or given.keys() - CONDITIONS:
        raise ValidationError({"applies_to": "It applies by theme, by a field and its value, or above a cost."})
    found = {name: str(value).strip() for name, value in given.items() if value not in (None, "")}
    if ("field" in found) != ("value" in found):
        raise ValidationError({"value": "Choose a field and the value it must have."})
    if "field" in found and found["field"] not in known_fields():
        raise ValidationError({"field": "There is no such field."})
    if "cost_above" in found and number_of(found["cost_above"]) is None:
        raise ValidationError({"cost_above": "This takes an amount."})
    return found
