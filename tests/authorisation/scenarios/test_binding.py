"""What holds a plan back is named: money too little for anybody who is out, people in the periods they are full."""

import pytest

from mainstay.authorisation.scenarios.binding import held_back_by
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.operations import arrange_scenario
from mainstay.authorisation.scenarios.totals import totals

pytestmark = pytest.mark.django_db


def told(five, scenario):
    return held_back_by(totals(scenario, five.manager), frame_of(scenario, five.manager), list(scenario.lines.all()))


def test_the_best_plan_is_held_back_by_money_and_by_people_in_the_quarter_they_are_full(five):
    scenario = five.solved()
    assert told(five, scenario) == ["Budget", "Skill 2 in Q1 2027"]


def test_where_everybody_who_is_out_still_fits_nothing_holds_it_back(five):
    scenario = five.scenario()
    assert told(five, scenario) == []


def test_what_is_exceeded_is_no_longer_only_held_back(five):
    scenario = five.scenario()
    lines = [{"project": code, "is_in": True} for code in "ABCE"]
    arrange_scenario(scenario, actor=five.manager, lines=[*lines, {"project": "D", "is_in": True}])
    assert totals(scenario, five.manager).over
    assert told(five, scenario) == []
