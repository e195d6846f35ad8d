"""One cell at a time: a value, nothing, or text given instead of a value."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.core.exchange import BadCell, Column, Kind, Options
from mainstay.core.exchange.readers import read_cell

COST = Column("cost", "Cost", Kind.MONEY, keeps_text=True)
END = Column("end", "End", Kind.DATE, keeps_text=True)
HEALTH = Column(
    "health", "Health", Kind.CHOICE, choices=(("green", "On track"), ("red", "Off track"), ("", "Unknown"))
)
NAME = Column("name", "Name", longest=10)
OPEN = Column("open", "Open", Kind.YES_NO)


@pytest.mark.parametrize("text", ["", "NA", "n/a", "-", "–", "TBC", "None", None])
def test_words_for_nothing_are_nothing_and_not_zero(text):
    for column in (COST, END, HEALTH, OPEN):
        read = read_cell(text or None, column, Options())
        assert (read.value, read.given) == (None, "")


def test_text_where_a_value_belongs_is_an_error_unless_it_is_to_be_kept_or_dropped():
    with pytest.raises(BadCell, match="is no number"):
        read_cell("Exempt under Section 43", COST, Options())
    kept = read_cell("Exempt under Section 43", COST, Options(text="keep"))
    assert (kept.value, kept.given) == (None, "Exempt under Section 43")
    dropped = read_cell("Exempt under Section 43", COST, Options(text="drop"))
    assert (dropped.value, dropped.given) == (None, "")


def test_text_is_kept_only_where_there_is_a_place_for_it():
    with pytest.raises(BadCell):
        read_cell("perhaps", OPEN, Options(text="keep"))


def test_amounts_are_scaled_and_rounded_to_the_penny_with_a_note():
    assert read_cell("£33.73", COST, Options(scale=Decimal(1_000_000))).value == Decimal("33730000.00")
    rounded = read_cell("0.125", COST, Options())
    assert (rounded.value, rounded.note) == (Decimal("0.12"), "rounded to 2 decimal places")


def test_typed_cells_of_a_workbook_are_taken_as_they_are():
    assert read_cell(Decimal("12.5"), COST, Options()).value == Decimal("12.50")
    assert read_cell(date(2026, 3, 31), END, Options()).value == date(2026, 3, 31)
    assert read_cell(True, OPEN, Options()).value is True
    assert read_cell(Decimal(1234), NAME, Options()).value == "1234"


@pytest.mark.parametrize(("cell", "column"), [(True, COST), (date(2026, 1, 1), COST), (Decimal(45_000), END)])
def test_typed_cells_of_another_kind_are_errors(cell, column):
    with pytest.raises(BadCell):
        read_cell(cell, column, Options())


def test_a_number_is_no_place_for_an_amount_of_money():
    with pytest.raises(BadCell, match="is an amount of money, not a number"):
        read_cell("£5", Column("votes", "Votes", Kind.NUMBER), Options())


@pytest.mark.parametrize("word", ["On track", "on track", "GREEN", "green"])
def test_a_choice_is_known_by_its_word_or_its_key(word):
    assert read_cell(word, HEALTH, Options()).value == "green"


def test_the_words_of_the_file_may_be_put_into_ours():
    assert read_cell("G", HEALTH, Options(words={"g": "On track"})).value == "green"


def test_an_unknown_choice_names_those_there_are():
    with pytest.raises(BadCell) as bad:
        read_cell("Puce", HEALTH, Options())
    assert bad.value.advice == "Choose from: On track, Off track."


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("0", False), ("TRUE", True), ("n", False), ("x", True)])
def test_yes_and_no_are_read(word, value):
    assert read_cell(word, OPEN, Options()).value is value


def test_only_the_first_of_several_words_may_be_taken():
    assert read_cell("sport, health", NAME, Options(first_of=",")).value == "sport"


def test_a_name_on_two_lines_becomes_one_line():
    assert read_cell("New\n depot", NAME, Options()).value == "New depot"


def test_a_text_too_long_is_an_error_or_shortened_with_the_whole_kept():
    with pytest.raises(BadCell, match="It has 11 characters; at most 10 fit"):
        read_cell("x" * 11, NAME, Options())
    read = read_cell("Bridge over troubled water", NAME, Options(overflow="description"))
    assert (read.value, read.overflow) == ("Bridge ov…", "Bridge over troubled water")
