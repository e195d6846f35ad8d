"""The pages of business cases: sheets typed without a script, ranges, parts, editions, exports, past days."""

import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from mainstay.core.models import Event
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.identification.models import Assumption, BusinessCase, CaseEdition, CostLine, Option, Risk
from mainstay.identification.operations.cases import edit_case, publish_case
from mainstay.identification.operations.risks import add_risk, edit_risk
from tests.identification.cases import enter, golden_case, proposal
from tests.second_save import answered

pytestmark = pytest.mark.django_db
RISK = {"name": "Soil", "kind": "threat", "probability": "0.3", "impact": "200000", "response": ""}


@pytest.fixture
def case(world, client):
    """The golden case of the pumps, with its project manager signed in."""
    client.force_login(world.project_manager)
    return golden_case(world.pumps)


def sheet_of(case, kind="costs"):
    """The address of a sheet of the proposal."""
    return f"/cases/{case.pk}/options/{proposal(case).pk}/{kind}/"


def told(response):
    """What a page says."""
    return response.content.decode()


def sent(case, line, **cells):
    """A sheet as a browser with a script sends it."""
    whole = {"lines": [{"key": str(line), "cells": cells}], "gone": []}
    return {"version": str(case.version), "costs": json.dumps(whole), "costs:base": "{}"}


def test_the_tab_of_a_project_begins_and_shows_its_case(world, client):
    client.force_login(world.project_manager)
    empty = client.get("/projects/METERS/case/")
    assert empty.status_code == 404
    assert "It has no business case yet." in told(client.get("/projects/PUMPS/case/"))
    begun = client.post("/projects/PUMPS/case/opening/")
    case = BusinessCase.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, f"/cases/{case.pk}/")
    assert "It does not say yet what the proposal costs. Still missing: Problem and purpose" in told(
        client.get("/projects/PUMPS/case/")
    )


def test_a_sheet_works_without_a_script(world, case, client):
    line = CostLine.objects.get()
    page = told(client.get(sheet_of(case)))
    assert f'name="costs:{line.pk}:2027-01-01"' in page
    form = {"version": str(case.version), "costs:base": "{}", "costs:lines": [str(line.pk), "new-1"]}
    form |= {f"costs:{line.pk}:2027-01-01": "1.2k", "costs:new-1:name": "Fees", "costs:new-1:2028-01-01": "(5)"}
    refused = client.post(sheet_of(case), form)
    assert refused.status_code == 422
    assert "At least 0." in told(refused)
    assert client.post(sheet_of(case), form | {"costs:new-1:2028-01-01": "5"}).status_code == 302
    line.refresh_from_db()
    assert line.likely["2027-01-01"] == "1200.00"
    assert CostLine.objects.get(name="Fees").likely == {"2028-01-01": "5.00"}


def test_low_and_high_are_views_of_the_same_sheet_and_are_refused_beside_their_cell(world, case, client):
    line = CostLine.objects.get()
    refused = client.post(sheet_of(case) + "?estimate=low", sent(case, line.pk, **{"2027-01-01": "501"}))
    assert refused.status_code == 422
    assert "Low is not above likely (500.00)." in told(refused)
    assert (
        client.post(sheet_of(case) + "?estimate=low", sent(case, line.pk, **{"2027-01-01": "450"})).status_code == 302
    )
    line.refresh_from_db()
    assert line.low == {"2027-01-01": "450.00"}
    assert line.likely["2027-01-01"] == "500.00"
    assert client.get(sheet_of(case) + "?estimate=best").status_code == 404


def test_a_range_is_set_for_every_line_at_once(world, case, client):
    form = {"version": str(case.version), "low_percent": "10", "high_percent": "30"}
    assert client.post(sheet_of(case) + "range/", form | {"low_percent": "200"}).status_code == 422
    assert client.post(sheet_of(case) + "range/", form).status_code == 302
    line = CostLine.objects.get()
    assert (line.low["2027-01-01"], line.high["2027-01-01"]) == ("450.00", "650.00")
    page = told(client.get(f"/cases/{case.pk}/"))
    assert "The proposal costs GBP 500 (450 to 650)" in page
    # PERT: (450 + 4 x 500 + 650) / 6 = 516.67 and (650 - 450) / 6 = 33.33; four of five outcomes: 0.8416 x 33.33.
    assert "517" in page
    assert "± 33.3" in page


def test_single_numbers_are_flagged(world, case, client):
    assert told(client.get(f"/cases/{case.pk}/")).count("No uncertainty given") == 1
    assert "No uncertainty given" in told(client.get("/evaluate/appraisals/"))


