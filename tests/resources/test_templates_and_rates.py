"""Demand templates are rows a PMO edits; rates, sourcing and levels are changed by the API at a known version."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainstay.core.errors import Forbidden
from mainstay.core.exchange import check, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from mainstay.resources import standard
from mainstay.resources.models import CostRate, Demand, DemandTemplate, Proficiency, SourcingOption
from mainstay.resources.operations.demand_templates import add_demand_template, edit_demand_template
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.rates import set_cost_rate, set_sourcing
from tests.core.exchange.files import csv_file
from tests.resources.people import hire

HALVES = [
    {"role": "ux-designer", "share": 60, "curve": "flat"},
    {"role": "buyer", "share": 40, "curve": "back"},
]
MARCH = date(2027, 3, 1)


def _ada(world: Any) -> Client:
    browser = Client()
    browser.force_login(world.administrator)
    return browser


def _send(world: Any, path: str, version: int, **body: Any) -> Any:
    head = {"If-Match": f'"{version}"'}
    return _ada(world).patch(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=head)


def test_the_usual_templates_are_laid_down_once(world: Any) -> None:
    standard.set_up()
    standard.set_up()
    told = {one.key: sum(share["share"] for share in one.shares) for one in DemandTemplate.objects.all()}
    assert told == {"study": 100, "system": 100, "works": 100}


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([], "Give 1 to 20 roles with their shares."),
        ([HALVES[0]], "The shares add up to 60 and not to 100."),
        ([HALVES[0] | {"share": 100, "curve": "steep"}], "Each line names a role"),
        ([HALVES[0] | {"role": "nobody", "share": 100}], "There is no role nobody."),
    ],
)
def test_a_template_that_makes_no_sense_is_refused(world: Any, shares: Any, told: str) -> None:
    hire(world)
    with pytest.raises(ValidationError) as refused:
        add_demand_template(None, actor=MAINSTAY, name="Wrong", shares=shares)
    assert told in " ".join(refused.value.messages)
    assert not DemandTemplate.objects.filter(name="Wrong").exists()


def test_a_template_typed_on_its_page_lays_out_demand(world: Any) -> None:
    hire(world)
    standard.set_up()
    typed = {"name": "Campaign", "shares": "ux-designer 60 flat\r\nbuyer 40 back"}
    assert _ada(world).post("/resources/demand-templates/new/", typed).status_code == 302
    assert DemandTemplate.objects.get(key="campaign").shares == HALVES
    asked = {"template-template": "campaign", "template-hours": "300", "template-first": "2027-03-01"}
    sent = asked | {"template-months": "2"}
    assert _ada(world).post("/resources/projects/PUMPS/demand/template/", sent).status_code == 302
    told = Demand.objects.order_by("role__key", "month").values_list("role__key", "hours")
    assert list(told) == [
        ("buyer", Decimal(40)), ("buyer", Decimal(80)), ("ux-designer", Decimal(90)), ("ux-designer", Decimal(90)),
    ]  # fmt: skip


def test_only_who_keeps_the_vocabulary_changes_templates(world: Any) -> None:
    standard.set_up()
    row = DemandTemplate.objects.get(key="works")
    with pytest.raises(Forbidden):
        edit_demand_template(row, actor=world.project_manager, name="Mine")
    assert DemandTemplate.objects.get(key="works").name == "Construction works"
    answer = _send(world, "/demand-templates/works", 1, is_active=False)
    assert (answer.status_code, answer.json()["is_active"], answer.json()["version"]) == (200, False, 2)


def test_rates_ways_and_levels_are_changed_at_a_known_version(world: Any) -> None:
    staff = hire(world)
    rate = set_cost_rate(staff.anna, actor=MAINSTAY, valid_from=MARCH, hourly=Decimal(80))
    option = set_sourcing(staff.role, actor=MAINSTAY, kind="hire", lead_weeks=8, hourly=Decimal(60), note="Fair")
    level = set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=3, certificate="UX 3")
    assert _send(world, f"/cost-rates/{rate.pk}", 1, hourly="94.00").json()["hourly"] == "94.00"
    assert _send(world, f"/sourcing-options/{option.pk}", 1, lead_weeks=6).json()["note"] == "Fair"
    assert _send(world, f"/proficiencies/{level.pk}", 1, level=4).json()["certificate"] == "UX 3"
    for path, body in (
        (f"/cost-rates/{rate.pk}", {"hourly": "1.00"}),
        (f"/sourcing-options/{option.pk}", {"lead_weeks": 1}),
        (f"/proficiencies/{level.pk}", {"level": 1}),
    ):
        stale = _send(world, path, 1, **body)
        assert (stale.status_code, len(stale.json()["changes"])) == (412, 1)
    assert CostRate.objects.get().hourly == Decimal("94.00")
    assert SourcingOption.objects.get().lead_weeks == 6
    assert Proficiency.objects.get().level == 4


def test_demand_is_typed_in_full_time_equivalents_and_cells_left_alone_stay_exact(world: Any) -> None:
    staff = hire(world)
    hours = {MARCH: Decimal("100.10"), date(2027, 4, 1): Decimal(160)}
    enter_demand(world.pumps, actor=MAINSTAY, entries=[DemandEntry(role=staff.role, hours=hours)])
    address = "/resources/projects/PUMPS/demand/?from=2027-03-01&unit=fte"
    page = _ada(world).get(address)
    line = page.context["sheet"].lines[0]
    assert (line.values["2027-03"], line.values["2027-04"]) == (Decimal("0.63"), Decimal("1.00"))
    assert "1 FTE here is 160 hours in a month" in page.content.decode()
    from mainstay.resources.demand_sheet import DemandSheet
    from mainstay.resources.queries.project_demand import demand_of

    known = demand_of(world.pumps).lines[0]
    entry = DemandSheet((known,), MARCH, "fte")._entry(line.values | {"2027-04": Decimal(2)}, known)
    assert (entry.hours[MARCH], entry.hours[date(2027, 4, 1)]) == (Decimal("100.10"), Decimal(320))


def test_checking_a_list_of_bookings_takes_as_many_queries_for_one_as_for_fifty(world: Any) -> None:
    hire(world)
    sheet, counts = sheet_named("bookings"), []
    for lines in (1, 50):
        text = "Person,Project,Key in the source,From,Until,Hours\n"
        text += "".join(f"anna-berg,PUMPS,A-{place},2027-03-01,2027-03-12,1\n" for place in range(lines))
        table = read_table(csv_file(text), "bookings.csv")
        with CaptureQueriesContext(connection) as asked:
            found = check(sheet, table, propose(sheet, table), world.networks, world.administrator)
        assert not found.problems
        counts.append(len(asked))
    assert counts[0] == counts[1]
