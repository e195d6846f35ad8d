"""What a form sends of a sheet is read whole, or refused cell by cell."""

import json
from decimal import Decimal

import pytest
from django.http import QueryDict

from mainstay.core.errors import Unreadable
from mainstay.core.sheet import Column, Kind, Line, LineKind, Sheet, read_sheet

TYPE = Column("type", "Type", kind=Kind.CHOICE, choices=(("capex", "Capital"), ("opex", "Running")), is_required=True)
QUARTERS = tuple(Column(f"q{n}", f"Q{n}", group="2027") for n in (1, 2))
BASE = {"7": {"type": "capex", "q1": "1,000.00", "q2": ""}, "8": {"type": "opex", "q1": "5.00", "q2": ""}}


def costs(**more) -> Sheet:
    lines = (
        Line("7", ("Licences",), {"type": "capex", "q1": Decimal(1000), "q2": None}),
        Line("8", ("People",), {"type": "opex", "q1": Decimal(5), "q2": None}),
    )
    return Sheet("costs", "Costs", (TYPE, *QUARTERS), lines, ("Line",), "GBP", **more)


def fields(cells: dict[str, dict[str, str]], base=BASE, **more) -> QueryDict:
    """What a browser without a script sends."""
    post = QueryDict(mutable=True)
    post.setlist("costs:lines", list(cells))
    post["costs"] = ""
    post["costs:base"] = json.dumps(base)
    for line, texts in cells.items():
        for column, text in texts.items():
            post[f"costs:{line}:{column}"] = text
    for name, value in more.items():
        post.setlist(name.replace("__", ":"), value)
    return post


def whole(lines: list, **more) -> dict[str, str]:
    """What the island sends."""
    return {"costs": json.dumps({"lines": lines, **more}), "costs:base": json.dumps(BASE)}


def values(entered) -> dict:
    return {line.key: line.values for line in entered.lines}


def test_cells_are_read_field_by_field():
    entered = read_sheet(fields({"7": {"type": "Running", "q1": "£1.2k", "q2": "(3)"}, "8": {"q1": "5.00"}}), costs())
    assert values(entered) == {
        "7": {"type": "opex", "q1": Decimal(1200), "q2": Decimal(-3)},
        "8": {"type": "opex", "q1": Decimal(5), "q2": None},
    }
    assert [line.key for line in entered.changed] == ["7"]
    assert not entered.is_refused


def test_cells_are_read_from_one_field():
    lines = [{"key": "8", "cells": {"type": "capex", "q1": "1.5", "q2": "2"}}, {"key": "7", "cells": {}}]
    entered = read_sheet(whole(lines), costs())
    assert values(entered)["8"] == {"type": "capex", "q1": Decimal("1.50"), "q2": Decimal(2)}
    assert [line.key for line in entered.changed] == ["8"]


def test_what_was_typed_decides_the_decimal_mark_not_what_the_page_had_written():
    cells = {
        "7": {"type": "capex", "q1": "1,000.00", "q2": "1.234,50"},
        "8": {"type": "opex", "q1": "2.000", "q2": ""},
    }
    assert values(read_sheet(fields(cells), costs()))["8"]["q1"] == Decimal(2000)


def test_without_a_pattern_numbers_are_british():
    cells = {"7": {"q1": "1,000.00"}, "8": {"q1": "2,000"}}
    assert values(read_sheet(fields(cells), costs()))["8"]["q1"] == Decimal(2000)


def test_text_is_refused_beside_its_cell_and_nothing_is_ready_to_save():
    entered = read_sheet(fields({"7": {"type": "Luck", "q1": "abc", "q2": "4"}, "8": {"type": ""}}), costs())
    assert entered.errors == {
        ("7", "type"): "“Luck” is none of: Capital, Running.",
        ("7", "q1"): "“abc” is no number.",
        ("8", "type"): "Needed.",
    }
    assert entered.is_refused
    shown = entered.shown()
    assert shown.lines[0].typed == {"type": "Luck", "q1": "abc"}
    assert shown.lines[0].values["q2"] == Decimal(4)
    assert shown.base["7"]["q1"] == Decimal(1000)


def test_bounds_are_told_as_figures():
    share = Column("share", "Share", unit="%", minimum=Decimal(0), maximum=Decimal(100), decimals=1)
    sheet = Sheet("costs", "Shares", (share,), (Line("1"), Line("2"), Line("3")))
    lines = [{"key": key, "cells": {"share": text}} for key, text in (("1", "120"), ("2", "-1"), ("3", "12.25%"))]
    entered = read_sheet(whole(lines), sheet)
    assert entered.errors == {("1", "share"): "At most 100.0.", ("2", "share"): "At least 0.0."}
    assert entered.lines[2].values["share"] == Decimal("12.3")


