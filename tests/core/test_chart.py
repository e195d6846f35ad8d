import json
import re

from django.template import Context, Template

from mainstay.charts import Column, Figure
from mainstay.charts.health import health


def rendered(figure: Figure) -> str:
    return Template("{% load components %}{% chart figure %}").render(Context({"figure": figure}))


FIGURE = Figure(
    {"mark": "bar"},
    ({"name": "A </script> & <b>", "cost": 1_350_000.0, "share": 0.5, "end": "2026-03-03", "url": "/a/?x=1&y=2"},),
    (
        Column("Name", "name"),
        Column("Cost", "cost", "money", "GBP"),
        Column("Share", "share", "percent"),
        Column("Ends", "end", "date"),
        Column("Note", "note"),
    ),
    "One costs most",
    "A bar.",
)


def test_the_finding_is_the_heading_and_the_picture_is_described():
    shown = rendered(FIGURE)
    assert "<h2>One costs most</h2>" in shown
    assert 'role="img" aria-label="One costs most. A bar."' in shown


def test_the_table_says_the_same_and_leads_to_the_record():
    shown = rendered(FIGURE)
    assert '<a href="/a/?x=1&amp;y=2">A &lt;/script&gt; &amp; &lt;b&gt;</a>' in shown
    cells = re.findall(r'<td[^>]*data-label="([^"]*)">(.*?)</td>', shown)
    assert cells == [
        ("Cost", "1.4m"),
        ("Share", "50%"),
        ("Ends", "3\u00a0Mar\u00a02026"),
        ("Note", '<span class="missing">–</span>'),
    ]


def test_no_data_can_end_the_script_it_stands_in():
    inside = re.search(r'<script type="application/json">(.*?)</script>', rendered(FIGURE), re.DOTALL)[1]
    data = json.loads(inside)
    assert data["spec"]["datasets"]["rows"][0]["name"] == "A </script> & <b>"
    assert "title" not in data["spec"]
    assert data["columns"][1] == {"label": "Cost", "field": "cost", "kind": "money", "unit": "GBP"}


def test_without_data_only_the_finding_stands_there():
    shown = rendered(health([]))
    assert "No project is under way" in shown
    assert "<table" not in shown
    assert "<script" not in shown
