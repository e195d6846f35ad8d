from mainstay.charts.dispersion import EvaluatorScore, dispersion

from .helpers import drawn, table

GIVEN = [
    EvaluatorScore("Fit", "Bram", 60, "/b/"),
    EvaluatorScore("Risk", "Ada", 20, "/a/"),
    EvaluatorScore("Risk", "Bram", 80),
    EvaluatorScore("Fit", "Ada", 50),
]


def test_the_title_names_where_evaluators_differ_most():
    assert dispersion(GIVEN, 25).title == (
        "Evaluators differ most on Risk, from 20 to 80; 1 of 2 criteria is to discuss"
    )
    assert dispersion(GIVEN, 5).title == (
        "Evaluators differ most on Risk, from 20 to 80; 2 of 2 criteria are to discuss"
    )
    assert dispersion(GIVEN, 60).title == "Evaluators agree within 60 on 2 criteria"


def test_the_widest_spread_stands_first_with_the_mean():
    assert table(dispersion(GIVEN, 25)) == [
        ("Criterion", "Evaluator", "Score", "Mean", "From the mean", "State"),
        ("Risk", "Ada", 20, 50.0, "−30.0", "◆ To discuss"),
        ("Risk", "Bram", 80, 50.0, "+30.0", "◆ To discuss"),
        ("Fit", "Bram", 60, 55.0, "+5.0", "● Within tolerance"),
        ("Fit", "Ada", 50, 55.0, "−5.0", "● Within tolerance"),
    ]


def test_blind_scores_name_nobody_and_open_nothing():
    figure = dispersion(GIVEN, 25, blind=True)
    assert [row["evaluator"] for row in figure.rows] == ["Evaluator 1", "Evaluator 2", "Evaluator 2", "Evaluator 1"]
    assert {row["url"] for row in figure.rows} == {""}
    assert "Bram" not in str(figure.vega()) + drawn(figure)


def test_the_scale_is_the_one_given():
    assert dispersion(GIVEN, 1, low=1, high=5).params == {"low": 1, "high": 5}
    assert "To discuss" in drawn(dispersion(GIVEN, 1))


def test_without_scores_it_says_so():
    assert (dispersion([], 10).title, dispersion([], 10).rows) == ("No score is given yet", ())
