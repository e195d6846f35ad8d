from mainstay.charts.breach_chances import BreachChance, breach_chances

from .helpers import drawn, table

CHANCES = [BreachChance("Days", 0.1, 0.003, 40, 44, "days"), BreachChance("Budget", 0.76, 0.004, 320, 343, "GBP")]


def test_the_title_names_the_likeliest_and_counts_the_safe():
    assert breach_chances(CHANCES).title == "Budget is exceeded in 76 of 100 cases; 1 of 2 limits is safe in 8 of 10"
    assert breach_chances(CHANCES[:1]).title == "Days is exceeded in 10 of 100 cases"
    assert breach_chances([BreachChance("Budget", 0.0)]).title == "No limit is ever passed"
    assert breach_chances([]).title == "The plan has no limits"


def test_the_likeliest_stands_first_with_its_error_and_a_state():
    assert table(breach_chances(CHANCES))[1:] == [
        ("Budget", 0.76, "± 0.8%", 320, 343, "GBP", "◆ Likely"),
        ("Days", 0.1, "± 0.6%", 40, 44, "days", "● Unlikely"),
    ]
    assert breach_chances([BreachChance("Budget", 0.3)]).rows[0]["state"] == "▲ Possible"


def test_it_draws_chances():
    assert "76%" in drawn(breach_chances(CHANCES))
