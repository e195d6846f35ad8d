from mainstay.charts.tornado import Swing, tornado

from .helpers import drawn, table

SWINGS = [
    Swing("Take-up", 2e6, 5e6, "40%", "70%"),
    Swing("Price", -2e6, 8e6, "GBP 80", "GBP 120", "/price/"),
    Swing("Delay", 4e6, 1e6, "none", "12 months"),
]


def npv(swings, base=3e6, **more):
    return tornado(swings, base, "NPV", "GBP", kind="money", **more)


def test_the_title_names_the_widest_swing_and_what_turns_the_sign():
    assert npv(SWINGS).title == ("Price moves NPV most, from GBP -2.0m to GBP 8.0m; 1 of 3 inputs can turn its sign")
    assert npv(SWINGS[2:]).title == (
        "Delay moves NPV most, from GBP 1.0m to GBP 4.0m; no input alone turns it below zero"
    )
    assert tornado([Swing("Fit", -9, -3)], -5, "Score").title == "Fit moves Score most, from -9 to -3"
    assert tornado([Swing("Fit", 0.1, 0.4)], 0.2, "Share", kind="percent").title == (
        "Fit moves Share most, from 10% to 40%; no input alone turns it below zero"
    )


def test_the_widest_stands_first_with_what_low_and_high_mean():
    assert table(npv(SWINGS)) == [
        ("Input", "At its low", "NPV then", "At its high", "NPV at the high", "Swing"),
        ("Price", "GBP 80", -2e6, "GBP 120", 8e6, 10e6),
        ("Delay", "none", 4e6, "12 months", 1e6, 3e6),
        ("Take-up", "40%", 2e6, "70%", 5e6, 3e6),
    ]


def test_what_is_not_drawn_is_said():
    figure = npv(SWINGS, most=1)
    assert [row["factor"] for row in figure.rows] == ["Price"]
    assert figure.description.endswith("the base case, GBP 3.0m. 2 inputs with smaller swings not drawn.")


def test_it_draws_both_ends():
    picture = drawn(npv(SWINGS))
    assert "GBP -2.0m … GBP 8.0m" in picture
    assert "Input high" in picture


def test_without_a_swing_it_says_so():
    assert npv([]).title == "No input moves NPV"
    assert npv([Swing("Price", 3e6, 3e6)]).title == "No input moves NPV"
