"""Dates as people write them."""

from datetime import date

import pytest

from mainstay.core.exchange import BadCell
from mainstay.core.exchange.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026/3/31", "2026-03-31T00:00:00", "2026-03-31 00:00:00", "20260331", "31/03/2026", "31.3.26",
        "31-03-2026", "31 March 2026", "31st Mar 2026", "31-Mar-26", "March 31, 2026", "Mar 31 2026",
    ],
)  # fmt: skip
def test_a_date_is_read(text):
    assert read_date(text) == date(2026, 3, 31)


def test_numbers_alone_are_read_in_the_order_chosen():
    assert read_date("03/04/2026") == date(2026, 4, 3)
    assert read_date("03/04/2026", "mdy") == date(2026, 3, 4)
    assert read_date("26/03/04", "ymd") == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "31/31/2026", "soon", "Q3 2026", "44286", "2026", "March 2026", "1/2"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(BadCell):
        read_date(text)


@pytest.mark.parametrize("text", ["0202-01-01", "9999-12-31", "1066-10-14"])
def test_a_year_that_cannot_be_meant_is_refused(text):
    with pytest.raises(BadCell, match="lies outside 1900 to 2200"):
        read_date(text)
