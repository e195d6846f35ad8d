import json
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.template import RequestContext, Template
from django.test import RequestFactory

from mainstay.core.rank import Override, RankColumn, RankLimit, RankList, RankRow, settled
from mainstay.core.rank_moves import MoveForm, answer_move, read_amount, refused_move
from mainstay.core.rank_totals import left_words, totals
from mainstay.core.weighing import WeighedCriterion, WeighedRow, Weighing, read_weights

COST = RankColumn("cost", "Cost", "GBP", "money")
HOURS = RankColumn("hours", "Hours", "h", places=1)
STAGE = RankColumn("stage", "Stage", kind="text")


def row(key: str, cost: int | None, **more) -> RankRow:
    return RankRow(key, f"Project {key}", {"cost": cost, "hours": 2.5, "stage": "<Idea>"}, code=key.upper(), **more)


def ranking(**more) -> RankList:
    rows = [row("must", 30, is_must=True), row("a", 40), row("b", 50), row("c", None), row("d", 10)]
    given = {"limit": RankLimit("cost", Decimal(100)), "move_url": "/moves/", "version": 4} | more
    return RankList("ranking", "Candidates", [COST, HOURS, STAGE], rows, **given)


def request(path: str = "/list/", data: dict | None = None, htmx: bool = True):
    factory = RequestFactory()
    made = factory.get(path) if data is None else factory.post(path, data)
    made.htmx = htmx
    made.user = None
    return made


def page(path: str = "/list/", **more) -> str:
    template = Template("{% load rank %}{% rank ranking %}")
    return template.render(RequestContext(request(path), {"ranking": ranking(**more)}))


def test_the_line_stands_before_the_first_row_that_no_longer_fits():
    assert ranking().line() == 2
    assert ranking().line(Decimal(120)) == 4
    assert ranking().line(Decimal(130)) == 5


def test_must_haves_stand_above_the_line_even_when_they_do_not_fit():
    assert ranking().line(Decimal(5)) == 1
    assert left_words(ranking(), 1, Decimal(5)) == "Must-haves exceed it by GBP 25."


def test_without_a_limit_the_line_stands_by_count_or_not_at_all():
    assert ranking(limit=None, cut=3).line() == 3
    assert ranking(limit=None).line() is None


def test_without_an_amount_there_is_no_line_until_one_is_chosen():
    open_ended = ranking(limit=RankLimit("cost", None))
    assert (open_ended.line(), open_ended.line(Decimal(100))) == (None, 2)
    text = page(limit=RankLimit("cost", None))
    assert "No cut line: choose a budget." in text
    assert "All together" in text
    assert "<tr data-under hidden>" in text
    assert 'value="" placeholder="None chosen" data-budget' in text
    assert 'data-cut hidden><td role="cell"></td>' in text
    assert "No cut line" not in page("/list/?budget=90", limit=RankLimit("cost", None))


def test_sums_on_both_sides_of_the_line_are_written_in_full():
    assert [(sum.above, sum.below) for sum in totals(ranking(), 2)] == [("GBP 70", "GBP 60"), ("5.0 h", "7.5 h")]
    assert left_words(ranking(), 2, Decimal(100)) == "GBP 30 left."
    assert left_words(ranking(), 4, Decimal(120)) == "GBP 0 left. 1 above the line has no figure and counts nothing."


def test_must_haves_come_first_and_keys_are_unique():
    with pytest.raises(ValueError, match="Must-haves come before"):
        RankList("x", "X", [], [row("a", 1), row("b", 1, is_must=True)])
    with pytest.raises(ValueError, match="key of its own"):
        RankList("x", "X", [], [row("a", 1), row("a", 2)])


def test_moved_rows_keep_their_place_and_the_others_fill_up():
    assert settled("abcdef", {"f": 1, "b": 4, "gone": 2}) == ["f", "a", "c", "b", "d", "e"]
    assert settled("abc", {"a": 9}) == ["b", "c", "a"]


def test_a_move_is_read_with_its_reason():
    form = MoveForm(ranking(), {"row": "d", "position": "2", "reason": "the law", "expected_version": "4"})
    assert form.is_valid()
    assert (form.move.row, form.move.position, form.move.reason, form.move.expected_version) == ("d", 2, "the law", 4)


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"reason": ""}, "reason", "Say why: whoever reads this rank sees that it was moved."),
        ({"reason": "  "}, "reason", "Say why: whoever reads this rank sees that it was moved."),
        ({"position": "1"}, "position", "The first 1 places belong to the must-haves."),
        ({"row": "must"}, "position", "A must-have stays among the first 1."),
        ({"position": "6"}, "position", "The list has 5 places."),
        ({"position": "0"}, "position", "Ensure this value is greater than or equal to 1."),
        ({"row": "other"}, "row", "This project is not in the list any more. Load the page again."),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_words(sent, field, message):
    form = MoveForm(ranking(), {"row": "d", "position": "2", "reason": "the law"} | sent)
    assert not form.is_valid()
    assert form.errors[field] == [message]


