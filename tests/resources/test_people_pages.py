"""Pages of people: lists, records, calendars, the matrix of skills and rates."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.operations.people import deactivate_person
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import (
    Absence,
    Calendar,
    CostRate,
    Proficiency,
    Resource,
    ResourceKind,
    SourcingOption,
    Team,
)
from mainstay.resources.operations.absences import record_absence
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.rates import set_cost_rate
from mainstay.resources.operations.resources import edit_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.special_days import read_days
from tests.resources.people import hire
from tests.second_save import answered

pytestmark = pytest.mark.django_db
MAY = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 7)}


@pytest.fixture
def staff(world, client):
    """A team with four, looked at by the director."""
    staff = hire(world)
    staff.add("Ben Frost")
    staff.add("Contractors", kind=ResourceKind.GROUP, headcount=3)
    staff.add("Designer to be found", kind=ResourceKind.GENERIC)
    client.force_login(world.director)
    return staff


def names(response) -> list[str]:
    """Who stands in the list."""
    return [row.name for row in response.context["people"].page]


def test_the_list_finds_people_by_what_they_are_and_when_they_are_there(world, client, staff):
    set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=3)
    record_absence(staff.anna, actor=MAINSTAY, **MAY)
    address = "/resources/people/"
    assert names(client.get(address)) == ["Anna Berg", "Ben Frost", "Contractors", "Designer to be found"]
    assert names(client.get(address, {"skill": "prototyping", "level": "3"})) == ["Anna Berg"]
    assert names(client.get(address, {"skill": "prototyping", "level": "4"})) == []
    assert names(client.get(address, {"on": "2027-05-04"})) == ["Ben Frost", "Contractors"]
    assert names(client.get(address, {"on": "2027-05-08"})) == []
    assert names(client.get(address, {"site": "northmoor"})) == ["Anna Berg"]
    assert names(client.get(address, {"kind": "group"})) == ["Contractors"]
    assert names(client.get(address, {"q": "frost", "team": "design", "role": "ux-designer"})) == ["Ben Frost"]
    assert "2 people, 1 placeholder, 1 group in 1 team." in client.get(address).content.decode()


def test_the_list_asks_as_much_for_many_as_for_few(world, client, staff, django_assert_max_num_queries):
    for number in range(40):
        one = staff.add(f"Person {number:02}", site=staff.site)
        set_proficiency(one, actor=MAINSTAY, skill=staff.skill, level=2)
    with django_assert_max_num_queries(22):
        client.get("/resources/people/?on=2027-05-03")


def test_a_list_leaves_as_it_is_narrowed(world, client, staff):
    answer = client.get("/resources/people/export/?kind=group&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("contractors,Contractors,Group,Design,UX designer,")
    assert len(lines) == 2


def test_somebody_is_added_and_changed_by_pages(world, client, staff):
    told = {"name": "Cy Moor", "kind": "named", "team": staff.team.pk, "role": staff.role.pk}
    told |= {"working_share": "80", "run_share": "20"}
    assert client.post("/resources/people/new/", {**told, "name": ""}).status_code == 422
    assert client.post("/resources/people/new/", told).status_code == 302
    row = Resource.objects.get(name="Cy Moor")
    assert (row.key, row.working_share, row.run_share) == ("cy-moor", Decimal("0.8"), Decimal("0.2"))
    edit = "/resources/people/cy-moor/edit/"
    told |= {"headcount": "1", "version": "1", "starts_on": "2027-02-01", "leaves_on": "2027-01-01"}
    refused = client.post(edit, told)
    assert refused.status_code == 422
    assert "The last day lies before the first." in refused.content.decode()
    assert client.post(edit, {**told, "leaves_on": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.starts_on, row.version) == (date(2027, 2, 1), 2)


def test_who_saves_a_person_second_chooses(world, client, staff):
    edit_resource(staff.anna, actor=world.administrator, name="Anna Berg-Lind")
    address = "/resources/people/anna-berg/edit/"
    told = {
        "name": "Anna B.", "kind": "named", "headcount": "1", "team": staff.team.pk, "role": staff.role.pk,
        "site": staff.site.pk, "working_share": "50", "run_share": "0", "version": "1",
    }  # fmt: skip
    page = client.post(address, told)
    assert page.status_code == 409
    assert "Anna Berg-Lind" in page.content.decode()
    assert client.post(address, answered(page, name="theirs")).status_code == 302
    staff.anna.refresh_from_db()
    assert (staff.anna.name, staff.anna.working_share) == ("Anna Berg-Lind", Decimal("0.5"))


def test_skills_and_absences_are_kept_on_the_page_of_a_person(world, client, staff):
    address = "/resources/people/anna-berg/"
    assert client.post(f"{address}proficiencies/", {"skill-level": "3"}).status_code == 422
    told = {"skill-skill": staff.skill.pk, "skill-level": "3", "skill-certificate": "UX 3"}
    assert client.post(f"{address}proficiencies/", told).status_code == 302
    told = {"absence-starts_on": "2099-05-03", "absence-ends_on": "2099-05-07", "absence-share": "50"}
    assert client.post(f"{address}absences/", {**told, "absence-ends_on": "2099-05-01"}).status_code == 422
    assert client.post(f"{address}absences/", {**told, "absence-kind": "leave"}).status_code == 302
    assert (Proficiency.objects.get().certificate, Absence.objects.get().share) == ("UX 3", Decimal("0.5"))
    shown = client.get(address).content.decode()
    assert "UX 3" in shown
    assert "3 May 2099" in shown
    had, away = Proficiency.objects.get().pk, Absence.objects.get().pk
    assert client.post(f"/resources/proficiencies/{had}/removal/").status_code == 302
    assert client.post(f"/resources/absences/{away}/removal/").status_code == 302
    assert (Proficiency.objects.count(), Absence.objects.count()) == (0, 0)


def test_why_somebody_is_away_stands_only_where_it_may_be_known(world, client, staff):
    edit_resource(staff.anna, actor=MAINSTAY, person=world.stranger)
    days = {"starts_on": date(2099, 5, 3), "ends_on": date(2099, 5, 7)}
    record_absence(staff.anna, actor=MAINSTAY, kind="sickness", note="Back pain", **days)

    def shown(who) -> bool:
        client.force_login(who)
        return "Back pain" in client.get("/resources/people/anna-berg/").content.decode()

    assert [shown(who) for who in (world.director, world.stranger, world.portfolio_manager)] == [True, True, False]
    edit = client.get(f"/resources/absences/{Absence.objects.get().pk}/").content.decode()
    assert "Back pain" not in edit
    assert "Sickness" not in edit


def test_a_rate_stands_on_the_page_only_for_those_who_may_see_rates(world, client, staff):
    address = "/resources/people/anna-berg/"
    told = {"rate-valid_from": "2026-04-01", "rate-hourly": "88.88", "rate-currency": "GBP"}
    assert client.post(f"{address}rates/", {**told, "rate-currency": "pounds"}).status_code == 422
    assert client.post(f"{address}rates/", told).status_code == 302
    assert "88.88" in client.get(address).content.decode()
    client.force_login(world.portfolio_manager)
    assert "88.88" not in client.get(address).content.decode()
    assert client.post(f"{address}rates/", told).status_code == 403
    assert CostRate.objects.count() == 1


def test_a_calendar_shows_next_years_holidays_before_it_is_saved(world, client, staff):
    year = timezone.localdate().year + 1
    shown = client.get("/resources/calendars/holidays/?country=GB&region=SCT").content.decode()
    assert f"public holidays in {year}" in shown
    assert "Saint Andrew's Day" in shown.replace("&#x27;", "'")
    assert "Saint Andrew" not in client.get("/resources/calendars/holidays/?country=GB&region=ENG").content.decode()


WEEK = {
    "monday": "8", "tuesday": "8", "wednesday": "8", "thursday": "8", "friday": "6.5", "saturday": "0", "sunday": "0",
}  # fmt: skip


def test_a_calendar_is_kept_with_its_week_and_its_days(world, client, staff):
    told = {**WEEK, "name": "Scotland", "country": "GB", "region": "SCT", "days": "2026-12-24; 4; Eve\n31.12.2026"}
    refused = client.post("/resources/calendars/new/", {**told, "days": "Christmas", "monday": "25"})
    assert refused.status_code == 422
    assert "Line 1: Christmas is no date." in refused.content.decode()
    assert client.post("/resources/calendars/new/", told).status_code == 302
    row = Calendar.objects.get(key="scotland")
    assert (row.week, row.region) == ([8, 8, 8, 8, 6.5, 0, 0], "SCT")
    assert list(row.days.values_list("date", "hours")) == [(date(2026, 12, 24), 4), (date(2026, 12, 31), 0)]
    told |= {"is_active": "on", "version": "1", "days": ""}
    assert client.post("/resources/calendars/scotland/", told).status_code == 302
    assert row.days.count() == 0
    shown = client.get("/resources/calendars/scotland/").content.decode()
    assert '<option value="GB" selected>United Kingdom</option>' in shown
    assert client.post("/resources/calendars/scotland/", {**told, "sunday": "1"}).status_code == 409


def test_days_may_be_pasted_from_a_spreadsheet():
    days = read_days("24/12/2026\t4\tChristmas Eve\n\n26 December 2026;Works holiday")
    assert [(f"{day.date}", day.hours, day.name) for day in days] == [
        ("2026-12-24", 4, "Christmas Eve"),
        ("2026-12-26", 0, "Works holiday"),
    ]


def test_teams_stand_below_the_whole_with_their_heads(world, client, staff):
    create_team(world.networks, actor=MAINSTAY, name="A part", parent=staff.team)
    lines = client.get("/resources/teams/").context["page"].lines
    assert [(team.name, depth, heads) for team, depth, heads, _ in lines] == [("Design", 0, 4), ("A part", 1, 0)]
    told = {"name": "Research", "portfolio": world.networks.pk, "parent": staff.team.pk}
    assert client.post("/resources/teams/new/", told).status_code == 302
    assert client.post("/resources/teams/research/", {**told, "version": "1"}).status_code == 302
    assert Team.objects.get(key="research").is_active is False


def test_the_matrix_shows_levels_and_what_runs_out(world, client, staff):
    today = timezone.localdate()
    for name, days in (("Anna Berg", 30), ("Ben Frost", -1), ("Contractors", 400)):
        one, until = Resource.objects.get(name=name), today + timedelta(days=days)
        set_proficiency(one, actor=MAINSTAY, skill=staff.skill, level=4, valid_until=until)
    page = client.get("/resources/skills/").context["page"]
    assert [[cell.holding.word if cell else "" for cell in line.cells] for line in page.matrix] == [
        ["Runs out soon"], ["Run out"], ["Valid"], [""],
    ]  # fmt: skip
    assert [(skill.name, count) for skill, count in page.strength] == [("Prototyping", 2)]
    assert page.finding == "1 run out within 90 days, 1 have run out."
    export = client.get("/resources/skills/export/?format=csv")
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Person,Key,Team,Prototyping", "Anna Berg,anna-berg,Design,4"]


def typed(began: dict[str, str], now: dict[str, str]) -> dict[str, object]:
    """Levels of prototyping as a browser without scripts sends them: by person, as shown and as typed."""
    cells = {f"levels:{key}:prototyping": level for key, level in now.items()}
    base = {key: {"prototyping": level} for key, level in began.items()}
    return {"levels:lines": list(now), "levels:base": json.dumps(base), **cells}


def test_levels_are_typed_for_many_at_once(world, client, staff):
    set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=3, certificate="UX 3")
    address, began = "/resources/skills/levels/", {"anna-berg": "3", "ben-frost": ""}
    assert "levels:ben-frost:prototyping" in client.get(address).content.decode()
    assert client.post(address, typed(began, {"anna-berg": "3", "ben-frost": "6"})).status_code == 422
    assert client.post(address, typed(began, {"anna-berg": "5", "ben-frost": "2"})).status_code == 302
    rows = Proficiency.objects.order_by("resource__name").values_list("level", "certificate")
    assert list(rows) == [(5, "UX 3"), (2, "")]
    assert client.post(address, typed(began, {"anna-berg": "4", "ben-frost": ""})).status_code == 409
    now = {"anna-berg": "5", "ben-frost": "2"}
    assert client.post(address, typed(now, {"anna-berg": "5", "ben-frost": ""})).status_code == 302
    assert list(Proficiency.objects.values_list("level", flat=True)) == [5]


def test_rates_of_roles_and_ways_to_get_people_are_kept_on_one_page(world, client, staff):
    told = {"role-role": "ux-designer", "role-valid_from": "2026-04-01", "role-hourly": "70", "role-currency": "GBP"}
    assert client.post("/resources/rates/roles/", {**told, "role-hourly": "-1"}).status_code == 422
    assert client.post("/resources/rates/roles/", told).status_code == 302
    more = {
        "sourcing-of": "skill:prototyping", "sourcing-kind": "train", "sourcing-lead_weeks": "6",
        "sourcing-hourly": "60", "sourcing-once": "1500", "sourcing-currency": "GBP",
    }  # fmt: skip
    assert client.post("/resources/sourcing/", {**more, "sourcing-of": "skill:none"}).status_code == 422
    assert client.post("/resources/sourcing/", more).status_code == 302
    shown = client.get("/resources/rates/").content.decode()
    assert "70.00" in shown
    assert "Train: Prototyping" in shown
    option = SourcingOption.objects.get()
    assert client.post(f"/resources/sourcing/{option.pk}/removal/").status_code == 302
    rate = CostRate.objects.get()
    assert client.post(f"/resources/rates/{rate.pk}/removal/").status_code == 302
    assert (CostRate.objects.count(), SourcingOption.objects.count()) == (0, 0)


def test_the_page_of_a_person_is_told_as_it_was_known(world, client, staff):
    edit_resource(staff.anna, actor=MAINSTAY, name="Anna Berg-Lind")
    set_cost_rate(staff.anna, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=Decimal("88.88"))
    yesterday = timezone.localdate() - timedelta(days=1)
    assert client.get("/resources/people/anna-berg/", {"as_of": f"{yesterday}"}).status_code == 404
    for address in ("/resources/people/", "/resources/skills/", "/resources/teams/", "/resources/rates/"):
        assert "Anna Berg-Lind" not in client.get(address, {"as_of": f"{yesterday}"}).content.decode()


def test_somebody_who_left_the_house_is_no_log_in_to_choose(world, client, staff):
    deactivate_person(world.stranger, actor=MAINSTAY)
    shown = client.get("/resources/people/anna-berg/edit/").content.decode()
    assert "Mei Tanaka" in shown
    assert "Tom Stranger" not in shown
