"""What corrections do to a selection: the best choice as estimated, as switched on, and with all that is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.authorisation.problem import problem_of
from mainstay.core.errors import Impossible
from mainstay.engine import selection as engine
from mainstay.evaluation.corrections.taking import Taking, planning_with

SECONDS = 2.0
WAYS = {
    Taking.NONE: "As estimated",
    Taking.ON: "As switched on in the cases",
    Taking.ALL: "If every case took what is offered",
}


@dataclass(frozen=True)
class Choice:
    """The best choice under one way of taking corrections; why it cannot be told where there is none."""

    label: str
    chosen: frozenset[str]
    cost: float
    corrected: int
    is_proven: bool
    why: str = ""


@dataclass(frozen=True)
class Moved:
    """A candidate that is in under one way and out under another."""

    code: str
    name: str
    is_in: tuple[bool, ...]

    @property
    def under(self) -> list[tuple[str, bool]]:
        """Each way with whether it is in."""
        return list(zip(WAYS.values(), self.is_in, strict=True))


@dataclass(frozen=True)
class Effect:
    """A selection solved in three ways."""

    selection: Any
    choices: list[Choice]
    moved: list[Moved]

    @property
    def finding(self) -> str:
        """What the corrections that are switched on change."""
        before, after = self.choices[0], self.choices[1]
        if before.why or after.why:
            return before.why or after.why
        out, into = len(before.chosen - after.chosen), len(after.chosen - before.chosen)
        if not out and not into:
            return "The corrections that are switched on leave the best choice as it is."
        return f"The corrections that are switched on take {out} out of the best choice and bring {into} in."


def effect_on(selection: Any, user: Any) -> Effect:
    """Solve a selection as estimated, as switched on, and with all that is offered; nothing is kept."""
    names: dict[str, str] = {}
    choices = [_choice(selection, user, way, names) for way in WAYS]
    somewhere = frozenset[str]().union(*(one.chosen for one in choices))
    moved = [code for code in sorted(somewhere) if not all(code in one.chosen for one in choices if not one.why)]
    rows = [Moved(code, names[code], tuple(code in one.chosen for one in choices)) for code in moved]
    return Effect(selection, choices, rows)


def _choice(selection: Any, user: Any, way: Taking, names: dict[str, str]) -> Choice:
    try:
        with planning_with(way):
            problem, pool = problem_of(selection, user)
    except Impossible as refusal:
        return Choice(WAYS[way], frozenset(), 0.0, 0, is_proven=False, why=refusal.message)
    names |= {one.code: one.name for one in pool.candidates}
    costs: Mapping[str, float] = {one.code: float(one.cost) for one in pool.candidates}
    answer = engine.solve(problem, seconds=SECONDS)
    chosen = frozenset(answer.chosen_ids())
    why = "" if answer.objective is not None else "No choice keeps all the rules."
    corrected = sum(1 for one in pool.candidates if one.id in pool.corrected)
    return Choice(WAYS[way], chosen, sum(costs[code] for code in chosen), corrected, answer.status == "optimal", why)