def test_risks_and_assumptions_are_added_changed_and_removed(world, case, client):
    assert client.post(f"/cases/{case.pk}/risks/", RISK | {"probability": "30"}).status_code == 422
    assert client.post(f"/cases/{case.pk}/risks/", RISK).status_code == 302
    risk = Risk.objects.get()
    assert "GBP 60k" in told(client.get(f"/cases/{case.pk}/"))
    url = f"/cases/{case.pk}/risks/{risk.pk}/"
    half = client.post(url, RISK | {"version": "1", "residual_probability": "0.1"})
    assert half.status_code == 422
    assert "Give both the probability and the impact after the response." in told(half)
    assert client.post(url, RISK | {"version": "1", "name": "Wet soil"}).status_code == 302
    late = client.post(url, RISK | {"version": "1", "name": "Dry soil"})
    assert late.status_code == 409
    assert 'value="Dry soil"' in told(late)
    assert client.post(f"{url}removal/").status_code == 302
    assert not Risk.objects.exists()
    client.post(f"/cases/{case.pk}/assumptions/", {"text": "Steel stays cheap", "belief": "confirmed"})
    assert (Assumption.objects.get().text, Assumption.objects.get().belief) == ("Steel stays cheap", "confirmed")


def test_an_option_is_added_as_a_copy(world, case, client):
    form = {"name": "Reduced", "kind": "reduced", "copy_of": proposal(case).pk}
    assert client.post(f"/cases/{case.pk}/options/new/", form).status_code == 302
    assert Option.objects.get(name="Reduced").costs.get().likely["2027-01-01"] == "500.00"
    twice = client.post(f"/cases/{case.pk}/options/new/", form)
    assert twice.status_code == 422


def test_an_edition_is_published_and_compared(world, case, client):
    client.post(f"/cases/{case.pk}/publication/", {"reason": "For the board"})
    assert CaseEdition.objects.get().reason == "For the board"
    enter(BusinessCase.objects.get(pk=case.pk), "costs", 40, name="Permit")
    page = told(client.get(f"/cases/{case.pk}/changes/?from=1"))
    assert "2 differences between edition 1 and the case as it is." in page
    assert "Cost “Permit” of The proposal" in page
    assert client.get(f"/cases/{case.pk}/changes/?from=7").status_code == 404