def test_new_lines_are_read_and_empty_ones_dropped():
    cells = {"new-1": {"type": "Capital", "q1": "9"}, "new-2": {"type": "", "q1": ""}}
    entered = read_sheet(fields(cells), costs(can_add_lines=True))
    assert [(line.key, line.kind, line.values["q1"]) for line in entered.added] == [
        ("new-1", LineKind.NEW, Decimal(9))
    ]
    assert not entered.is_refused


def test_a_line_that_is_gone_is_refused_where_lines_cannot_be_added():
    entered = read_sheet(fields({"99": {"type": "capex", "q1": "9"}}), costs())
    assert entered.errors == {
        ("99", "type"): "Somebody removed this line meanwhile; it cannot be saved here any more."
    }


def test_lines_are_removed_only_where_that_is_offered():
    post = fields({"7": {"q1": "1"}, "8": {"q1": "2"}}, costs__gone=["7", "elsewhere"])
    open_ones = read_sheet(post, costs(can_remove_lines=True))
    assert (open_ones.removed, [line.key for line in open_ones.lines]) == (("7",), ["8"])
    fixed = read_sheet(post, costs())
    assert (fixed.removed, [line.key for line in fixed.lines]) == ((), ["7", "8"])


def test_a_fixed_line_cannot_be_written():
    sheet = Sheet("costs", "Costs", QUARTERS, (Line("1", ("Do nothing",), kind=LineKind.FIXED),), ("Line",))
    entered = read_sheet(whole([{"key": "1", "cells": {"q1": "5"}}]), sheet)
    assert entered.lines == ()
    assert [line.key for line in entered.shown().lines] == ["1"]


def test_what_was_sent_as_it_was_shown_changes_nothing():
    cells = {key: dict(texts) for key, texts in BASE.items()}
    assert read_sheet(fields(cells), costs()).is_unchanged


@pytest.mark.parametrize(
    "post",
    [
        {"costs": "{"},
        {"costs": "[]"},
        {"costs": '{"lines": [1]}'},
        {"costs": '{"lines": [{"key": "../7", "cells": {}}]}'},
        {"costs": '{"lines": [{"key": "7", "cells": {"q1": 5}}]}'},
        {"costs": '{"lines": [{"key": "7", "cells": {"q1": "\\u0000"}}]}'},
        {"costs": json.dumps({"lines": [{"key": "7", "cells": {"q1": "1" * 2001}}]})},
        {"costs": "[" * 100_000},
        {"costs": '{"lines": []}', "costs:base": "nonsense"},
        {"costs": json.dumps({"lines": [{"key": f"new-{n}", "cells": {"q1": "1"}} for n in range(201)]})},
    ],
)
def test_what_is_no_sheet_is_refused_in_words(post):
    with pytest.raises(Unreadable) as refused:
        read_sheet(post, costs(can_add_lines=True))
    assert "Nothing was saved." in str(refused.value)


def test_a_long_text_is_refused_with_its_limit():
    sheet = Sheet("costs", "Costs", (Column("name", "Name", kind=Kind.TEXT, longest=5),), (Line("1"),))
    entered = read_sheet(whole([{"key": "1", "cells": {"name": "  a  bc\n"}}]), sheet)
    assert entered.lines[0].values == {"name": "a bc"}
    entered = read_sheet(whole([{"key": "1", "cells": {"name": "abcdef"}}]), sheet)
    assert entered.errors == {("1", "name"): "Too long: 5 characters at most."}


def test_the_complaints_of_an_operation_stand_beside_their_cells():
    entered = read_sheet(fields({"7": {"q1": "1"}}), costs()).with_errors({("7", "q1"): "The period is closed."})
    assert entered.shown().lines[0].errors == {"q1": "The period is closed."}
    assert entered.is_refused


def test_keys_that_cannot_be_field_names_are_refused():
    with pytest.raises(ValueError, match="cannot name a column"):
        Column("a:b", "A")
    with pytest.raises(ValueError, match="cannot name a line"):
        Line("a b")
    with pytest.raises(ValueError, match="two columns or two lines"):
        Sheet("costs", "Costs", (TYPE, TYPE), ())


def test_what_was_not_touched_keeps_decimals_that_are_not_shown():
    sheet = Sheet("costs", "Costs", QUARTERS, (Line("7", (), {"q1": Decimal("1.005"), "q2": None}),))
    entered = read_sheet(whole([{"key": "7", "cells": {"q1": "1.01", "q2": "3"}}]), sheet)
    assert entered.lines[0].values == {"q1": Decimal("1.005"), "q2": Decimal(3)}
