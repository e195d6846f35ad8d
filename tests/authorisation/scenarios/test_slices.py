"""What part of the money themes and kinds of work take: a limit to the solver, told where it binds or is broken."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.result import told_by
from mainstay.authorisation.scenarios.operations import arrange_scenario, edit_scenario
from mainstay.authorisation.scenarios.page import ScenarioPage
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.scenarios.totals import totals
from tests.authorisation.scenarios.conftest import LIMITS, RULES
from tests.authorisation.scenarios.test_pages import GIVEN
from tests.authorisation.test_pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strategy")]
GROW = {"classification": "RGT", "bucket": "Grow"}
RUN = {"classification": "RGT", "bucket": "Run"}
MONEY = LIMITS[:1]


def chosen(scenario: Scenario) -> list[str]:
    return sorted(scenario.lines.filter(is_in=True).values_list("project__code", flat=True))


def test_a_kind_of_work_takes_no_more_than_its_share(five: Any) -> None:
    # A and B are Run, C is Grow. Of 320 the best plan without shares spends 80 on C.
    free = five.solved(limits=MONEY, name="Free")
    assert "C" in chosen(free)
    scenario = five.solved(limits=MONEY, rules=RULES | {"mix": [GROW | {"max": "20"}]})
    assert scenario.solution.status == "optimal"
    assert chosen(scenario) == ["A", "B", "D", "E"]
    assert totals(scenario, five.manager).broken == ()
    page = ScenarioPage(scenario, five.manager)
    assert page.held_back_by == "Budget and Grow (Run, grow, transform) at most 20% of what is spent"
    assert ("Share of Grow (Run, grow, transform)", "at most 20%") in page.terms


def test_a_kind_of_work_takes_at_least_its_share(five: Any) -> None:
    scenario = five.solved(limits=MONEY, rules=RULES | {"mix": [GROW | {"min": "45"}]})
    # 80 are at least 45% of 177: beside C there is room for 97, which A would exceed.
    assert chosen(scenario) == ["B", "C"]
    page = ScenarioPage(scenario, five.manager)
    assert page.held_back_by == "Grow (Run, grow, transform) at least 45% of what is spent"


def test_a_plan_arranged_by_hand_is_told_which_share_it_breaks(five: Any) -> None:
    scenario = five.scenario(rules=RULES | {"mix": [RUN | {"min": "50", "max": "60"}]})
    lines = [{"project": code, "is_in": True} for code in "ACE"]
    scenario = arrange_scenario(scenario, actor=five.manager, lines=lines)
    broken = totals(scenario, five.manager).broken
    assert broken == ("Run (Run, grow, transform) takes 43% of what is spent, at least 50% is asked",)


def test_shares_that_cannot_hold_together_are_named(five: Any) -> None:
    mix = [RUN | {"min": "60"}, GROW | {"min": "50"}]
    scenario = five.scenario(rules=RULES | {"mix": mix})
    entry = {"project": "C", "forced": "in", "reason": "Promised"}
    scenario = arrange_scenario(scenario, actor=five.manager, lines=[entry])
    solved = solve_scenario_now(scenario, actor=five.manager, seconds=10)
    assert solved.solution.status == "infeasible"
    named = {rule.id for rule in told_by(solved.solution).problem.rules} & set(solved.solution.answer["conflict"])
    assert named == {
        "Run (Run, grow, transform) takes at least 60% of what is spent",
        "Grow (Run, grow, transform) takes at least 50% of what is spent",
    }


@pytest.mark.parametrize(
    ("mix", "message"),
    [
        ([{"classification": "RGT", "bucket": "Dream", "max": "10"}], "Choose a kind of work"),
        ([GROW | {"max": "120"}], "at most 100 per cent"),
        ([GROW], "at least or at most"),
        ([GROW | {"max": "10"}, GROW | {"min": "5"}], "one share only"),
    ],
)
def test_shares_that_make_no_sense_are_refused(five: Any, mix: list[dict[str, str]], message: str) -> None:
    scenario = five.scenario()
    with pytest.raises(ValidationError, match=message):
        edit_scenario(scenario, actor=five.manager, rules=RULES | {"mix": mix})
    assert Scenario.objects.get().rules["mix"] == []


def test_shares_of_kinds_are_given_in_the_form_and_stand_there_again(five: Any, client: Client) -> None:
    scenario = five.scenario()
    client.force_login(five.manager)
    page = f"/authorise/scenarios/{scenario.pk}/edit/"
    assert "Shares of kinds of work" in words(client.get(page))
    sent = GIVEN | {"version": scenario.version, "mix-TOTAL_FORMS": "1", "mix-INITIAL_FORMS": "0"}
    sent |= {"mix-0-kind": "RGT/Grow", "mix-0-max": "20"}
    assert client.post(page, sent).status_code == 302
    kept = [{"classification": "RGT", "bucket": "Grow", "min": "", "max": "20"}]
    assert Scenario.objects.get().rules["mix"] == kept
    assert '<option value="RGT/Grow" selected>' in client.get(page).content.decode()
