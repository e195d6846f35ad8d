"""What a gate asks of a project and what it has shown: one line for each thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.governance.gates.fields import Known, holds, known_fields, rule_words, value_of
from mainstay.governance.gates.terms import Gate

MET = "yes"


@dataclass(frozen=True)
class Asked:
    """One thing a gate asks: of what kind, in which words, whether it is there, and what was said to it."""

    part: str
    key: str
    text: str
    is_met: bool
    is_figure: bool = False
    answer: str = ""
    note: str = ""
    links: tuple[Mapping[str, str], ...] = ()


def asked(project: Any, gate: Gate, answers: Mapping[str, Any]) -> list[Asked]:
    """Everything a gate asks, in the order in which it is read."""
    known = known_fields()
    return [
        *(_answered("criteria", line, answers) for line in gate["criteria"]),
        *(_judged(project, rule, known) for rule in gate["rules"]),
        *(_evident(line, answers) for line in gate["evidence"]),
        *(_answered("checklist", line, answers) for line in gate["checklist"]),
        *(_filled(project, name, known) for name in gate["fields"]),
    ]


def _answered(part: str, line: Mapping[str, str], answers: Mapping[str, Any]) -> Asked:
    given = answers.get(part, {}).get(line["key"], {})
    answer = given.get("answer", "")
    return Asked(part, line["key"], line["text"], answer == MET, answer=answer, note=given.get("note", ""))


def _judged(project: Any, rule: Mapping[str, str], known: Mapping[str, Known]) -> Asked:
    is_figure = rule["field"] not in known or known[rule["field"]].is_figure
    return Asked("rules", rule["field"], rule_words(rule, known), holds(project, rule), is_figure)


def _evident(line: Mapping[str, str], answers: Mapping[str, Any]) -> Asked:
    links = tuple(answers.get("evidence", {}).get(line["key"], []))
    return Asked("evidence", line["key"], line["text"], bool(links), links=links)


def _filled(project: Any, name: str, known: Mapping[str, Known]) -> Asked:
    label = known[name].label if name in known else name
    is_figure = name not in known or known[name].is_figure
    return Asked("fields", name, f"{label} is given", value_of(project, name) is not None, is_figure)


def missing(lines: list[Asked]) -> list[Asked]:
    """What is not there yet."""
    return [line for line in lines if not line.is_met]


def open_words(lines: list[Asked], *, sees_figures: bool = False) -> str:
    """What is missing in one sentence part; figures are not told to those who may not see them."""
    told = [line.text for line in missing(lines) if sees_figures or not line.is_figure]
    hidden = len(missing(lines)) - len(told)
    if hidden:
        told.append("a business-case figure" if hidden == 1 else f"{hidden} business-case figures")
    return "; ".join(told)
