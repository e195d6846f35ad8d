"""`mainstay plan --frontier`, and explanations that are not proven, in words."""

import json

import pytest

from mainstay.cli import main, plan_report
from tests.engine.selection.builders import EXAMPLES

FIVE = str(EXAMPLES / "five-projects.json")


def printed(capsys, *options: str, code: int = 0) -> str:
    """What the command says about the five projects."""
    assert main(["plan", FIVE, *options]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def test_value_against_money_in_words(capsys):
    lines = printed(capsys, "--frontier", "money:5").splitlines()
    first = lines.index("Value against money")
    points = lines[first + 1 : first + 6]
    assert [each.split("  +")[0].strip() for each in points] == [
        "160: 45, proven",
        "240: 67, proven",
        "320 (now): 89, proven",
        "400: 103, proven",
        "480: 103, proven",
    ]
    assert points[3:] == ["  400: 103, proven  +D", "  480: 103, proven"]


def test_value_against_money_as_a_document(capsys):
    found = json.loads(printed(capsys, "--json", "--frontier", "money:3"))["frontier"]
    assert (found["format"], found["axis"], found["present"], found["proven"]) == (
        "mainstay-frontier/1",
        "money",
        320,
        True,
    )
    assert [(each["amount"], each["objective"], each["status"]) for each in found["points"]] == [
        (160, 45, "optimal"),
        (320, 89, "optimal"),
        (480, 103, "optimal"),
    ]


def test_a_limit_nobody_knows_is_wrong_use(capsys):
    said = printed(capsys, "--frontier", "gold:5", code=2)
    assert said == "mainstay plan: --frontier: there is no limit or measure gold\n"


@pytest.mark.parametrize("wanted", ["money", "money:", ":5", "money:0", "money:1001", "money:x"])
def test_a_frontier_without_limit_or_points_is_wrong_use(wanted, capsys):
    with pytest.raises(SystemExit) as refusal:
        main(["plan", FIVE, "--frontier", wanted])
    assert refusal.value.code == 2
    assert "is not LIMIT:POINTS with 1 to 1000 points" in capsys.readouterr().err


def explanation(**figures: object) -> dict[str, object]:
    """An explanation of D as it stands in an answer."""
    empty = {"candidate": "D", "chosen": False, "reason": None, "blocked_by": [], "displaces": [], "enters": []}
    unknown = {"price_of_inclusion": None, "value_of_having": None, "at_least": None, "flip": [], "proven": False}
    return empty | unknown | figures


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"price_of_inclusion": 8, "at_least": 3}, "D is out. With it the plan would be worth 3 to 8 less."),
        ({"price_of_inclusion": 8, "at_least": -1}, "D is out. With it the plan would be worth at most 8 less."),
        ({"price_of_inclusion": 8, "at_least": 8}, "D is out. With it the plan would be worth 8 less."),
        ({"price_of_inclusion": -2, "at_least": -5}, "D is out. With it the plan would be worth at least 2 more."),
        (
            {"chosen": True, "value_of_having": 8, "at_least": None},
            "D is in. Without it the plan would be worth at most 8 less.",
        ),
    ],
)
def test_what_is_not_proven_is_told_within_its_bounds(figures, sentence):
    assert list(plan_report.explain(explanation(**figures))) == [sentence]


def test_an_increase_that_is_not_proven_is_told_within_its_bounds():
    flip = {"limit": "money", "change": 10, "at_least": 4, "then_enters": ["D"], "then_leaves": [], "objective": 92}
    told = list(plan_report.explain(explanation(flip=[flip | {"proven": False}])))
    assert told == ["  With from +4 and at most +10 on money, D would enter, and the plan would be worth 92."]
