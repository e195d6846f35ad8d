"""People, their skills, absences and rates, and the words they are counted in, in the permission table.

Rates and reasons of absence are marked: no page, list, export, event, operation or error may tell them to anybody
who may not see rates or reasons. The person outside is marked for everybody.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.resources.operations.absences import record_absence
from mainstay.resources.operations.demand_templates import add_demand_template
from mainstay.resources.operations.places import add_site, create_calendar
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.rates import set_cost_rate, set_sourcing
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_role, add_skill
from tests.permissions.rows import SIGNED_IN, Room, Row

REASON = "zq7reason"
RATE, PRICE, ROLE_RATE = Decimal("73481.26"), Decimal("64192.37"), Decimal("58203.48")


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A team inside and one outside, each with a person who has a skill, an absence and a rate."""
    role = add_role(None, actor=MAINSTAY, name="Data engineer", key="data")
    skill = add_skill(None, actor=MAINSTAY, name="Data modelling", key="data")
    calendar = create_calendar(None, actor=MAINSTAY, name="England", key="england", country="GB", region="ENG")
    site = add_site(None, actor=MAINSTAY, name="Northmoor", key="northmoor", calendar=calendar)
    option = set_sourcing(role, actor=MAINSTAY, kind="hire", lead_weeks=12, hourly=PRICE)
    set_cost_rate(role, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=ROLE_RATE)
    inside = _team(world.networks, "design", "Anna Berg", role, skill, site)
    outside = _team(Portfolio.objects.get(code="ELSE"), "far", "Zoe zq7outside", role, skill, site)
    shares = [{"role": "data", "share": 100, "curve": "flat"}]
    template = add_demand_template(None, actor=MAINSTAY, name="Data system", key="data-system", shares=shares)
    words = {"word_kind": "roles", "word": "data", "calendar": calendar.key, "site": site.key, "sourcing": option.pk}
    words["template"] = template.key
    return words | inside, outside


def _team(portfolio: Any, key: str, name: str, role: Any, skill: Any, site: Any) -> dict[str, Any]:
    mark = " zq7outside" if key == "far" else ""
    team = create_team(portfolio, actor=MAINSTAY, name=f"Team {key}{mark}", key=key)
    person = add_resource(team, actor=MAINSTAY, name=name, key=f"{key}-one", role=role, site=site)
    had = set_proficiency(
        person, actor=MAINSTAY, skill=skill, level=4, valid_until=date(2027, 1, 31), certificate=f"Certificate{mark}"
    )
    days = {"starts_on": date(2099, 5, 3), "ends_on": date(2099, 5, 7)}
    away = record_absence(person, actor=MAINSTAY, kind="sickness", note=REASON, **days)
    rate = set_cost_rate(person, actor=MAINSTAY, valid_from=date(2026, 4, 1), hourly=RATE)
    return {
        "team": team.key, "resource": person.key, "proficiency": had.pk, "absence": away.pk, "rate": rate.pk,
    }  # fmt: skip


PERSON = {"key": "resource"}
OF_PERSON = {
    "resource": Row(Verb.SEE_RESOURCES, arguments=PERSON),
    "resource_edit": Row(Verb.RESOURCE_EDIT, Verb.RESOURCE_EDIT, arguments=PERSON, sent={"version": "1"}),
    "proficiencies": Row(None, Verb.PROFICIENCY_SET, arguments=PERSON),
    "absences": Row(None, Verb.ABSENCE_RECORD, arguments=PERSON),
    "absences_import": Row(Verb.ABSENCES_IMPORT, Verb.ABSENCES_IMPORT, arguments=PERSON),
    "person_rates": Row(None, Verb.COSTRATE_SET, arguments=PERSON),
    "proficiency": Row(
        Verb.PROFICIENCY_EDIT,
        Verb.PROFICIENCY_EDIT,
        arguments={"proficiency_id": "proficiency"},
        sent={"version": "1"},
    ),
    "proficiency_removal": Row(None, Verb.PROFICIENCY_REMOVE, arguments={"proficiency_id": "proficiency"}),
    "absence": Row(Verb.ABSENCE_EDIT, Verb.ABSENCE_EDIT, arguments={"absence_id": "absence"}, sent={"version": "1"}),
    "absence_removal": Row(None, Verb.ABSENCE_REMOVE, arguments={"absence_id": "absence"}),
    "rate": Row(Verb.COSTRATE_EDIT, Verb.COSTRATE_EDIT, arguments={"rate_id": "rate"}, sent={"version": "1"}),
    "rate_removal": Row(None, Verb.COSTRATE_REMOVE, arguments={"rate_id": "rate"}),
}
LISTS = {
    "resource_list": Row(SIGNED_IN),
    "resource_export": Row(SIGNED_IN),
    "resource_new": Row(Verb.RESOURCE_ADD, Verb.RESOURCE_ADD, place="somewhere"),
    "skills": Row(SIGNED_IN),
    "skills_export": Row(SIGNED_IN),
    "skill_levels": Row(Verb.PROFICIENCY_SET, Verb.PROFICIENCY_SET, place="somewhere", sent={"levels": ""}),
    "teams": Row(Verb.SEE_RESOURCES, place="somewhere"),
    "team_new": Row(Verb.TEAM_CREATE, Verb.TEAM_CREATE, place="somewhere"),
    "team": Row(Verb.TEAM_EDIT, Verb.TEAM_EDIT, arguments={"key": "team"}, sent={"version": "1"}),
    "calendars": Row(SIGNED_IN),
    "holidays": Row(SIGNED_IN, query="country=GB&region=SCT"),
    "calendar_new": Row(Verb.CALENDAR_CREATE, Verb.CALENDAR_CREATE, place="root"),
    "calendar": Row(
        Verb.CALENDAR_EDIT, Verb.CALENDAR_EDIT, place="root", arguments={"key": "calendar"}, sent={"version": "1"}
    ),
    "site_new": Row(Verb.SITE_ADD, Verb.SITE_ADD, place="root"),
    "site": Row(Verb.SITE_EDIT, Verb.SITE_EDIT, place="root", arguments={"key": "site"}, sent={"version": "1"}),
    "rates": Row(Verb.SEE_RATES, place="somewhere"),
    "role_rates": Row(None, Verb.COSTRATE_SET, place="root"),
    "sourcing": Row(None, Verb.SOURCING_SET, place="root"),
    "sourcing_option": Row(
        Verb.SOURCING_EDIT,
        Verb.SOURCING_EDIT,
        place="root",
        arguments={"option_id": "sourcing"},
        sent={"version": "1"},
    ),
    "sourcing_removal": Row(None, Verb.SOURCING_REMOVE, place="root", arguments={"option_id": "sourcing"}),
}
WORDS = {
    "vocabulary": Row(SIGNED_IN),
    "words": Row(None, Verb.ROLE_ADD, place="root", arguments={"kind": "word_kind"}),
    "demand_templates": Row(SIGNED_IN),
    "demand_template_new": Row(Verb.DEMANDTEMPLATE_ADD, Verb.DEMANDTEMPLATE_ADD, place="root"),
    "demand_template": Row(
        Verb.DEMANDTEMPLATE_EDIT,
        Verb.DEMANDTEMPLATE_EDIT,
        place="root",
        arguments={"key": "template"},
        sent={"version": "1"},
    ),
    "word": Row(Verb.ROLE_EDIT, Verb.ROLE_EDIT, place="root", arguments={"kind": "word_kind", "key": "word"}),
}
FILE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:one\r\nDTSTART;VALUE=DATE:20270503\r\n"
    "DTEND;VALUE=DATE:20270504\r\nSUMMARY:Away\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
