"""Sites, calendars, teams, people, skills, absences and rates: changed by who may, and refused otherwise."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Absence, Calendar, CalendarDay, CostRate, Proficiency, Resource, SourcingOption
from mainstay.resources.operations.absences import edit_absence, record_absence, remove_absence
from mainstay.resources.operations.places import SpecialDay, add_site, create_calendar, edit_calendar, edit_site
from mainstay.resources.operations.proficiencies import edit_proficiency, remove_proficiency, set_proficiency
from mainstay.resources.operations.rates import (
    edit_sourcing,
    remove_cost_rate,
    remove_sourcing,
    set_cost_rate,
    set_sourcing,
)
from mainstay.resources.operations.resources import add_resource, edit_resource
from mainstay.resources.operations.teams import create_team, edit_team
from tests.resources.people import hire

pytestmark = pytest.mark.django_db
MAY = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 7)}


@pytest.fixture
def rene(world):
    """The resource manager of Networks."""
    person = create_person(None, actor=MAINSTAY, username="rene", name="René Roy", password="correct-horse-battery")
    give_grant(person, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return person


def test_a_name_makes_a_key_that_is_free(world):
    staff = hire(world)
    assert [staff.add("Anna Berg").key, staff.add("Anna Berg").key] == ["anna-berg-2", "anna-berg-3"]
    with pytest.raises(ValidationError, match="the name makes none"):
        staff.add("王")
    assert Resource.objects.count() == 3


def test_the_manager_of_a_team_adds_and_changes_its_people_and_no_others(world, rene):
    staff = hire(world)
    far = create_team(world.top, actor=MAINSTAY, name="Far")
    ben = add_resource(staff.team, actor=rene, name="Ben", role=staff.role)
    edit_resource(ben, actor=rene, run_share=Decimal("0.25"), expected_version=1)
    before = Event.objects.count()
    with pytest.raises(Missing):
        add_resource(far, actor=rene, name="Cy", role=staff.role)
    with pytest.raises((Missing, Forbidden)):
        edit_resource(ben, actor=rene, team=far)
    with pytest.raises(Forbidden):
        edit_resource(ben, actor=world.sponsor, name="Benjamin")
    with pytest.raises(Stale):
        edit_resource(ben, actor=rene, name="Benjamin", expected_version=1)
    ben.refresh_from_db()
    assert (ben.name, ben.team, ben.run_share, Event.objects.count()) == ("Ben", staff.team, Decimal("0.25"), before)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"working_share": Decimal("1.1")}, "working_share"),
        ({"starts_on": date(2027, 2, 1), "leaves_on": date(2027, 1, 1)}, "leaves_on"),
        ({"headcount": 3}, "headcount"),
        ({"favourite_colour": "green"}, "__all__"),
    ],
)
def test_facts_that_make_no_sense_are_refused_beside_their_field(world, wrong, field):
    staff = hire(world)
    with pytest.raises(ValidationError) as refused:
        edit_resource(staff.anna, actor=MAINSTAY, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert Resource.objects.get().version == 1


def test_a_team_is_never_below_itself(world):
    staff = hire(world)
    part = create_team(world.networks, actor=MAINSTAY, name="Part", parent=staff.team)
    with pytest.raises(ValidationError, match="lies below"):
        edit_team(staff.team, actor=MAINSTAY, parent=part)
    staff.team.refresh_from_db()
    assert staff.team.parent is None


def test_a_team_moves_only_to_where_the_actor_manages_people(world, rene):
    staff = hire(world)
    with pytest.raises((Missing, Forbidden)):
        edit_team(staff.team, actor=rene, portfolio=world.top)
    with pytest.raises(ValidationError, match="not open to you"):
        edit_team(staff.team, actor=rene, parent=create_team(world.top, actor=MAINSTAY, name="Far"))
    staff.team.refresh_from_db()
    assert (staff.team.portfolio, staff.team.parent) == (world.networks, None)


def test_sites_and_calendars_are_for_those_who_may_for_the_whole(world, rene):
    staff, before = hire(world), Event.objects.count()
    for act in (
        lambda: add_site(None, actor=rene, name="Fell House"),
        lambda: edit_site(staff.site, actor=rene, name="Fell House"),
        lambda: create_calendar(None, actor=rene, name="Scotland"),
        lambda: edit_calendar(staff.calendar, actor=rene, name="Scotland"),
    ):
        with pytest.raises((Forbidden, Missing)):
            act()
    assert (Calendar.objects.get().name, Event.objects.count()) == ("England", before)


def test_days_of_a_calendar_are_replaced_as_one_and_told_to_who_saves_second(world):
    staff = hire(world)
    eve = SpecialDay(date(2026, 12, 24), Decimal(4), "Christmas Eve")
    edit_calendar(staff.calendar, actor=MAINSTAY, days=[eve, SpecialDay(date(2026, 12, 31))])
    edit_calendar(staff.calendar, actor=MAINSTAY, days=[eve], week=[9, 9, 9, 9, 0, 0, 0])
    assert list(CalendarDay.objects.values_list("date", "hours")) == [(date(2026, 12, 24), Decimal(4))]
    with pytest.raises(Stale) as refused:
        edit_calendar(staff.calendar, actor=MAINSTAY, name="Late", expected_version=2)
    changed = {one.field: (one.before, one.after) for one in refused.value.changes}
    assert changed["days"] == ("2026-12-24; 4; Christmas Eve\n2026-12-31; 0", "2026-12-24; 4; Christmas Eve")
    assert changed["monday"] == (8, 9)
    assert Calendar.objects.get().name == "England"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"country": "GB", "region": "BY"}, "region"),
        ({"week": [8, 8, 8, 8, 8]}, "week"),
        ({"days": [SpecialDay(date(2026, 1, 5)), SpecialDay(date(2026, 1, 5))]}, "days"),
        ({"days": [SpecialDay(date(2026, 1, 5), Decimal(25))]}, "days"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_whole(world, wrong, field):
    staff = hire(world)
    with pytest.raises(ValidationError) as refused:
        edit_calendar(staff.calendar, actor=MAINSTAY, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert (Calendar.objects.get().version, CalendarDay.objects.count()) == (1, 0)


def test_a_skill_stands_once_with_a_person(world, rene):
    staff = hire(world)
    set_proficiency(staff.anna, actor=rene, skill=staff.skill, level=2)
    row = set_proficiency(staff.anna, actor=rene, skill=staff.skill, level=4, valid_until=date(2027, 1, 31))
    assert list(Proficiency.objects.values_list("level", "valid_until")) == [(4, date(2027, 1, 31))]
    with pytest.raises(ValidationError):
        edit_proficiency(row, actor=rene, level=6)
    with pytest.raises(Forbidden):
        edit_proficiency(row, actor=world.sponsor, level=1)
    assert Proficiency.objects.get().level == 4
    remove_proficiency(row, actor=rene)
    assert not Proficiency.objects.exists()


def test_who_may_not_know_why_changes_the_days_only(world, rene):
    staff = hire(world)
    row = record_absence(staff.anna, actor=rene, kind="sickness", note="Back pain", **MAY)
    edit_absence(row, actor=world.portfolio_manager, ends_on=date(2027, 5, 10))
    with pytest.raises(Forbidden, match="change the days only"):
        edit_absence(row, actor=world.portfolio_manager, kind="leave")
    with pytest.raises(Stale) as refused:
        edit_absence(row, actor=world.portfolio_manager, expected_version=1, ends_on=date(2027, 5, 11))
    assert [one.field for one in refused.value.changes] == ["ends_on"]
    edit_absence(row, actor=rene, note="Worse back pain")
    with pytest.raises(Stale) as refused:
        edit_absence(row, actor=world.portfolio_manager, expected_version=2, ends_on=date(2027, 5, 11))
    assert refused.value.changes == []
    row.refresh_from_db()
    assert (row.kind, row.note, row.ends_on) == ("sickness", "Worse back pain", date(2027, 5, 10))


def test_no_event_tells_why_somebody_is_away_or_what_an_hour_costs(world):
    staff = hire(world)
    row = record_absence(staff.anna, actor=MAINSTAY, kind="sickness", note="Back pain", **MAY)
    remove_absence(edit_absence(row, actor=MAINSTAY, note="Worse back pain", kind="other"), actor=MAINSTAY)
    rate = set_cost_rate(staff.anna, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=Decimal("88.88"))
    remove_cost_rate(rate, actor=MAINSTAY)
    option = set_sourcing(staff.role, actor=MAINSTAY, kind="hire", lead_weeks=8, hourly=Decimal("99.99"))
    remove_sourcing(option, actor=MAINSTAY)
    told = str([(event.label, event.reason, event.changes) for event in Event.objects.order_by("-id")[:7]])
    for secret in ("pain", "sickness", "88.88", "99.99"):
        assert secret not in told


def test_events_about_people_reach_those_who_see_people(world):
    staff = hire(world)
    record_absence(staff.anna, actor=MAINSTAY, **MAY)
    set_cost_rate(staff.anna, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=Decimal("88.88"))

    def nouns(who: str) -> list[str]:
        seen = Event.objects.visible_to(getattr(world, who)).filter(noun__in=["absence", "cost rate"])
        return sorted(seen.values_list("noun", flat=True))

    assert nouns("sponsor") == []
    assert nouns("portfolio_manager") == ["absence"]
    assert nouns("controller") == ["absence", "cost rate"]


def test_everybody_reads_their_own_absence_with_its_reason(world):
    staff = hire(world)
    edit_resource(staff.anna, actor=MAINSTAY, person=world.stranger)
    record_absence(staff.anna, actor=MAINSTAY, kind="sickness", note="Back pain", **MAY)

    def seen(who: str) -> list[tuple[str | None, str | None]]:
        rows = Absence.objects.readable_by(getattr(world, who))
        return list(rows.values_list("kind_seen", "note_seen"))

    assert seen("stranger") == [("sickness", "Back pain")]
    assert seen("portfolio_manager") == [(None, None)]
    assert seen("sponsor") == []
    assert seen("director") == [("sickness", "Back pain")]


def test_nobody_sees_a_rate_only_because_it_is_their_own(world, rene):
    staff = hire(world)
    edit_resource(staff.anna, actor=MAINSTAY, person=world.stranger)
    set_cost_rate(staff.anna, actor=rene, valid_from=date(2026, 4, 1), hourly=Decimal("88.88"))
    set_cost_rate(staff.role, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=Decimal("77.77"))
    counts = {
        who: CostRate.objects.visible_to(getattr(world, who)).count()
        for who in ("stranger", "portfolio_manager", "controller", "director")
    }
    assert counts == {"stranger": 0, "portfolio_manager": 0, "controller": 1, "director": 2}


def test_the_same_day_again_corrects_a_rate(world, rene):
    staff = hire(world)
    for hourly in ("80", "85.50"):
        set_cost_rate(staff.anna, actor=rene, valid_from=date(2026, 4, 1), hourly=Decimal(hourly))
    assert list(CostRate.objects.values_list("hourly", flat=True)) == [Decimal("85.50")]
    with pytest.raises(ValidationError):
        set_cost_rate(staff.anna, actor=rene, valid_from=date(2026, 5, 1), hourly=Decimal(-1))
    with pytest.raises((Forbidden, Missing)):
        set_cost_rate(staff.role, actor=rene, valid_from=date(2026, 4, 1), hourly=Decimal(80))
    with pytest.raises((Forbidden, Missing)):
        set_cost_rate(staff.anna, actor=world.portfolio_manager, valid_from=date(2026, 5, 1), hourly=Decimal(80))
    assert CostRate.objects.count() == 1


def test_ways_to_get_more_people_are_kept_for_roles_and_skills(world):
    staff = hire(world)
    option = set_sourcing(staff.role, actor=MAINSTAY, kind="hire", lead_weeks=12, hourly=Decimal(60))
    edit_sourcing(option, actor=MAINSTAY, lead_weeks=16)
    set_sourcing(staff.skill, actor=MAINSTAY, kind="train", lead_weeks=6, hourly=Decimal(60), once=Decimal(1500))
    assert list(SourcingOption.objects.values_list("kind", "lead_weeks")) == [("hire", 16), ("train", 6)]
    with pytest.raises((Forbidden, Missing)):
        edit_sourcing(option, actor=world.controller, lead_weeks=1)
    assert SourcingOption.objects.get(kind="hire").lead_weeks == 16
