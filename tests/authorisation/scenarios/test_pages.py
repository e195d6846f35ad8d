"""Tests of the pages of scenarios."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.operations import freeze_scenario

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Growth", "starts_on": "2027-01-01", "period": "quarter", "periods": "4", "maximise": "benefit",
    "committed": "kept", "window": "3", "delay_amount": "1", "dependencies": "on", "portfolio": "FIVE",
    "limits-TOTAL_FORMS": "3", "limits-INITIAL_FORMS": "0",
    "limits-0-source": "cost", "limits-0-max": "320",
    "limits-1-source": "role.skill1", "limits-1-max": "3",
    "limits-2-source": "role.skill2", "limits-2-max": "2",
    "changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0",
    "shares-TOTAL_FORMS": "0", "shares-INITIAL_FORMS": "0", "mix-TOTAL_FORMS": "0", "mix-INITIAL_FORMS": "0",
}  # fmt: skip


@pytest.fixture
def amara(client: Client, five: Any) -> Client:
    """Amara's browser."""
    client.force_login(five.manager)
    return client


def test_the_golden_five_through_the_page(amara: Client, five: Any) -> None:
    made = amara.post(reverse("scenario_new"), GIVEN)
    scenario = Scenario.objects.get(name="Growth")
    assert made.url == reverse("scenario", args=[scenario.pk])
    answer = amara.post(reverse("scenario_solution", args=[scenario.pk]), follow=True)
    page = answer.content.decode()
    assert "4 of 5 projects bring GBP 89 of benefit" in page
    assert "everything fits" in page
    assert "Proven: no other choice within the limits and rules brings more." in page
    line = amara.get(reverse("scenario_line", args=[scenario.pk, "D"])).content.decode()
    assert "Why the solver has it so" in line


def test_a_toggle_answers_with_the_row_and_the_totals(amara: Client, five: Any) -> None:
    scenario = five.scenario()
    address = reverse("scenario_arranging", args=[scenario.pk])
    answer = amara.post(address, {"toggle": "A", "version": "1"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="line-A"' in page
    assert 'id="line-B"' not in page
    assert "1 of 5 projects brings GBP 30 of benefit" in page
    assert 'name="version" value="2"' in page
    assert PlanLine.objects.get(scenario=scenario, project__code="A").is_in


def test_a_toggle_of_what_somebody_else_changed_is_refused(amara: Client, five: Any) -> None:
    scenario = five.scenario()
    address = reverse("scenario_arranging", args=[scenario.pk])
    amara.post(address, {"toggle": "A", "version": "1"})
    answer = amara.post(address, {"toggle": "B", "version": "1"}, follow=True)
    assert "was changed while you were editing it" in answer.content.decode()
    assert not PlanLine.objects.get(scenario=scenario, project__code="B").is_in


def test_a_line_that_is_settled_needs_a_reason(amara: Client, five: Any) -> None:
    scenario = five.scenario()
    address = reverse("scenario_line", args=[scenario.pk, "D"])
    answer = amara.post(address, {"version": "1", "forced": "in"})
    assert answer.status_code == 422
    assert "Say why D is settled by hand." in answer.content.decode()
    assert five.line(scenario, "D").forced == ""


def test_what_is_wrong_with_the_terms_is_told_and_nothing_saved(amara: Client, five: Any) -> None:
    answer = amara.post(reverse("scenario_new"), GIVEN | {"limits-0-max": ""})
    assert answer.status_code == 422
    assert "Say how much there is at most of budget." in answer.content.decode()
    assert not Scenario.objects.exists()


def test_a_move_on_the_roadmap_changes_the_scenario_alone(amara: Client, five: Any) -> None:
    scenario = five.scenario()
    address = reverse("scenario_moves", args=[scenario.pk])
    told = amara.post(address, {"project": "A", "start": "2027-04-01", "end": "2027-09-30", "version": "1"}).json()
    assert told["version"] == 2
    assert str(five.line(scenario, "A").start_date) == "2027-04-01"
    assert str(five.project("A").start_date) == "2027-01-01"


def test_a_frozen_scenario_cannot_be_changed_but_copied(amara: Client, five: Any) -> None:
    scenario = freeze_scenario(five.scenario(), actor=five.manager)
    answer = amara.post(reverse("scenario_arranging", args=[scenario.pk]), {"toggle": "A", "version": "2"})
    assert answer.status_code == 409
    assert not five.line(scenario, "A").is_in
    amara.post(reverse("scenario_copy", args=[scenario.pk]), {"name": "Growth again"})
    copy = Scenario.objects.get(name="Growth again")
    assert (copy.state, copy.copied_from, copy.lines.count()) == ("draft", scenario, 5)
