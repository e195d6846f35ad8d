"""Stating a selection as a planning problem: one period, one option for each candidate, limits and rules.

The ids of rules are sentences, so that a conflict can be told with the document alone.
"""

from collections.abc import Iterator
from typing import Any

from mainstay.authorisation.candidates import Candidate, Pool, gather
from mainstay.authorisation.models import Committed, Selection
from mainstay.authorisation.rulewords import (
    BUDGET,
    COMMITTED_ALREADY,
    Forced,
    dependency_rules,
    group_rules,
    share_rule,
)
from mainstay.core.errors import Impossible
from mainstay.core.system import Actor
from mainstay.engine import selection as engine

PRESENT = "present"
NO_THEME = "none"


def problem_of(selection: Selection, actor: Actor) -> tuple[engine.Problem, Pool]:
    """The problem a selection states with what the register says now, and the pool it was made from."""
    pool = gather(selection, actor)
    if not pool.candidates:
        raise Impossible(
            "There is no candidate to choose from: none gives a cost and what is to be most and passes the gates."
        )
    return _Statement(selection, pool).problem(), pool


class _Statement:
    """A selection being put into the words of the engine."""

    def __init__(self, selection: Selection, pool: Pool) -> None:
        self.selection = selection
        self.pool = pool
        self.code_of = {candidate.id: candidate.code for candidate in pool.candidates}
        self.codes = set(self.code_of.values())
        self.forced: Forced = {}

    def problem(self) -> engine.Problem:
        """The whole problem; what makes no sense is refused with a sentence."""
        try:
            rules = tuple(self._rules())
            self._force()
            return engine.Problem(
                periods=1,
                limits=tuple(self._limits()),
                candidates=tuple(self._candidate(candidate) for candidate in self.pool.candidates),
                rules=rules,
                name=self.selection.name,
            )
        except engine.ProblemError as error:
            raise Impossible(f"The selection cannot be solved as it stands: {error}.") from error

    def _limits(self) -> Iterator[engine.Limit]:
        chosen = self.selection
        yield engine.Limit(BUDGET, total=float(chosen.budget), unit=chosen.currency, name="Budget")
        for limit in chosen.limits:
            if source := self.pool.limits.get(limit["source"]):
                unit = chosen.currency if source.is_money else source.unit
                yield engine.Limit(source.key, total=float(limit["max"]), unit=unit, name=source.label)

    def _candidate(self, candidate: Candidate) -> engine.Candidate:
        use = {BUDGET: (float(candidate.cost),)} | {key: (float(use),) for key, use in candidate.uses.items()}
        option = engine.Option(
            "whole",
            duration=1,
            starts=(0,),
            values=(float(candidate.value),),
            use=use,
            measures={PRESENT: 1.0 if candidate.is_present else 0.0},
            tags={"theme": candidate.theme or NO_THEME},
        )
        forced, reason = self.forced.get(candidate.code, (None, ""))
        return engine.Candidate(candidate.code, (option,), forced, reason, candidate.name)

    def _rules(self) -> Iterator[engine.Rule]:
        rules = self.selection.rules
        if rules.get("dependencies"):
            yield from dependency_rules(self.code_of, self.forced)
        yield from group_rules(rules.get("at_most_one", []), self.codes)
        yield from map(share_rule, rules.get("shares", []))

    def _force(self) -> None:
        """What was asked for by name, and what stays because it is committed."""
        if self.selection.committed == Committed.KEPT:
            for candidate in self.pool.candidates:
                if candidate.is_committed:
                    self.forced[candidate.code] = ("in", COMMITTED_ALREADY)
        for entry in self.selection.rules.get("forced", []):
            self._force_one(entry)

    def _force_one(self, entry: dict[str, Any]) -> None:
        code, way = entry["code"], entry["way"]
        if code in self.codes:
            self.forced[code] = (way, entry["reason"])
        elif way == "in":
            raise Impossible(f"{code} is to be in, but it is no candidate: {self._why_not(code)}")

    def _why_not(self, code: str) -> str:
        reasons = {entry.code: entry.why for entry in self.pool.left_out}
        return reasons.get(code, "it is in none of the stages chosen.")