def test_a_refused_move_answers_the_form_with_what_was_typed():
    form = MoveForm(ranking(), {"row": "d", "position": "77", "reason": "the law"})
    answer = refused_move(request("/moves/", {}), ranking(), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="77"' in text
    assert "The list has 5 places." in text
    assert "the law</textarea>" in text


def test_a_move_answers_the_changed_rows_and_the_whole_order():
    answer = answer_move(request("/moves/", {}), ranking(), "d", "gone", back="/list/")
    table = Reader().read(answer.content.decode())
    assert table.rows == ["d"]
    assert json.loads(table.order) == ["must", "a", "b", "c", "d"]
    assert table.version == "4"


def test_without_scripts_a_move_leads_back_to_the_list():
    answer = answer_move(request("/moves/", {}, htmx=False), ranking(), "d", back="/list/")
    assert (answer.status_code, answer["Location"]) == (302, "/list/")


class Reader(HTMLParser):
    """What a script reads from an answer."""

    def read(self, text: str) -> "Reader":
        self.rows: list[str] = []
        self.feed(text)
        return self

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "table":
            self.order, self.version = told["data-order"], told["data-version"]
        if tag == "tr":
            self.rows.append(told["data-row"])


@pytest.mark.parametrize(("asked", "line"), [("", 2), ("?budget=120", 4), ("?budget=nonsense", 2)])
def test_the_address_may_ask_about_another_budget(asked, line):
    assert f"{line} above the line, {5 - line} below</td>" in page(f"/list/{asked}")


def test_a_row_is_moved_without_scripts_by_its_own_form():
    assert '<dialog class="rank-move" id="ranking-move" aria-labelledby="ranking-move-title">' in page()
    text = page("/list/?move=d")
    assert 'aria-labelledby="ranking-move-title" open>' in text
    assert "Move Project d</h2>" in text
    assert '<input type="number" name="position" value="5"' in text


def test_a_list_that_is_only_read_offers_no_move():
    text = page("/list/?move=d", move_url="")
    assert "<dialog" not in text
    assert ">Move<" not in text


def test_an_override_is_told_in_the_row_with_a_way_back():
    moved = Override(12, 3, "Amara <Diallo>", "the law wants it", undo_url="/undo/")
    rows = [row("a", 40, override=moved)]
    listed = RankList("ranking", "Candidates", [COST], rows, move_url="/moves/")
    text = Template("{% load rank %}{% rank ranking %}").render(RequestContext(request(), {"ranking": listed}))
    assert "Moved from 12 to 3 by Amara &lt;Diallo&gt;, because the law wants it" in text
    assert 'form="ranking-undo" name="row" value="a" formaction="/undo/"' in text


def test_what_people_wrote_cannot_leave_its_cell_or_the_script():
    evil = RankRow("</script><b>", "<img src=x>", {"cost": 1}, code="<i>", url='"><b>')
    listed = RankList("ranking", "Candidates", [COST], [evil], RankLimit("cost", Decimal(9)))
    text = Template("{% load rank %}{% rank ranking %}").render(RequestContext(request(), {"ranking": listed}))
    assert "<img" not in text
    assert "<i>" not in text
    assert "<b>" not in text
    assert text.count("</script>") == 1
    assert page().count("&lt;Idea&gt;") == 5


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4,500,000", 4_500_000),
        ("4.5m", 4_500_000),
        (" 900 K ", 900_000),
        ("", None),
        ("-3", None),
        ("NaN", None),
        ("1e99", None),
    ],
)
def test_a_budget_is_read_as_people_type_it(text, amount):
    assert read_amount(text) == amount


def weighing(**more) -> Weighing:
    criteria = [WeighedCriterion("fit", "Fit", Decimal(80)), WeighedCriterion("return", "Return", Decimal(20))]
    rows = [
        WeighedRow("fit", "Fit", [90, 10], amount=Decimal(50)),
        WeighedRow("none", "Unrated", [None, None]),
        WeighedRow("return", "Return", [10, 90], amount=Decimal(60)),
        WeighedRow("law", "Law", [0, 0], amount=Decimal(10), is_must=True),
    ]
    return Weighing("weights", "Weights", criteria, rows, RankLimit("cost", Decimal(100)), "GBP", **more)


def test_weights_rank_must_haves_first_and_the_unrated_last():
    assert [(one.key, total) for one, total in weighing().order] == [
        ("law", 0),
        ("fit", 74),
        ("return", 26),
        ("none", None),
    ]
    assert weighing().line == 2


def test_weights_come_in_as_a_whole():
    sent = {"weight-fit": "62.5", "weight-return": "37.5"}
    assert read_weights(sent, ["fit", "return"]) == {"fit": Decimal("62.5"), "return": Decimal("37.5")}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"weight-fit": "60", "weight-return": "30"}, "The weights add up to 90; they have to add up to 100."),
        ({"weight-fit": "much", "weight-return": "30"}, "A weight is a number from 0 to 100."),
        ({"weight-fit": "-1", "weight-return": "101"}, "A weight is a number from 0 to 100."),
        ({"weight-fit": "NaN", "weight-return": "30"}, "A weight is a number from 0 to 100."),
        ({}, "A weight is a number from 0 to 100."),
    ],
)
def test_weights_that_are_no_whole_are_refused(sent, message):
    with pytest.raises(ValidationError) as refusal:
        read_weights(sent, ["fit", "return"])
    assert message in refusal.value.messages


def test_weights_work_as_a_plain_form():
    template = Template("{% load rank %}{% weights weighing %}")
    text = template.render(RequestContext(request(), {"weighing": weighing(action="/weights/", version=3)}))
    assert 'action="/weights/"' in text
    assert 'name="weight-fit" value="80"' in text
    assert 'name="expected_version" value="3"' in text
    assert "2 of 4 stand above the line." in text
