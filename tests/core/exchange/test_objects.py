"""JSON: a list of objects and nothing else."""

import io
from decimal import Decimal

import pytest

from mainstay.core.exchange import read_table
from tests.core.exchange.files import cells, json_file, refusal


def test_objects_become_rows_and_their_names_columns():
    table = read_table(json_file([{"key": "1", "cost": 12.5}, {"key": "2", "open": True}]), "a.json")
    assert table.headers == ("key", "cost", "open")
    assert cells(table) == [("1", Decimal("12.5"), None), ("2", None, True)]
    assert [line.number for line in table.lines] == [1, 2]


def test_numbers_keep_every_digit():
    assert cells(read_table(io.BytesIO(b'[{"a": 0.1, "b": 12345678901234567890.123}]'), "a.json")) == [
        (Decimal("0.1"), Decimal("12345678901234567890.123"))
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"key": 1}', "The file is not a list of objects."),
        (b"[1, 2]", "Row 1: The file is not a list of objects."),
        (b'[{"key": 1}', "Row 1: The JSON is broken or cut off."),
        (b'[{"key": 1}] x', "Something follows the end of the list."),
        (b'[{"key": {"deep": 1}}]', "Row 1, column “key”: A cell holds a list or an object."),
        (b'[{"key": 1, "key": 2}]', "Row 1, column “key”: The object names this twice."),
        (b'[{"key": NaN}]', "Row 1: The JSON is broken or cut off."),
        (b'[{"key": "\\ud800"}]', "Row 1, column “key”: The cell holds a character that no text has; type it anew."),
        (b"[" * 100_000, "Row 1: The JSON is broken or cut off."),
        (b"[]", "The file is empty."),
        (b"[{}]", "The file is empty."),
    ],
)
def test_other_shapes_are_refused_with_their_place(content, sentence):
    assert refusal(io.BytesIO(content), "a.json").message.startswith(sentence)


def test_too_many_objects_are_refused_at_the_first_one_too_many():
    bad = refusal(io.BytesIO(b"[" + b'{"a":1},' * 50_001 + b'{"a":1}]'), "a.json")
    assert (bad.problem.row, bad.problem.message) == (50_001, "The file has more than 50,000 rows.")
