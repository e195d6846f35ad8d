"""A mapping as it is saved, and what is refused of what others saved."""

from decimal import Decimal

import pytest

from mainstay.core.errors import Unreadable
from mainstay.core.exchange import ColumnMapping, Link, NewField, Options

WHOLE = ColumnMapping(
    (
        Link("ID|Key", "external_key", is_required=True),
        Link("Cost", "cost", Options(scale=Decimal(1000), decimal=",", text="keep", words={"nil": "0"})),
        Link("Tags", "theme", Options(first_of=",", overflow="description", dates="mdy")),
    ),
    {"currency": "EUR"},
    (NewField("votes", "Votes", "number", unit="votes"),),
)


def test_a_mapping_is_the_same_after_being_saved():
    assert ColumnMapping.from_dict(WHOLE.as_dict()) == WHOLE


def test_only_what_differs_from_the_usual_is_saved():
    assert ColumnMapping((Link("Name", "name"),)).as_dict() == {
        "links": [{"column": "Name", "field": "name", "options": {}}],
        "constants": {},
        "fields": [],
    }


def test_plain_pairs_are_a_mapping_too():
    assert ColumnMapping.from_dict({"Title": "name"}) == ColumnMapping((Link("Title", "name"),))


@pytest.mark.parametrize(
    "saved",
    [
        None,
        5,
        ["name"],
        {"links": 5},
        {"links": [{"column": "a"}]},
        {"links": [{"column": "a", "field": "b", "options": {"scale": "x"}}]},
        {"links": [{"column": "a", "field": "b", "options": {"scale": "-1"}}]},
        {"links": [{"column": "a", "field": "b", "options": {"scale": "NaN"}}]},
        {"links": [{"column": "a", "field": "b", "options": {"decimal": ";"}}]},
        {"links": [{"column": "a", "field": "b", "options": {"colour": "red"}}]},
        {"links": [{"column": "a", "field": "b", "options": {"words": 5}}]},
        {"links": [{"column": "a", "field": "b", "options": {"words": {"a": 5}}}]},
        {"links": [{"column": "a", "field": "b"}] * 2_001},
        {"links": [], "fields": [{"name": "x"}]},
        {"links": [], "fields": [{"key": "A!", "label": "x"}]},
        {"links": [], "fields": [{"key": "a", "label": "x", "kind": "bogus"}]},
        {"links": [], "fields": [{"key": "a", "label": 5}]},
        {"links": [], "fields": [{"key": "a", "label": " "}]},
        {"links": [], "fields": [{"key": "a", "label": "x", "position": "first"}]},
        {"links": [], "constants": 7},
    ],
)
def test_what_is_no_mapping_is_refused(saved):
    with pytest.raises(Unreadable, match="This column mapping cannot be read"):
        ColumnMapping.from_dict(saved)
