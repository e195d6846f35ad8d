"""Numbers as people type them; the island is held to the same cases."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from mainstay.core.sheet import Column, Sheet
from mainstay.core.sheet.numbers import NoNumber, decimal_mark, read_number

CASES = json.loads((Path(__file__).parents[3] / "frontend" / "tests" / "cases" / "numbers.json").read_text())


@pytest.mark.parametrize("case", CASES["numbers"], ids=lambda case: f"{case['text']}|{case['mark']}|{case['unit']}")
def test_a_number_is_read_as_it_was_meant(case):
    expected = None if case["value"] is None else Decimal(case["value"])
    assert read_number(case["text"], case["mark"], case["unit"]) == expected


@pytest.mark.parametrize("case", CASES["errors"], ids=lambda case: f"{case['text']}|{case['unit']}")
def test_what_is_no_number_says_so(case):
    with pytest.raises(NoNumber) as refused:
        read_number(case["text"], case["mark"], case["unit"])
    assert str(refused.value) == case["error"]


@pytest.mark.parametrize("case", CASES["blocks"], ids=lambda case: " ".join(case["texts"]) or "nothing")
def test_a_block_shows_its_decimal_mark(case):
    assert decimal_mark(case["texts"]) == case["mark"]


@pytest.mark.parametrize("case", CASES["rounded"], ids=lambda case: f"{case['value']} to {case['decimals']}")
def test_a_figure_is_rounded_and_written(case):
    column = Column("a", "A")
    sheet = Sheet("costs", "Costs", (column,), (), decimals=case["decimals"])
    assert sheet.written(Decimal(case["value"]), column) == case["text"]