def test_the_export_has_a_sheet_for_each_part_and_runs_nothing(world, case, client):
    add_risk(case, actor=MAINSTAY, name="=cmd()", probability=Decimal("0.3"), impact=Decimal(10))
    answer = client.get(f"/cases/{case.pk}/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names == ["Case", "Options", "Costs", "Benefits", "Demand", "Assumptions", "Risks"]
    costs = book.get_sheet_by_name("Costs").to_python()
    assert costs[1][:7] == ["The proposal", "Build", "Contractors", "", "", "likely", 500.0]
    assert book.get_sheet_by_name("Risks").to_python()[1][0] == "'=cmd()"


def test_a_case_can_be_read_as_known_on_a_past_day_and_not_changed_there(world, client):
    client.force_login(world.project_manager)
    with acting(at=timezone.now() - timedelta(days=30)):
        case = golden_case(world.pumps)
    enter(case, "costs", 40, name="Permit")
    day = (timezone.localdate() - timedelta(days=9)).isoformat()
    page = told(client.get(f"/cases/{case.pk}/?as_of={day}"))
    assert "The proposal costs GBP 500 " in page
    assert "Publish</button>" not in page
    assert "Permit" not in told(client.get(f"{sheet_of(case)}?as_of={day}"))


def test_words_of_a_case_are_changed_and_the_second_is_told(world, case, client):
    form = {
        "problem": "They fail.",
        "consequences": "",
        "grain": "year",
        "first_period": "2027-01-01",
        "periods": "6",
    }
    form |= {"currency": "GBP", "version": str(case.version)}
    assert client.post(f"/cases/{case.pk}/edit/", form).status_code == 302
    before = Event.objects.count()
    late = client.post(f"/cases/{case.pk}/edit/", form | {"problem": "They leak."})
    assert late.status_code == 409
    assert "They leak." in told(late)
    assert "They fail." in told(late)
    assert Event.objects.count() == before
    shorter = form | {"version": str(case.version + 1), "periods": "3"}
    asked = client.post(f"/cases/{case.pk}/edit/", shorter)
    assert asked.status_code == 422
    assert "amounts lie in periods that would be gone" in told(asked)
    assert client.post(f"/cases/{case.pk}/edit/", shorter | {"drops_amounts": "on"}).status_code == 302
    assert BusinessCase.objects.get().periods == 3


def test_who_saves_the_words_of_a_case_second_chooses_and_overwrites_nothing_else(case, client):
    url = f"/cases/{case.pk}/edit/"
    form = answered(client.get(url))
    edit_case(case, actor=MAINSTAY, problem="They fail.", consequences="Floods.")
    page = client.post(url, form | {"problem": "They leak.", "periods": "7"})
    assert page.status_code == 409
    assert "whose version stays?" in told(page)
    assert "Taken over as saved" in told(page)
    assert "Floods." in told(page)
    assert client.post(url, answered(page, problem="theirs")).status_code == 302
    case.refresh_from_db()
    assert (case.problem, case.consequences, case.periods) == ("They fail.", "Floods.", 7)


def test_who_saves_a_risk_second_chooses_and_overwrites_nothing_else(world, case, client):
    risk = add_risk(case, actor=MAINSTAY, name="Soil", kind="threat", probability="0.3", impact="200000")
    url = f"/cases/{case.pk}/risks/{risk.pk}/"
    form = answered(client.get(url))
    edit_risk(risk, actor=MAINSTAY, name="Wet soil", probability=Decimal("0.4"), owner=world.project_manager)
    page = client.post(url, form | {"name": "Dry soil", "impact": "100000"})
    assert page.status_code == 409
    assert "Name: whose version stays?" in told(page)
    assert "Wet soil" in told(page)
    assert client.post(url, answered(page, name="theirs")).status_code == 302
    risk.refresh_from_db()
    kept = (risk.name, risk.probability, risk.impact, risk.owner)
    assert kept == ("Wet soil", Decimal("0.4"), Decimal(100000), world.project_manager)


def test_the_number_of_queries_does_not_grow_with_what_a_case_holds(world, case, client):
    client.get(f"/cases/{case.pk}/")
    one = _queries(client, case)
    for number in range(5):
        enter(case, "costs", 1, name=f"Cost {number}")
        risk = {"name": f"Risk {number}", "probability": Decimal("0.3"), "impact": Decimal(10)}
        add_risk(case, actor=MAINSTAY, owner=world.sponsor, **risk)
        case.refresh_from_db()
    assert _queries(client, case) <= one + 1  # the names of the owners


def _queries(client, case):
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/cases/{case.pk}/")
    return len(asked)


def test_the_api_reads_changes_and_publishes_a_case(world, case, client):
    base = f"/api/v1/cases/{case.pk}"
    content = client.get(f"{base}/content").json()
    option = next(one for one in content["options"] if one["is_preferred"])
    line = option["costs"][0]
    body = {"sheet": "costs", "lines": [{"id": line["id"], "likely": {"2027-01-01": "480.00", "2028-01-01": None}}]}
    url = f"/api/v1/options/{option['id']}/lines"
    stale = client.post(url, body, content_type="application/json", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["changes"][0]["who"] == "Mainstay"
    done = client.post(url, body, content_type="application/json", headers={"If-Match": f'"{content["version"]}"'})
    assert done.json() == {"changed": 1, "version": content["version"] + 1}
    assert CostLine.objects.get().likely == {"2027-01-01": "480.00"}
    wrong = {"sheet": "costs", "lines": [{"name": "x", "high": {"2027-01-01": "1"}}]}
    refused = client.post(url, wrong, content_type="application/json")
    assert refused.status_code == 422
    assert "A range needs its likely amount" in refused.json()["detail"]
    published = client.post(f"{base}/editions", {"reason": "First"}, content_type="application/json")
    assert (published.status_code, published.json()["number"]) == (201, 1)
    assert client.get(f"{base}/changes/1/now").json() == {"differences": []}


def test_a_project_of_somebody_else_is_asked_for_in_vain(world, case, client):
    secret = golden_case(world.heron)
    publish_case(secret, actor=MAINSTAY)
    edit_case(BusinessCase.objects.get(pk=secret.pk), actor=MAINSTAY, problem="Hidden")
    for url in (f"/cases/{secret.pk}/", f"/cases/{secret.pk}/changes/", f"/api/v1/cases/{secret.pk}/content"):
        assert client.get(url).status_code == 404
    assert [one["id"] for one in client.get("/api/v1/cases").json()["items"]] == [case.pk]
