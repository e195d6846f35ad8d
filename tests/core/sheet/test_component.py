"""A sheet in a page is a table of fields that works without a script."""

import json
import re
from decimal import Decimal

from django.template import Context, Template

from mainstay.core.sheet import Column, Kind, Line, LineKind, Sheet, Totals

Q1, Q2 = Column("q1", "Q1", group="2027"), Column("q2", "Q2", group="2027")
NAME = Column("name", "Name", kind=Kind.TEXT)


def shown(sheet: Sheet) -> str:
    return Template("{% load sheets %}{% sheet sheet %}").render(Context({"sheet": sheet}))


def one(**more) -> Sheet:
    lines = (Line("1", ("A & B",), {"q1": Decimal("1234.5"), "q2": None}), Line("2", ("C",), {"q1": Decimal(1)}))
    return Sheet("costs", "Costs", (Q1, Q2), lines, ("Line",), "GBP", **more)


def test_every_cell_is_a_field_with_a_name_of_its_own():
    html = shown(one())
    assert 'name="costs:1:q1" aria-label="A &amp; B, 2027 Q1"' in html
    assert 'value="1,234.50"' in html
    assert html.count("<input id=") == 4
    assert html.count('name="costs:lines"') == 2


def test_totals_stand_at_the_end_of_lines_and_columns():
    sums = re.findall(r'<td class="number sum">([^<]*)</td>', shown(one()))
    assert sums == ["1,234.50", "1.00", "1,235.50", "0.00", "1,235.50"]
    assert "number sum" not in shown(one(totals=Totals.NONE))


def test_what_is_not_summed_has_no_total():
    rate = Column("rate", "Rate", is_summed=False)
    sheet = Sheet("costs", "Costs", (Q1, rate), (Line("1", (), {"q1": Decimal(2), "rate": Decimal(9)}),))
    assert re.findall(r'<td class="number sum">([^<]*)</td>', shown(sheet)) == ["2.00", "2.00", "", "2.00"]


def test_an_error_stands_beside_its_cell_and_above_the_sheet():
    line = Line("1", ("Licences",), {"q1": None}, typed={"q1": '"<b>'}, errors={"q1": "“<b>” is no number."})
    html = shown(Sheet("costs", "Costs", (Q1,), (line,), ("Line",)))
    assert 'aria-invalid="true" aria-describedby="costs-1-q1-error" value="&quot;&lt;b&gt;"' in html
    assert '<small class="sheet-error" id="costs-1-q1-error">“&lt;b&gt;” is no number.</small>' in html
    assert '<a href="#costs-1-q1">Licences, 2027 Q1</a>: “&lt;b&gt;” is no number.' in html
    assert "<b>" not in html


def test_empty_lines_to_type_into_are_offered_where_lines_can_be_added():
    sheet = Sheet("costs", "Costs", (NAME, Q1), (Line("new-2", kind=LineKind.NEW),), can_add_lines=True, most_lines=3)
    assert re.findall(r'name="costs:lines" value="([^"]+)"', shown(sheet)) == ["new-2", "new-1", "new-3"]


def test_lines_can_be_ticked_for_removal():
    html = shown(one(can_remove_lines=True))
    assert 'name="costs:gone" value="1" aria-label="Remove A &amp; B"' in html
    assert "costs:gone" not in shown(one())


def test_a_sheet_that_is_closed_shows_figures_and_no_fields():
    html = shown(one(is_open=False))
    assert '<td class="number">1,234.50</td>' in html
    assert html.count("<input") == 2  # the two hidden ones that hold the sheet


def test_the_data_cannot_end_its_script():
    line = Line("1", ("</script><b>",), {"q1": None})
    html = shown(Sheet("costs", "Costs", (Q1,), (line,), ("Line",)))
    data = json.loads(re.search(r'application/json">(.*?)</script>', html).group(1))
    assert data["lines"][0]["labels"] == ["</script><b>"]
    assert "</script><b>" not in html


def test_what_two_people_changed_is_asked_cell_by_cell():
    kind = Column("kind", "Kind", kind=Kind.CHOICE, choices=(("a", "Alpha"), ("b", "Beta")))
    line = Line("1", ("Licences",), {"kind": "a", "q1": Decimal(5)}, theirs={"kind": "b", "q1": None}, taken={"q2"})
    html = shown(Sheet("costs", "Costs", (kind, Q1, Q2), (line,), ("Line",), who="Mei Tanaka"))
    assert "Mei Tanaka saved this sheet while you were typing" in html
    assert "Yours: <b>Alpha</b>" in html
    assert "Mei Tanaka: <b>Beta</b>" in html
    assert "Mei Tanaka: <b>empty</b>" in html
    assert "1 cell that only Mei Tanaka changed is taken over" in html


def test_without_headings_the_first_text_names_the_line():
    html = shown(Sheet("costs", "Costs", (NAME, Q1), (Line("1", (), {"name": "Pumps", "q1": Decimal(1)}),)))
    assert '<th scope="row" class="text"><input type="hidden" name="costs:lines" value="1">' in html
    assert '<th scope="row" class="head">Total</th>' in html
    assert 'aria-label="Pumps, 2027 Q1"' in html


def test_a_total_is_rounded_as_a_figure_is():
    fine = Column("fine", "Fine", decimals=3)
    sheet = Sheet("costs", "Costs", (fine, Q1), (Line("1", (), {"fine": Decimal("0.125"), "q1": None}),))
    assert re.findall(r'<td class="number sum">([^<]*)</td>', shown(sheet)) == ["0.13", "0.125", "0.00", "0.13"]
