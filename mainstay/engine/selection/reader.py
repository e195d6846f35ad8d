"""Reading a `mainstay-plan/1` document, strictly: what is not understood is refused, never skipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mainstay.engine.selection.candidate import Candidate, Forcing, Option
from mainstay.engine.selection.checks import refuse_nonsense
from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.limit import Limit, Overload
from mainstay.engine.selection.node import Node
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import Rule
from mainstay.engine.selection.rulereader import read_rule

PROBLEM_FORMAT = "mainstay-plan/1"
_FORCINGS: dict[str, Forcing] = {"in": "in", "out": "out"}


def read_problem(source: str | bytes | Mapping[str, object]) -> Problem:
    """The planning problem in a JSON text, or in the object such a text holds.

    Raises `ProblemError` with the JSON path and a sentence for anything that makes no sense.

    >>> read_problem('{"format": "mainstay-plan/1", "periods": 0, "limits": [], "candidates": []}')
    Traceback (most recent call last):
    mainstay.engine.selection.error.ProblemError: $.periods: 0 must lie between 1 and 10000
    """
    document = _parsed(source) if isinstance(source, str | bytes) else dict(source)
    root = Node(document)
    if isinstance(document, dict) and document.get("format", PROBLEM_FORMAT) != PROBLEM_FORMAT:
        raise ProblemError("$.format", f'must be "{PROBLEM_FORMAT}"')
    fields = root.fields(("format", "periods", "limits", "candidates"), ("rules", "name", "note"))
    with _standing_at("$"):
        return Problem(
            periods=fields["periods"].whole(),
            limits=tuple(_limit(each) for each in fields["limits"].items()),
            candidates=tuple(_candidate(each) for each in fields["candidates"].items()),
            rules=tuple(_rule(each) for each in _optional_items(fields, "rules")),
            name=_optional_text(fields, "name"),
        )


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_no_constant)
    except ProblemError:
        raise
    except RecursionError:
        raise ProblemError("$", "is nested too deeply") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise ProblemError("$", f"is not JSON: {error}") from None


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProblemError("$", f'the field "{twice}" appears twice in one object')
    return found


def _no_constant(word: str) -> object:
    raise ProblemError("$", f"{word} is not a number that JSON knows")


@contextmanager
def _standing_at(path: str) -> Iterator[None]:
    """Complete the path of a refusal by a noun that does not know where it stands in the document."""
    try:
        yield
    except ProblemError as error:
        if error.path.startswith("$"):
            raise
        raise error.under(path) from None


def _limit(node: Node) -> Limit:
    optional = ("unit", "by_period", "total", "window", "overload", "name", "note")
    fields = node.fields(("id",), optional)
    with _standing_at(node.path):
        return Limit(
            id=fields["id"].text(),
            by_period=fields["by_period"].numbers() if "by_period" in fields else None,
            total=fields["total"].number() if "total" in fields else None,
            window=_window(fields["window"]) if "window" in fields else None,
            overload=_overload(fields["overload"]) if "overload" in fields else None,
            unit=_optional_text(fields, "unit"),
            name=_optional_text(fields, "name"),
        )


def _window(node: Node) -> tuple[int, int]:
    ends = tuple(each.whole() for each in node.items())
    if len(ends) != 2:
        raise ProblemError(node.path, "must be two periods, the first and the one after the last")
    return ends


def _overload(node: Node) -> Overload:
    fields = node.fields(("share", "price"))
    with _standing_at(node.path):
        return Overload(share=fields["share"].number(), price=fields["price"].number())


def _candidate(node: Node) -> Candidate:
    fields = node.fields(("id", "options"), ("forced", "reason", "name", "note"))
    with _standing_at(node.path):
        return Candidate(
            id=fields["id"].text(),
            options=tuple(_option(each) for each in fields["options"].items()),
            forced=_forcing(fields["forced"]) if "forced" in fields else None,
            reason=_optional_text(fields, "reason"),
            name=_optional_text(fields, "name"),
        )


def _forcing(node: Node) -> Forcing:
    word = node.text()
    if word in _FORCINGS:
        return _FORCINGS[word]
    raise ProblemError(node.path, f'"{word}" must be "in", "out" or null')


def _option(node: Node) -> Option:
    optional = ("value", "value_by_start", "use", "measures", "tags", "name", "note")
    fields = node.fields(("id", "duration", "starts"), optional)
    starts = tuple(each.whole() for each in fields["starts"].items())
    with _standing_at(node.path):
        return Option(
            id=fields["id"].text(),
            duration=fields["duration"].whole(),
            starts=starts,
            values=_values(node, fields, len(starts)),
            use={name: each.numbers() for name, each in _optional_entries(fields, "use")},
            measures={name: each.number() for name, each in _optional_entries(fields, "measures")},
            tags={name: each.text() for name, each in _optional_entries(fields, "tags")},
            name=_optional_text(fields, "name"),
        )


def _values(option: Node, fields: dict[str, Node], starts: int) -> tuple[float, ...]:
    if ("value" in fields) == ("value_by_start" in fields):
        raise ProblemError(option.path, "needs either value or value_by_start, and not both")
    if "value_by_start" in fields:
        return fields["value_by_start"].numbers()
    value = fields["value"].number()
    refuse_nonsense(fields["value"].path, value)
    return (value,) * starts


def _rule(node: Node) -> Rule:
    with _standing_at(node.path):
        return read_rule(node)


def _optional_text(fields: dict[str, Node], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _optional_items(fields: dict[str, Node], name: str) -> Iterator[Node]:
    return fields[name].items() if name in fields else iter(())


def _optional_entries(fields: dict[str, Node], name: str) -> Iterator[tuple[str, Node]]:
    return iter(fields[name].entries().items()) if name in fields else iter(())
