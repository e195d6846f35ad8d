"""Rules that selections and scenarios share: dependencies of the register, groups, shares of money."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from mainstay.charts import words
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Dependency, DependencyKind, Phase

Forcing = Literal["in", "out"]
Forced = dict[str, tuple[Forcing, str]]
BUDGET = "budget"
COMMITTED_ALREADY = "It is committed already"
EXCLUDES_COMMITTED = "It excludes a project that is committed already"
REQUIRES_NOTHING_HERE = "It requires a project that is neither committed nor a candidate"
NOT_BY_HAND = frozenset({COMMITTED_ALREADY, EXCLUDES_COMMITTED, REQUIRES_NOTHING_HERE})
"""Why candidates are settled without anybody having done it by hand."""


def dependency_rules(code_of: Mapping[int, str], forced: Forced) -> Iterator[engine.Rule]:
    """The dependencies of the register between candidates; those on others settle a candidate in `forced` at once."""
    rows = Dependency.objects.filter(project_id__in=code_of).exclude(kind=DependencyKind.FINISH_TO_START)
    told = set()
    for row in rows.select_related("needs__stage"):
        one, other = code_of[row.project_id], code_of.get(row.needs_id)
        if other is None:
            _settle(one, row, forced)
        elif row.kind == DependencyKind.REQUIRES:
            yield engine.Requires(f"{one} requires {other}", one, other)
        elif frozenset({one, other}) not in told:
            told.add(frozenset({one, other}))
            yield engine.AtMostOne(f"{one} excludes {other}", (one, other))


def _settle(code: str, row: Dependency, forced: Forced) -> None:
    """A candidate that depends on a project that is no candidate."""
    is_settled = row.needs.stage.phase in {Phase.COMMITTED, Phase.FINISHED}
    if row.kind == DependencyKind.REQUIRES and not is_settled:
        forced[code] = ("out", REQUIRES_NOTHING_HERE)
    if row.kind == DependencyKind.EXCLUDES and is_settled:
        forced[code] = ("out", EXCLUDES_COMMITTED)


def group_rules(groups: Iterable[Iterable[str]], codes: set[str]) -> Iterator[engine.Rule]:
    """Groups of candidates of which at most one may be chosen, each once."""
    known = dict.fromkeys(tuple(sorted(codes.intersection(group))) for group in groups)
    for group in known:
        if len(group) > 1:
            yield engine.AtMostOne(f"at most one of {words.listed(group)}", group)


def share_rule(share: Mapping[str, Any]) -> engine.Rule:
    """What part of the money spent a theme takes."""
    theme, low, high = share["theme"], part(share.get("min")), part(share.get("max"))
    bounds = bounds_in_words(low, high)
    return engine.Share(f"{theme} takes {bounds} of what is spent", BUDGET, {"theme": theme}, low, high)


def bounds_in_words(low: float | None, high: float | None) -> str:
    """Parts from 0 to 1 in words: `at least 20% and at most 40%`."""
    bounds = (("at least", low), ("at most", high))
    return " and ".join(f"{word} {words.percent(bound)}" for word, bound in bounds if bound is not None)


def part(percentage: Any) -> float | None:
    """A percentage as a part from 0 to 1; None for none."""
    return None if percentage in (None, "") else float(Decimal(str(percentage)) / 100)
