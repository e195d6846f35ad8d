"""The questions of a form: read from JSON, told again, refused where they make no sense."""

import json

import pytest
from django.core.exceptions import ValidationError

from mainstay.identification.forms import read_definition, tell_definition
from mainstay.identification.forms.definition import Stage
from tests.identification.conftest import IDEA


def test_what_is_read_is_told_again():
    told = tell_definition(read_definition(IDEA))
    assert tell_definition(read_definition(json.loads(json.dumps(told)))) == told
    assert told["sections"][0]["fields"][2]["shown_when"] == {"field": "channel", "equals": "Phone"}
    assert told["case_required_at"] == ""


def test_a_question_is_shown_by_the_answer_to_another():
    form = read_definition(IDEA)
    plain = [question.key for _, question in form.shown({"channel": "Web"})]
    by_phone = [question.key for _, question in form.shown({"channel": "phone", "theme": "Compliance with law"})]
    assert plain == ["who", "channel", "start", "theme", "sponsor"]
    assert by_phone == ["who", "channel", "calls", "start", "theme", "sponsor", "clause"]


def test_what_hangs_on_a_hidden_question_is_hidden_too():
    fields = [
        {"key": "a", "label": "A"},
        {"key": "b", "label": "B", "shown_when": {"field": "a", "given": True}},
        {"key": "c", "label": "C", "shown_when": {"field": "b", "given": True}},
    ]
    form = read_definition({"sections": [{"key": "one", "title": "One", "fields": fields}]})
    assert [question.key for _, question in form.shown({"b": "typed before A was emptied"})] == ["a"]


def test_what_is_required_to_submit_is_required_to_be_accepted_too():
    assert Stage.ACCEPT.needs(Stage.SUBMIT)
    assert Stage.ACCEPT.needs(Stage.ACCEPT)
    assert Stage.SUBMIT.needs(Stage.SUBMIT)
    assert not Stage.SUBMIT.needs(Stage.ACCEPT)
    assert not Stage.ACCEPT.needs(Stage.NEVER)


def _with(**question):
    fields = [{"key": "first", "label": "First"}, {"key": "second", "label": "Second"} | question]
    return {"sections": [{"key": "one", "title": "One", "fields": fields}]}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "The form is an object"),
        ({"sections": "x"}, "Sections: this takes a list"),
        ({"script": "x"}, "script is not known"),
        ({"sections": [{"key": "a", "title": "A"}] * 2}, "Two sections have the same key"),
        ({"sections": [{"key": "a", "title": "A"}] * 21}, "at most 20"),
        ({"case_required_at": "never"}, "no such"),
        (_with(key="First one"), "small letters"),
        (_with(key="first"), "taken"),
        (_with(key="title"), "taken"),
        (_with(label=""), "the label is missing"),
        (_with(label="x" * 121), "at most 120 characters"),
        (_with(label={"deep": {"deeper": []}}), "this takes text"),
        (_with(label="a\x00b"), "this takes text"),
        (_with(kind="formula"), "no such"),
        (_with(kind="choice"), "needs its options"),
        (_with(kind="choice", options=["x"] * 51), "at most 50"),
        (_with(kind="custom"), "which custom field"),
        (_with(maps_to="cost"), "cost cannot be filled"),
        (_with(maps_to="owner"), "does not fit"),
        (_with(shown_when={"field": "third", "given": True}), "no question before it"),
        (_with(shown_when={"field": "second", "given": True}), "no question before it"),
        (_with(shown_when=["first"]), "is an object"),
        (_with(help="x" * 300_000), "too large"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(data, told):
    with pytest.raises(ValidationError) as refusal:
        read_definition(data)
    assert told in refusal.value.message_dict["draft"][0]
