"""The people of the sample who do the work: sites, teams, skills, absences, rates, and ways to get more."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Person
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import AbsenceKind, Calendar, Resource, Role, Site, Skill, Team
from mainstay.resources.operations.absences import record_absence
from mainstay.resources.operations.places import SpecialDay, add_site, create_calendar
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.rates import set_cost_rate, set_sourcing
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team, edit_team
from mainstay.resources.operations.vocabulary import add_role, add_skill

SEED = 1874
# By when, in days from today; roles and skills are known from the business cases before.
PLACES, TEAMS, PEOPLE, SKILLS, RATES, LEAVE, NEWS = -420, -410, -400, -380, -230, -60, -6
PERCENT = Decimal(100)
YEARS = 2
HOLIDAY = (5, 12)
REASONS = ("", "", "Family", "Summer holiday", "Walking the coast path", "New kitchen")


def enter(staff: Staff, diary: Diary) -> None:
    """Write the workforce into the diary; the resource manager keeps most of it."""
    told, chance = facts.read("workforce.toml"), random.Random(SEED)  # noqa: S311  (no secrets)
    for hour, act in enumerate((_calendars, _words), 8):
        diary.enter(PLACES, partial(act, staff, told, diary.today.year), hour=hour)
    diary.enter(TEAMS, partial(_teams, staff, told["team"]))
    for team in told["team"]:
        diary.enter(PEOPLE, partial(_people, staff, team, chance, diary))
    diary.enter(PEOPLE, partial(_extras, staff, told["extra"], diary), hour=15)
    diary.enter(SKILLS, partial(_skills, staff, told["team"], chance, diary))
    diary.enter(RATES, partial(_rates, staff, told, diary))
    diary.enter(LEAVE, partial(_leave, staff, chance, diary))
    diary.enter(NEWS, partial(_news, staff, diary))


def _calendars(staff: Staff, told: dict[str, Any], year: int) -> None:
    for one in told["calendar"]:
        days = [
            SpecialDay(date(year + later, month, day), Decimal(str(hours)), name)
            for later in range(YEARS)
            for month, day, hours, name in one.get("days", ())
        ]
        more = {name: one[name] for name in ("week", "region") if name in one}
        country = one.get("country", "GB")
        create_calendar(
            None, actor=staff["ingrid"], key=one["key"], name=one["name"], country=country, days=days, **more
        )
    for one in told["site"]:
        calendar = Calendar.objects.get(key=one["calendar"])
        add_site(None, actor=staff["ingrid"], **one | {"calendar": calendar})


def _words(staff: Staff, told: dict[str, Any], year: int) -> None:
    for add, word in ((add_role, "role"), (add_skill, "skill")):
        for one in told[word]:
            add(None, actor=staff["ingrid"], **one)


def _teams(staff: Staff, teams: list[dict[str, Any]]) -> None:
    for one in teams:
        place = Portfolio.objects.get(code=one["portfolio"])
        manager = staff.known.get(one.get("manager", ""))
        create_team(place, actor=staff["ingrid"], key=one["key"], name=one["name"], manager=manager)
    for one in (one for one in teams if "parent" in one):
        team = Team.objects.get(key=one["key"])
        edit_team(team, actor=staff["ingrid"], parent=Team.objects.get(key=one["parent"]))


def _people(staff: Staff, one: dict[str, Any], chance: random.Random, diary: Diary) -> None:
    """Everybody of the jobs of a team; some work part time, one or two have handed in their notice."""
    team, role = Team.objects.get(key=one["key"]), Role.objects.get(key=one["role"])
    site, own = Site.objects.get(key=one["site"]), Calendar.objects.filter(key=one.get("calendar", "")).first()
    people = Person.objects.filter(job_title__in=one["jobs"]).order_by("username")
    for number, person in enumerate(people):
        add_resource(
            team,
            actor=staff["ingrid"],
            name=person.name,
            person=person,
            role=role,
            site=site,
            calendar=own,
            working_share=Decimal(chance.choice((100, 100, 100, 80, 60))) / PERCENT,
            run_share=Decimal(one["run"] + chance.choice((-10, 0, 0, 10))) / PERCENT,
            most_projects=one.get("most"),
            starts_on=diary.day(chance.randrange(-4000, -420)),
            leaves_on=diary.day(110) if number == len(people) - 1 and one["key"] in {"data", "substations"} else None,
        )


def _extras(staff: Staff, extras: list[dict[str, Any]], diary: Diary) -> None:
    for one in extras:
        team = Team.objects.get(key=one["team"])
        placed = team.resources.exclude(site=None).first()
        row = add_resource(
            team,
            actor=staff["ingrid"],
            key=one["key"],
            name=one["name"],
            kind=one.get("kind", "named"),
            role=Role.objects.get(key=one["role"]),
            site=placed.site if placed else None,
            headcount=one.get("heads", 1),
            working_share=Decimal(one.get("share", 100)) / PERCENT,
            run_share=Decimal(one.get("run", 0)) / PERCENT,
        )
        _have(staff, row, one.get("skills", {}), one.get("certified", {}), diary)


def _have(staff: Staff, row: Resource, levels: dict[str, int], certified: Any, diary: Diary) -> None:
    """Skills by their levels, and those with a certificate that ends so many days from today."""
    for key, level in levels.items():
        set_proficiency(row, actor=staff["ingrid"], skill=Skill.objects.get(key=key), level=level)
    for key, (level, days) in certified.items():
        skill, until = Skill.objects.get(key=key), diary.day(days)
        certificate = f"{skill.name} {until.year - 3}"
        set_proficiency(
            row, actor=staff["ingrid"], skill=skill, level=level, valid_until=until, certificate=certificate
        )


def _skills(staff: Staff, teams: list[dict[str, Any]], chance: random.Random, diary: Diary) -> None:
    for one in teams:
        for row in Resource.objects.filter(team__key=one["key"], kind="named").exclude(person=None).order_by("key"):
            count = chance.randint(1, len(one["skills"]))
            levels = {key: chance.choice((2, 3, 3, 4, 5)) for key in one["skills"][:count]}
            has_one = "certified" in one and chance.random() < 0.7
            certified = {one["certified"]: (3, chance.randrange(-40, 900))} if has_one else {}
            _have(staff, row, levels, certified, diary)


def _rates(staff: Staff, told: dict[str, Any], diary: Diary) -> None:
    day = date(diary.today.year - (diary.today.month < 4), 4, 1)
    for key, hourly in told["rates"].items():
        set_cost_rate(Role.objects.get(key=key), actor=staff["ingrid"], valid_from=day, hourly=Decimal(hourly))
    for number, row in enumerate(Resource.objects.filter(team__key="project-managers").order_by("key")):
        hourly = Decimal(66 + number % 5 * 4)
        set_cost_rate(row, actor=staff["ingrid"], valid_from=day, hourly=hourly)
    for one in told["sourcing"]:
        subject = Role.objects.get(key=one["role"]) if "role" in one else Skill.objects.get(key=one["skill"])
        set_sourcing(
            subject,
            actor=staff["ingrid"],
            kind=one["kind"],
            lead_weeks=one["weeks"],
            hourly=Decimal(one["hourly"]),
            once=Decimal(one.get("once", 0)),
            note=one.get("note", ""),
        )


def _leave(staff: Staff, chance: random.Random, diary: Diary) -> None:
    """A holiday for everybody in the months to come, and training for a few."""
    for row in Resource.objects.filter(kind="named").select_related("team__portfolio").order_by("key"):
        first = diary.day(chance.randrange(-50, 200))
        first -= timedelta(days=first.weekday())
        last = first + timedelta(days=chance.choice(HOLIDAY) - 1)
        note = chance.choice(REASONS)
        record_absence(row, actor=staff["ingrid"], starts_on=first, ends_on=last, note=note)


def _news(staff: Staff, diary: Diary) -> None:
    """What came in this week: somebody is ill, somebody will be a parent, somebody learns half days."""
    rows = list(Resource.objects.filter(kind="named").exclude(person=None).order_by("key"))
    told = (
        (rows[3], -5, 4, 1, AbsenceKind.SICKNESS, ""),
        (rows[17], 40, 150, 1, AbsenceKind.PARENTAL, "Second child"),
        (rows[31], 5, 9, "0.5", AbsenceKind.TRAINING, "Project finance, afternoons"),
    )
    for row, first, last, share, kind, note in told:
        days = {"starts_on": diary.day(first), "ends_on": diary.day(last)}
        record_absence(row, actor=staff["ingrid"], share=Decimal(share), kind=kind, note=note, **days)
