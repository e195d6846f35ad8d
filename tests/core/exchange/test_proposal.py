"""Proposing a mapping: by names, and by what is in the columns."""

from decimal import Decimal

import pytest

from mainstay.core.exchange import propose, read_table, sheet_named
from mainstay.core.exchange.mapping import Options
from tests.core.exchange.files import csv_file

pytestmark = pytest.mark.django_db


def proposed(text: str) -> dict[str, tuple[str, Options]]:
    """Field and options for each column that was understood."""
    mapping = propose(sheet_named("projects"), read_table(csv_file(text), "a.csv"))
    return {link.column: (link.field, link.options) for link in mapping.links}


def test_columns_are_known_by_their_own_and_by_other_names():
    found = proposed(
        "Project ID,Title,Sponsor,Finish date,Total cost,Category,Delivery confidence,Colour\n1,b,c,,,,,d\n"
    )
    assert {column: field for column, (field, _) in found.items()} == {
        "Project ID": "external_key",
        "Title": "name",
        "Sponsor": "owner",
        "Finish date": "end_date",
        "Total cost": "cost",
        "Category": "theme",
        "Delivery confidence": "confidence",
    }


def test_two_columns_never_go_to_one_field():
    found = proposed("Name,Project name,Title\na,b,c\n")
    assert {column: field for column, (field, _) in found.items()} == {"Name": "name"}


def test_a_name_that_is_only_similar_needs_fitting_values():
    assert "Cost centre" not in proposed("Name,Cost centre\na,Leeds\nb,York\n")
    assert proposed("Name,Cost total\na,5\n")["Cost total"][0] == "cost"


@pytest.mark.parametrize(
    ("header", "scale"), [("Cost (£m)", 1_000_000), ("Cost £k", 1_000), ("Cost in millions", 1_000_000), ("Cost", 1)]
)
def test_the_scale_is_read_from_the_name(header, scale):
    assert proposed(f"Name,{header}\na,5\n")[header][1].scale == Decimal(scale)


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["1.234,50", "7"], ","),
        (["12,5", "7"], ","),
        (["1,234.50"], "."),
        (["1,234", "12,5"], "."),
        (["12.5"], "."),
        (["7"], "."),
    ],
)
def test_the_sign_of_decimals_is_read_from_the_cells(cells, decimal):
    rows = "".join(f'a{number},"{cell}"\n' for number, cell in enumerate(cells))
    assert proposed(f"Name,Cost\n{rows}")["Cost"][1].decimal == decimal


@pytest.mark.parametrize(
    ("cells", "order"), [(["12/31/2026", "01/02/2026"], "mdy"), (["31/12/2026"], "dmy"), (["01/02/2026"], "dmy")]
)
def test_the_order_of_dates_is_read_from_the_cells(cells, order):
    rows = "".join(f"a{number},{cell}\n" for number, cell in enumerate(cells))
    assert proposed(f"Name,End\n{rows}")["End"][1].dates == order


def test_sentences_where_values_belong_are_kept_but_a_slip_stays_an_error():
    assert proposed("Name,Cost\na,Exempt under Section 43\nb,5\n")["Cost"][1].text == "keep"
    assert proposed("Name,Cost\na,5 apples\nb,5\n")["Cost"][1].text == "refuse"
