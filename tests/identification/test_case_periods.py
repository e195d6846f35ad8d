"""Periods: their names, and amounts taken from one grain to another."""

from datetime import date

import pytest

from mainstay.identification.case_periods import Frame, Move


@pytest.mark.parametrize(
    ("first", "grain", "labels"),
    [
        (date(2027, 1, 1), "year", ["2027", "2028"]),
        (date(2027, 4, 1), "year", ["2027/28", "2028/29"]),
        (date(2027, 10, 1), "quarter", ["Q4 2027", "Q1 2028"]),
        (date(2027, 2, 1), "quarter", ["Feb–Apr 2027", "May–Jul 2027"]),
        (date(2027, 12, 1), "month", ["Dec 2027", "Jan 2028"]),
    ],
)
def test_a_period_is_called_as_people_call_it(first, grain, labels):
    assert [period.label for period in Frame(first, grain, 2).periods] == labels


def test_an_amount_stays_where_its_period_stays():
    move = Move(Frame(date(2027, 1, 1), "year", 3), Frame(date(2028, 1, 1), "year", 3))
    moved = move.amounts({"2027-01-01": "1.00", "2028-01-01": "2.00", "2029-01-01": "0.00"})
    assert (moved.amounts, moved.lost) == ({"2028-01-01": "2.00", "2029-01-01": "0.00"}, 1)


def test_into_longer_periods_amounts_are_added_up():
    move = Move(Frame(date(2027, 1, 1), "month", 14), Frame(date(2027, 1, 1), "year", 2))
    moved = move.amounts({"2027-01-01": "1.10", "2027-12-01": "2.20", "2028-02-01": "4.00"})
    assert (moved.amounts, moved.lost) == ({"2027-01-01": "3.30", "2028-01-01": "4.00"}, 0)


def test_into_shorter_periods_amounts_are_laid_evenly_to_the_cent():
    move = Move(Frame(date(2027, 1, 1), "quarter", 1), Frame(date(2027, 1, 1), "month", 3))
    assert move.amounts({"2027-01-01": "10.00"}).amounts == {
        "2027-01-01": "3.34", "2027-02-01": "3.33", "2027-03-01": "3.33",
    }  # fmt: skip


def test_a_measure_is_averaged_and_repeated_instead():
    year, half = Frame(date(2027, 1, 1), "year", 1), Frame(date(2027, 1, 1), "quarter", 2)
    assert Move(half, year).amounts({"2027-01-01": "4.00", "2027-04-01": "5.00"}, is_sum=False).amounts == {
        "2027-01-01": "4.50"
    }
    assert Move(year, half).amounts({"2027-01-01": "4.00"}, is_sum=False).amounts == {
        "2027-01-01": "4.00", "2027-04-01": "4.00",
    }  # fmt: skip
