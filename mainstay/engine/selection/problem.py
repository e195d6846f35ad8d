"""The planning problem: limits, candidates and rules over a number of periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mainstay.engine.selection.candidate import Candidate, Forcing, Option
from mainstay.engine.selection.checks import LONGEST_HORIZON, refuse_repeats
from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.order import refuse_circular_order
from mainstay.engine.selection.rule import MeasureBounds, Rule, Saving, Share


@dataclass(frozen=True, slots=True)
class Problem:
    """A whole selection-and-timing problem, checked: every id is known, every length fits.

    `periods` is the number of periods of the horizon, numbered from 0. Raises `ProblemError` with the path
    of the first thing that makes no sense.

    >>> once = Option("full", duration=1, starts=(0,), values=(30.0,), use={"money": (100.0,)})
    >>> Problem(1, (Limit("money", total=320),), (Candidate("A", (once,)),)).candidates[0].id
    'A'
    """

    periods: int
    limits: tuple[Limit, ...]
    candidates: tuple[Candidate, ...]
    rules: tuple[Rule, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.periods <= LONGEST_HORIZON:
            raise ProblemError("periods", f"{self.periods} must lie between 1 and {LONGEST_HORIZON}")
        refuse_repeats("limits", [each.id for each in self.limits], "limit", ".id")
        refuse_repeats("candidates", [each.id for each in self.candidates], "candidate", ".id")
        refuse_repeats("rules", [each.id for each in self.rules], "rule", ".id")
        self._refuse_misfitting_limits()
        self._refuse_misfitting_options()
        self._refuse_unknown_names()
        refuse_circular_order(self.rules)

    def limit(self, id: str) -> Limit:
        """The limit with this id; `KeyError` when there is none."""
        return {each.id: each for each in self.limits}[id]

    def candidate(self, id: str) -> Candidate:
        """The candidate with this id; `KeyError` when there is none."""
        return {each.id: each for each in self.candidates}[id]

    def with_forced(self, id: str, forced: Forcing | None) -> Problem:
        """The same problem with one candidate forced in, forced out or set free."""
        return self._with_candidate(replace(self.candidate(id), forced=forced))

    def with_more(self, increases: Mapping[str, float]) -> Problem:
        """The same problem with some limits increased: every period of a limit by the same amount."""
        return replace(self, limits=tuple(_increased(each, increases.get(each.id, 0)) for each in self.limits))

    def _with_candidate(self, changed: Candidate) -> Problem:
        kept = (changed if each.id == changed.id else each for each in self.candidates)
        return replace(self, candidates=tuple(kept))

    def _refuse_misfitting_limits(self) -> None:
        for place, limit in enumerate(self.limits):
            if limit.by_period is not None and len(limit.by_period) != self.periods:
                sentence = f"has {len(limit.by_period)} amounts for {self.periods} periods"
                raise ProblemError(f"limits[{place}].by_period", sentence)
            if limit.window is not None and limit.window[1] > self.periods:
                sentence = f"{limit.window[1]} is beyond the {self.periods} periods"
                raise ProblemError(f"limits[{place}].window[1]", sentence)

    def _refuse_misfitting_options(self) -> None:
        known = {each.id for each in self.limits}
        for place, candidate in enumerate(self.candidates):
            for nth, option in enumerate(candidate.options):
                path = f"candidates[{place}].options[{nth}]"
                self._refuse_late_starts(path, option)
                if unknown := [used for used in option.use if used not in known]:
                    raise ProblemError(f"{path}.use.{unknown[0]}", f'there is no limit "{unknown[0]}"')

    def _refuse_late_starts(self, path: str, option: Option) -> None:
        for place, start in enumerate(option.starts):
            if start >= self.periods:
                sentence = f"{start} is after the last period {self.periods - 1}"
                raise ProblemError(f"{path}.starts[{place}]", sentence)

    def _refuse_unknown_names(self) -> None:
        candidates = {each.id for each in self.candidates}
        for place, rule in enumerate(self.rules):
            for field, named in rule.places():
                if named not in candidates:
                    raise ProblemError(f"rules[{place}].{field}", f'there is no candidate "{named}"')
            self._refuse_unknown_subject(f"rules[{place}]", rule)

    def _refuse_unknown_subject(self, path: str, rule: Rule) -> None:
        if isinstance(rule, MeasureBounds) and not any(rule.measure in each.measures for each in self.options()):
            raise ProblemError(f"{path}.measure", f'no option has a measure "{rule.measure}"')
        if isinstance(rule, Share):
            self._known_limit(f"{path}.of", rule.of)
        if isinstance(rule, Saving) and self._known_limit(f"{path}.limit", rule.limit).total is None:
            sentence = f'a saving needs a limit with a total, "{rule.limit}" goes by period'
            raise ProblemError(f"{path}.limit", sentence)

    def _known_limit(self, path: str, id: str) -> Limit:
        for limit in self.limits:
            if limit.id == id:
                return limit
        raise ProblemError(path, f'there is no limit "{id}"')

    def options(self) -> Iterable[Option]:
        """Every option of every candidate."""
        return (option for candidate in self.candidates for option in candidate.options)


def _increased(limit: Limit, more: float) -> Limit:
    if limit.by_period is not None:
        return replace(limit, by_period=tuple(amount + more for amount in limit.by_period))
    return replace(limit, total=(limit.total or 0) + more)
