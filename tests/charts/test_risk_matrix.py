import pytest

from mainstay.charts.risk_matrix import RiskCell, risk_matrix

from .helpers import drawn, table

CELLS = [RiskCell(5, 5, 1, 2e6, "/r/"), RiskCell(1, 2, 3, 1e5), RiskCell(5, 5, 1, 1e6), RiskCell(3, 4, 2)]


def test_the_title_counts_the_grave_and_their_exposure():
    assert risk_matrix(CELLS, "GBP").title == ("4 of 7 risks are high or extreme, with GBP 3.0m of GBP 3.1m exposure")
    assert risk_matrix(CELLS[3:]).title == "2 of 2 risks are high or extreme"
    assert risk_matrix([RiskCell(5, 5, 1), RiskCell(1, 1, 1)], noun="threat").title == (
        "1 of 2 threats is high or extreme"
    )


def test_all_twenty_five_cells_are_there_from_the_most_probable():
    told = table(risk_matrix(CELLS, "GBP"))
    assert told[0] == ("Probability", "Impact", "Level", "Risks", "Exposure")
    assert told[1] == ("5 Very high", "1 Very low", "△ Moderate", 0, 0)
    assert told[5] == ("5 Very high", "5 Very high", "◆ Extreme", 2, 3e6)
    assert told[22] == ("1 Very low", "2 Low", "● Low", 3, 1e5)
    assert len(told) == 26


def test_cells_of_one_place_are_added_up_and_open_their_records():
    row = risk_matrix(CELLS, "GBP").rows[4]
    assert (row["count_label"], row["exposure_label"], row["url"]) == ("2", "GBP 3.0m", "/r/")


@pytest.mark.parametrize(
    ("probability", "impact", "level"),
    [
        (1, 4, "● Low"),
        (1, 5, "△ Moderate"),
        (3, 3, "△ Moderate"),
        (2, 5, "▲ High"),
        (3, 4, "▲ High"),
        (3, 5, "◆ Extreme"),
    ],
)
def test_the_level_is_that_of_the_product(probability, impact, level):
    assert RiskCell(probability, impact, 1).level == level


def test_it_draws_numbers_and_exposure():
    picture = drawn(risk_matrix(CELLS, "GBP"))
    assert "GBP 3.0m" in picture
    assert "Very high" in picture


def test_without_risks_it_says_so():
    assert risk_matrix([]).title == "No risk has a probability and an impact yet"
    assert {row["count"] for row in risk_matrix([]).rows} == {0}


@pytest.mark.parametrize("step", [0, 6])
def test_a_step_outside_the_scale_is_refused(step):
    with pytest.raises(ValueError, match="from 1 to 5"):
        RiskCell(step, 3, 1)
    with pytest.raises(ValueError, match="from 1 to 5"):
        RiskCell(3, step, 1)