ROOM = Room(
    pages={**OF_PERSON, **LISTS, **WORDS},
    arguments={
        "word": "word", "team": "team", "site": "site", "calendar": "calendar", "resource": "resource",
        "proficiency_id": "proficiency", "absence_id": "absence", "rate_id": "rate", "sourcing_id": "sourcing",
        "template": "template",
    },
    sent={
        "role.add": {"name": "Site manager"},
        "role.edit": {"name": "Data person"},
        "skill.add": {"name": "Welding"},
        "skill.edit": {"name": "Data art"},
        "team.create": {"portfolio": "NET", "name": "Research"},
        "team.edit": {"name": "Design office"},
        "site.add": {"name": "Fell House"},
        "site.edit": {"name": "Moor House"},
        "calendar.create": {"name": "Scotland", "country": "GB", "region": "SCT"},
        "calendar.edit": {"week": [8, 8, 8, 8, 6, 0, 0]},
        "resource.add": {"team": "design", "name": "Ben Frost", "role": "data"},
        "resource.edit": {"run_share": "0.25"},
        "proficiency.set": {"resource": "design-one", "skill": "data", "level": 2},
        "proficiency.edit": {"level": 4},
        "costrate.edit": {"hourly": "94.00"},
        "sourcing.edit": {"lead_weeks": 6},
        "proposal.accept": {"proposal": "move:0:1"},
        "proposal.refuse": {"proposal": "move:0:1"},
        "demandtemplate.add": {"name": "Survey", "shares": [{"role": "data", "share": 100, "curve": "flat"}]},
        "demandtemplate.edit": {"name": "Office system"},
        "absence.record": {"resource": "design-one", "starts_on": "2027-05-03", "ends_on": "2027-05-07"},
        "absence.edit": {"ends_on": "2099-05-10"},
        "absences.import": {"calendar": FILE},
        "costrate.set": {"resource": "design-one", "valid_from": "2027-04-01", "hourly": "92.50"},
        "sourcing.set": {"role": "data", "kind": "contract", "lead_weeks": 4, "hourly": "110.00"},
    },
    reads={"see.resource": Verb.SEE_RESOURCES, "see.resource.proposals": Verb.SEE_RESOURCES},
    root=frozenset(
        {
            "role.add", "role.edit", "skill.add", "skill.edit", "site.add", "site.edit", "calendar.create",
            "calendar.edit", "sourcing.set", "sourcing.edit", "sourcing.remove",
            "demandtemplate.add", "demandtemplate.edit",
        }
    ),
    placed=frozenset({"team", "resource", "proficiency", "absence", "rate"}),
    guarded={
        Verb.SEE_ABSENCES: (REASON,),
        Verb.SEE_RATES: tuple(f"{amount:{form}}" for amount in (RATE, PRICE) for form in ("f", ",f")),
        # A rate of a role belongs to the whole organisation, and here nobody sees rates of all of it.
        None: (f"{ROLE_RATE:f}", f"{ROLE_RATE:,f}"),
    },
    furnish=furnish,
)  # fmt: skip
