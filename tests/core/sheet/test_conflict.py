"""Two people type into one sheet: nothing is lost, and only what both changed is asked."""

import json
from dataclasses import replace
from decimal import Decimal

from django.http import QueryDict

from mainstay.core.sheet import Column, Line, LineKind, Sheet, read_sheet

COLUMNS = tuple(Column(f"q{n}", f"Q{n}") for n in (1, 2, 3))


def line(key: str, *amounts: int | None, **more) -> Line:
    values = {column.key: None if n is None else Decimal(n) for column, n in zip(COLUMNS, amounts, strict=True)}
    return Line(key, (f"Line {key}",), values, **more)


def sheet(*lines: Line) -> Sheet:
    return Sheet("costs", "Costs", COLUMNS, lines, ("Line",), "GBP", can_add_lines=True, can_remove_lines=True)


def typed(before: Sheet, now: Sheet, lines: dict[str, list[str]], gone=()):
    """What somebody typed who began with `before`, read when `now` is stored."""
    base = {row.key: {c.key: before.written(row.values[c.key], c) for c in COLUMNS} for row in before.lines}
    sent = [{"key": key, "cells": {f"q{n}": text for n, text in enumerate(t, 1)}} for key, t in lines.items()]
    post = {"costs": json.dumps({"lines": sent, "gone": list(gone)}), "costs:base": json.dumps(base)}
    return read_sheet(post, now)


def test_only_cells_that_both_changed_are_asked():
    before, now = sheet(line("1", 10, 20, 30)), sheet(line("1", 11, 22, 30))
    merged = typed(before, now, {"1": ["10", "25", "33"]}).beside(now, "Mei")
    assert merged.lines[0].values == {"q1": Decimal(11), "q2": Decimal(25), "q3": Decimal(33)}
    assert merged.lines[0].theirs == {"q2": Decimal(22)}
    assert merged.lines[0].taken == {"q1"}
    assert merged.base == {"1": {"q1": Decimal(11), "q2": Decimal(22), "q3": Decimal(30)}}
    assert merged.who == "Mei"


def test_two_who_typed_the_same_do_not_disagree():
    before, now = sheet(line("1", 10, 20, None)), sheet(line("1", 12, 20, None))
    merged = typed(before, now, {"1": ["12.00", "20", ""]}).beside(now)
    assert (merged.lines[0].theirs, merged.lines[0].taken) == ({}, frozenset())


def test_emptying_a_cell_is_a_change_too():
    before, now = sheet(line("1", 10, 20, 30)), sheet(line("1", None, 21, 30))
    merged = typed(before, now, {"1": ["10", "", "30"]}).beside(now)
    assert merged.lines[0].values == {"q1": None, "q2": None, "q3": Decimal(30)}
    assert (merged.lines[0].theirs, merged.lines[0].taken) == ({"q2": Decimal(21)}, {"q1"})


def test_what_could_not_be_read_stays_as_typed():
    before, now = sheet(line("1", 10, 20, 30)), sheet(line("1", 11, 20, 30))
    merged = typed(before, now, {"1": ["abc", "20", "30"]}).beside(now)
    assert merged.lines[0].typed == {"q1": "abc"}
    assert merged.lines[0].theirs == {"q1": Decimal(11)}


def test_lines_of_both_are_kept():
    before, now = sheet(line("1", 1, 1, 1)), sheet(line("1", 1, 1, 1), line("5", 5, 5, 5))
    merged = typed(before, now, {"1": ["1", "1", "1"], "new-1": ["7", "", ""]}).beside(now)
    assert [(row.key, row.kind) for row in merged.lines] == [
        ("1", LineKind.STORED),
        ("5", LineKind.STORED),
        ("new-1", LineKind.NEW),
    ]


def test_a_line_the_other_removed_stays_only_where_something_was_typed_into_it():
    before, now = sheet(line("1", 1, 1, 1), line("2", 2, 2, 2)), sheet()
    merged = typed(before, now, {"1": ["1", "1", "1"], "2": ["2", "9", "2"]}).beside(now)
    assert [(row.key, row.kind, row.values["q2"]) for row in merged.lines] == [("2", LineKind.NEW, Decimal(9))]


def test_a_line_removed_here_comes_back_where_the_other_changed_it():
    before, now = sheet(line("1", 1, 1, 1), line("2", 2, 2, 2)), sheet(line("1", 1, 1, 1), line("2", 2, 2, 3))
    merged = typed(before, now, {}, gone=["1", "2"]).beside(now)
    assert [row.key for row in merged.lines] == ["2"]


def test_without_a_script_the_choice_of_each_cell_is_sent_beside_it():
    now = sheet(line("1", 11, 22, 30))
    post = QueryDict(mutable=True)
    post.update({"costs:lines": "1", "costs:1:q1": "15", "costs:1:q2": "25", "costs:1:q3": "30"})
    post.update({"costs:whose:1:q1": "mine", "costs:whose:1:q2": "theirs"})
    entered = read_sheet(post, now)
    assert entered.lines[0].values == {"q1": Decimal(15), "q2": Decimal(22), "q3": Decimal(30)}


def test_a_second_conflict_begins_with_what_was_stored_at_the_first():
    before, now = sheet(line("1", 10, 20, 30)), sheet(line("1", 11, 22, 30))
    first = typed(before, now, {"1": ["15", "20", "30"]}).beside(now)
    later = replace(now, lines=(line("1", 11, 22, 31),))
    second = typed(replace(now), later, {"1": [first.written(v, COLUMNS[0]) for v in first.lines[0].values.values()]})
    merged = second.beside(later)
    assert (merged.lines[0].theirs, merged.lines[0].taken) == ({}, {"q3"})


def test_a_line_removed_here_stays_removed_while_the_rest_is_settled():
    before, now = sheet(line("1", 1, 1, 1), line("2", 2, 2, 2)), sheet(line("1", 1, 1, 1), line("2", 2, 2, 3))
    merged = typed(before, now, {"2": ["2", "2", "4"]}, gone=["1"]).beside(now)
    assert ([row.key for row in merged.lines], merged.gone) == (["2"], ("1",))
    assert typed(before, now, {"2": ["2", "2", "x"]}, gone=["1"]).shown().gone == ("1",)
