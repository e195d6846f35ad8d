"""Scenarios in plain sentences."""

from typing import Any

from mainstay.authorisation.models import PlanLine
from mainstay.authorisation.scenarios.frame import Frame
from mainstay.authorisation.scenarios.totals import Totals
from mainstay.charts import words
from mainstay.core.templatetags.figures import day

MOST_NAMES = 6


def finding(totals: Totals, frame: Frame) -> str:
    """What a scenario comes to, and whether anything is exceeded."""
    if not totals.count:
        return f"None of {words.counted(totals.of, 'project')} is in yet; take some in, or let the solver choose."
    told = f"{words.number(totals.count)} of {words.counted(totals.of, 'project')} "
    told += f"{'brings' if totals.count == 1 else 'bring'} {frame.aim.amount(round(totals.value, 2))} for "
    told += words.money(totals.cost, frame.currency)
    if not totals.over:
        return f"{told}; everything fits."
    return f"{told}; {totals.over[0][:1].lower()}{totals.over[0][1:]}{_more(totals.over)}."


def _more(over: list[str]) -> str:
    return f", and {words.counted(len(over) - 1, 'more limit is', 'more limits are')} exceeded" if over[1:] else ""


def differences(lines: list[PlanLine]) -> list[str]:
    """What differs from the plan of record the scenario was branched from: who comes in, who leaves, who moves."""
    told = []
    for head, found in (
        ("comes in", [line for line in lines if line.is_in and not line.base.get("is_in")]),
        ("leaves", [line for line in lines if not line.is_in and line.base.get("is_in")]),
    ):
        if found:
            verb = head if len(found) == 1 else {"comes in": "come in", "leaves": "leave"}[head]
            told.append(f"{words.counted(len(found), 'project')} {verb}: {_named(found)}.")
    if moved := [line for line in lines if is_moved(line)]:
        told.append(
            f"{words.counted(len(moved), 'project')} {'moves' if len(moved) == 1 else 'move'}: {_moves(moved)}."
        )
    return told


def is_moved(line: Any) -> bool:
    """Whether a project that is in starts on another day than in the plan of record."""
    start = line.start_date.isoformat() if line.start_date else None
    return bool(line.is_in and line.base.get("start_date") and start != line.base["start_date"])


def _named(lines: list[PlanLine]) -> str:
    names = [f"“{line.project.name}”" for line in lines[:MOST_NAMES]]
    return words.listed([*names, f"{len(lines) - MOST_NAMES} more"] if len(lines) > MOST_NAMES else names)


def _moves(lines: list[PlanLine]) -> str:
    names = [f"“{line.project.name}” to {day(line.start_date)}" for line in lines[:MOST_NAMES]]
    return words.listed([*names, f"{len(lines) - MOST_NAMES} more"] if len(lines) > MOST_NAMES else names)
