"""Numbers and amounts as people write them."""

from decimal import Decimal

import pytest

from mainstay.core.exchange import BadCell
from mainstay.core.exchange.amounts import DOLLARS, read_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34", "34"),
        ("£33.73", "33.73"),
        ("1,234", "1234"),
        ("£1,234,567.89", "1234567.89"),
        ("-3%", "-3"),
        ("(1,200)", "-1200"),
        ("-£5", "-5"),
        ("£-5", "-5"),
        ("− 7", "-7"),
        ("1 234 567", "1234567"),
        ("1\u00a0234.5", "1234.5"),
        ("12'500", "12500"),
        ("1E+06", "1000000"),
        (".5", "0.5"),
        ("GBP 12", "12"),
        ("12 GBP", "12"),
        ("12zł", "12"),
        ("1200 kr", "1200"),
    ],
)
def test_an_amount_is_read(text, value):
    assert read_amount(text).value == Decimal(value)


@pytest.mark.parametrize(("text", "value"), [("1.234,50", "1234.50"), ("12,5", "12.5"), ("1 234,5 zł", "1234.5")])
def test_decimals_may_stand_after_a_comma(text, value):
    assert read_amount(text, ",").value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "currencies"),
    [("£5", {"GBP"}), ("5 €", {"EUR"}), ("$5", DOLLARS), ("PLN 5", {"PLN"}), ("5 HUF", {"HUF"}), ("5", set())],
)
def test_a_sign_or_code_says_the_currency(text, currencies):
    assert read_amount(text).currencies == currencies


@pytest.mark.parametrize(
    "text",
    [
        "twelve", "12,34", "1,23,456", "1.2.3", "12 apples", "5-6", "--5", "£", "", "1,234.567,8", "0x10", "1_000",
        "٣.", "Infinity", "NaN", "1e999", "Exempt under Section 43", "12 34",
    ],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_none(text):
    with pytest.raises(BadCell):
        read_amount(text)


def test_a_number_too_large_to_keep_is_refused():
    with pytest.raises(BadCell, match="larger than any number kept here"):
        read_amount("99999999999999999")


def test_the_advice_tells_about_the_other_way_to_write_decimals():
    with pytest.raises(BadCell) as bad:
        read_amount("12,34")
    assert bad.value.advice == "If the decimals stand after a comma, choose that for the column."
