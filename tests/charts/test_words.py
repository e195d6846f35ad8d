import pytest

from mainstay.charts import words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0"),
        (7.5, "7.5"),
        (9_999, "9,999"),
        (9_999.6, "10k"),
        (950_000, "950k"),
        (999_499, "999k"),
        (999_500, "1.0m"),
        (12_345_678, "12.3m"),
        (494_200_000_000, "494.2bn"),
        (1_204_500_000_000, "1.2tn"),
        (-3_200_000, "-3.2m"),
    ],
)
def test_a_large_number_is_written_compactly(value, text):
    assert words.compact(value) == text


def test_money_carries_its_currency_and_a_missing_amount_is_a_dash():
    assert words.money(494.2e9, "GBP") == "GBP 494.2bn"
    assert words.money(None, "GBP") == "–"


def test_a_number_never_shows_minus_zero():
    assert words.number(-0.4) == "0"
    assert words.number(-1234.56, 1) == "-1,234.6"


def test_a_change_carries_its_sign():
    assert [words.signed(change) for change in (3, -3, 0, None)] == ["+3", "−3", "0", "–"]


def test_names_are_listed_as_in_a_sentence():
    assert words.listed([]) == ""
    assert words.listed(["money"]) == "money"
    assert words.listed(["money", "risk", "engineers"]) == "money, risk and engineers"
