from mainstay.charts import Column, Figure
from mainstay.charts.confidence import RatingCount, confidence


def test_a_figure_puts_its_rows_and_its_finding_into_the_specification():
    figure = Figure({"mark": "bar"}, ({"a": 1},), (Column("A", "a", "number"),), "One is one", "A bar.")
    assert figure.vega() == {
        "mark": "bar",
        "datasets": {"rows": [{"a": 1}]},
        "description": "A bar.",
        "title": {"text": ["One is one"]},
    }
    assert figure.spec == {"mark": "bar"}


def test_the_page_writes_the_title_itself():
    figure = Figure({}, (), (), "One is one", "", {"reach": 2})
    assert figure.vega(title=False) == {
        "datasets": {"rows": []},
        "description": "",
        "params": [{"name": "reach", "value": 2}],
    }


def test_figures_of_one_kind_share_one_specification():
    one, other = confidence([RatingCount("red", 1)]), confidence([RatingCount("green", 2)])
    assert one.spec is other.spec
    assert one.vega()["datasets"] != other.vega()["datasets"]


def test_parameters_of_the_specification_stay_beside_those_of_the_figure():
    figure = Figure({"params": [{"name": "moved"}]}, (), (), "One is one", "", {"reach": 2})
    assert figure.vega()["params"] == [{"name": "reach", "value": 2}, {"name": "moved"}]
    assert figure.spec == {"params": [{"name": "moved"}]}
