"""What a scenario does for the strategy, what people have left for it, and groups of which one may be in."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.operations import arrange_scenario
from mainstay.authorisation.scenarios.totals import totals
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Role
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from tests.authorisation.scenarios.test_pages import GIVEN
from tests.authorisation.test_pages import words

pytestmark = pytest.mark.django_db
IN = "ABCE"
TIME: dict[str, Any] = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 26), "hours": Decimal(40)}


def arranged(five: Any, codes: str = IN, **terms: Any) -> Scenario:
    """A scenario with these projects in; C was in the plan of record."""
    scenario = five.scenario(**terms)
    line = five.line(scenario, "C")
    type(line).objects.filter(pk=line.pk).update(base=line.base | {"is_in": True})
    lines = [{"project": code, "is_in": code in codes} for code in "ABCDE"]
    return arrange_scenario(scenario, actor=five.manager, expected_version=1, lines=lines)


@pytest.mark.usefixtures("strategy")
def test_the_mix_is_told_beside_its_target_and_what_lies_outside_the_tolerance_is_marked(five: Any) -> None:
    (mix,) = totals(arranged(five), five.manager).mixes
    told = [(one.name, one.amount, one.share, one.was, one.target, one.status) for one in mix.parts]
    assert told == [
        ("Run", 190, 190 / 320, 0, 0.5, ("warn", "Too much")),
        ("Grow", 80, 80 / 320, 1, 0.3, ("good", "Within tolerance")),
        ("Transform", 0, 0, 0, 0.2, ("warn", "Too little")),
        ("In no kind", 50, 50 / 320, 0, None, ("none", "No target")),
    ]
    assert [one.name for one in mix.off] == ["Run", "Transform"]


@pytest.mark.usefixtures("strategy")
def test_the_goals_say_what_the_plan_gives_them(five: Any) -> None:
    found = totals(arranged(five), five.manager)
    assert [(one.code, one.reach, one.plan, one.was, one.most) for one in found.goals] == [
        ("Leaks", 0.6, 0.5, 0, 0.5),
        ("Trust", 0.4, 0.25, 0.25, 0.75),
    ]
    assert (round(found.strategic, 9), round(found.strategic_was, 9)) == (0.4, 0.1)


@pytest.mark.usefixtures("strategy")
def test_an_empty_plan_has_no_shares_and_gives_nothing(five: Any) -> None:
    found = totals(arranged(five, ""), five.manager)
    assert [(one.share, one.status) for one in found.mixes[0].parts] == [(None, ("none", "No money"))] * 3
    assert found.strategic == 0


@pytest.mark.usefixtures("strategy")
def test_page_and_api_tell_the_mix_and_the_goals(five: Any, client: Client) -> None:
    scenario = arranged(five)
    client.force_login(five.manager)
    page = words(client.get(reverse("scenario", args=[scenario.pk])))
    assert "Run GBP 190 59% 50% ± 5% 0% ● Too much".replace("● ", "") in page.replace("● ", "").replace("▲ ", "")
    assert "The plan gives 40% of the whole strategy, the plan of record 10%." in page
    told = client.get(f"/api/v1/scenarios/{scenario.pk}/totals").json()
    (mix,) = told["mixes"]
    assert (mix["classification"], [one["is_off"] for one in mix["kinds"]]) == ("RGT", [True, False, True, False])
    assert told["goals"][1] == {
        "code": "Trust", "name": "Trust", "reach": 0.4, "plan": 0.25, "was": 0.25, "most": 0.75,
    }  # fmt: skip


def hours(five: Any) -> list[float]:
    """The hours of the first skill there are in each quarter."""
    scenario = Scenario.objects.get()
    return list(next(room.hours for room in frame_of(scenario, five.manager).rooms if room.key == "skill1"))


def test_what_is_booked_on_work_outside_the_scenario_is_not_there_for_it(five: Any, world: Any) -> None:
    team, role = create_team(five.portfolio, actor=MAINSTAY, name="Design"), Role.objects.get(key="skill1")
    person = add_resource(team, actor=MAINSTAY, name="Finn Carr", role=role)
    five.scenario(limits=[{"source": "roles"}])
    free = hours(five)
    assert min(free) > 400
    add_booking(person, actor=MAINSTAY, project=five.project("A"), role=role, **TIME)
    assert hours(five) == free
    add_booking(person, actor=MAINSTAY, project=world.pumps, role=role, **TIME)
    assert hours(five) == pytest.approx([free[0] - 40, *free[1:]])


def test_a_group_of_which_one_may_be_in_is_typed_into_the_form_and_kept(five: Any, client: Client) -> None:
    client.force_login(five.manager)
    made = client.post(reverse("scenario_new"), GIVEN | {"groups": "A, B\nC, D, E"})
    scenario = Scenario.objects.get()
    assert (made.status_code, scenario.rules["at_most_one"]) == (302, [["A", "B"], ["C", "D", "E"]])
    form = client.get(reverse("scenario_edit", args=[scenario.pk])).content.decode()
    assert "A, B\nC, D, E</textarea>" in form


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ("A", "A group names two candidates or more, apart by commas."),
        ("A, PUMPS", "There is no project PUMPS here."),
    ],
)
def test_a_group_that_makes_no_sense_is_told_beside_the_field(
    five: Any, client: Client, groups: str, told: str
) -> None:
    client.force_login(five.manager)
    refused = client.post(reverse("scenario_new"), GIVEN | {"groups": groups})
    assert (refused.status_code, told in words(refused)) == (422, True)
    assert not Scenario.objects.exists()


def test_two_of_a_group_taken_in_by_hand_are_told(five: Any) -> None:
    rules = {"window": 3, "at_most_one": [["A", "B", "D"]]}
    found = totals(arranged(five, rules=rules), five.manager)
    assert found.over[-1] == "Of A, B and D at most one may be in, not A and B"
