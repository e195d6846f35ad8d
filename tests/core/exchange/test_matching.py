"""Finding columns by name: case, spaces, brackets and years do not matter, but two candidates are none."""

import pytest

from mainstay.core.exchange.mapping import ColumnMapping, Link
from mainstay.core.exchange.matching import bound, find

HEADERS = (
    "Project  NAME",
    "Cost (£m)\n(including everything)",
    "Narrative on variance for 2021/22 \n(if more than 5%)",
    "Budget 2023",
    "Budget 2024",
    "IPA Delivery Confidence",
)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("Project name", 0),
        ("project name", 0),
        ("Cost", 1),
        ("COST (£ million)", 1),
        ("Narrative on variance for 2023/24", 2),
        ("Narrative on variance for 2024-25 (where more than 5%)", 2),
        ("Budget 2023", 3),
        ("Budget 2024", 4),
        ("Budget 2025", None),
        ("Budget", None),
        ("No such|Cost", 1),
        ("IPA*Confidence*", 5),
        ("Narrative*", 2),
        ("Budget*", None),
        ("*name", 0),
        ("", None),
    ],
)
def test_a_column_is_found_only_where_it_is_surely_meant(wanted, place):
    assert find(wanted, HEADERS) == place


def test_links_whose_columns_are_absent_are_told_apart():
    here, gone = Link("Cost", "cost"), Link("Benefit", "benefit")
    assert bound(ColumnMapping((here, gone)), HEADERS) == ([(here, 1)], [gone])
