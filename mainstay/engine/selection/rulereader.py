"""Reading the rules of a `mainstay-plan/1` document, one reader for each kind."""

from __future__ import annotations

from collections.abc import Callable

from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.node import Node
from mainstay.engine.selection.rule import (
    AllOrNone,
    AtMostOne,
    Bonus,
    FinishToStart,
    MeasureBounds,
    Requires,
    Rule,
    Saving,
    Share,
)

_ALWAYS = ("id", "kind")
_TEXTS = ("name", "note")


def read_rule(node: Node) -> Rule:
    """The rule at this place; `ProblemError` when its kind is unknown or its fields do not fit the kind."""
    entries = node.entries()
    if "kind" not in entries:
        raise ProblemError(node.path, '"kind" is missing')
    kind = entries["kind"].text()
    if kind not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise ProblemError(f"{node.path}.kind", f'there is no kind of rule "{kind}", only {known}')
    return _READERS[kind](node)


def _requires(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "candidate", "needs"), _TEXTS)
    return Requires(fields["id"].text(), fields["candidate"].text(), fields["needs"].text())


def _finish_to_start(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "before", "after"), (*_TEXTS, "lag"))
    lag = fields["lag"].whole() if "lag" in fields else 0
    return FinishToStart(fields["id"].text(), fields["before"].text(), fields["after"].text(), lag)


def _at_most_one(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "candidates"), _TEXTS)
    return AtMostOne(fields["id"].text(), fields["candidates"].texts())


def _all_or_none(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "candidates"), _TEXTS)
    return AllOrNone(fields["id"].text(), fields["candidates"].texts())


def _share(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "of", "where"), (*_TEXTS, "min", "max"))
    where = {tag: each.text() for tag, each in fields["where"].entries().items()}
    return Share(fields["id"].text(), fields["of"].text(), where, *_bounds(fields))


def _measure(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "measure"), (*_TEXTS, "min", "max"))
    return MeasureBounds(fields["id"].text(), fields["measure"].text(), *_bounds(fields))


def _bonus(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "candidates", "value"), _TEXTS)
    return Bonus(fields["id"].text(), fields["candidates"].texts(), fields["value"].number())


def _saving(node: Node) -> Rule:
    fields = node.fields((*_ALWAYS, "candidates", "limit", "amount"), _TEXTS)
    candidates, limit = fields["candidates"].texts(), fields["limit"].text()
    return Saving(fields["id"].text(), candidates, limit, fields["amount"].number())


def _bounds(fields: dict[str, Node]) -> tuple[float | None, float | None]:
    low = fields["min"].number() if "min" in fields else None
    high = fields["max"].number() if "max" in fields else None
    return low, high


_READERS: dict[str, Callable[[Node], Rule]] = {
    "requires": _requires,
    "finish_to_start": _finish_to_start,
    "at_most_one": _at_most_one,
    "all_or_none": _all_or_none,
    "share": _share,
    "measure": _measure,
    "bonus": _bonus,
    "saving": _saving,
}
