"""Timesheets in the permission table: everybody their own, managers their teams, and nobody else.

Anna of the team inside has hours for a confidential project, too: nobody of Networks may read its name in her week.
The person outside has a week outside.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry
from mainstay.monitoring.operations.hours import HoursCell, enter_hours
from mainstay.monitoring.operations.timesheets import submit_timesheet
from mainstay.resources.models import Resource
from tests.permissions.rows import OWN_ONLY, SIGNED_IN, KeyOf, Room, Row

WEEK, DAY = date(2026, 5, 4), date(2026, 5, 5)


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A week that was handed in, inside and outside; inside with hours for a confidential project."""
    inside = _week("design-one", [world.pumps, world.heron])
    outside = _week("far-one", [world.depot])
    return inside | {"code_to_lock": "NET"}, outside | {"code_to_lock": "ELSE"}


def _week(key: str, projects: list[Any]) -> dict[str, Any]:
    person = Resource.objects.get(key=key)
    cells = [
        HoursCell(DAY, Decimal(3), project, note="" if project.code == "PUMPS" else "zq7outside")
        for project in projects
    ]
    enter_hours(person, actor=MAINSTAY, week=WEEK, cells=cells)
    sheet = submit_timesheet(person, actor=MAINSTAY, week=WEEK)
    entry = HoursEntry.objects.filter(resource=person, project=projects[0]).get()
    return {"timesheet": sheet.pk, "hours_entry": entry.pk, "week": str(WEEK)}


PAGES = {
    "timesheets": Row(SIGNED_IN),
    "timesheet": Row(OWN_ONLY, OWN_ONLY, arguments={"week": "week"}),
    "favourites": Row(None, OWN_ONLY),
    "timesheet_of": Row(Verb.SEE_HOURS, arguments={"key": "resource", "week": "week"}),
    "timesheet_approval": Row(Verb.SEE_HOURS, place="somewhere", query=f"week={WEEK}"),
    "timesheet_approvals": Row(None, Verb.TIMESHEETS_APPROVE, place="somewhere", sent={"week": f"{WEEK}"}),
    "timesheet_reminders": Row(None, Verb.TIMESHEETS_REMIND, place="somewhere", sent={"week": f"{WEEK}"}),
    "timesheet_return": Row(
        None, Verb.TIMESHEET_RETURN, arguments={"sheet_id": "timesheet"}, sent={"version": "2", "reason": "Again"}
    ),
    "week_locks": Row(None, Verb.WEEKS_LOCK, arguments={"code": "code_to_lock"}, sent={"week": f"{WEEK}"}),
    "hours_correction": Row(
        Verb.HOURS_CORRECT, Verb.HOURS_CORRECT, arguments={"entry_id": "hours_entry"},
        sent={"hours": "2", "reason": "Typing error"},
    ),
}  # fmt: skip
ROOM = Room(
    pages=PAGES,
    arguments={"timesheet_id": "timesheet", "entry_id": "hours_entry", "week": "week"},
    sent={
        "hours.enter": {"cells": [{"date": f"{DAY}", "hours": "2", "work": "run"}]},
        "hours.correct": {"hours": "2", "reason": "Typing error"},
        "favourites.set": {"projects": []},
        "timesheets.approve": {"timesheets": [KeyOf("timesheet")]},
        "timesheet.return": {"reason": "Look again"},
        "timesheets.remind": {"week": f"{WEEK}"},
        "weeks.lock": {"weeks": [f"{WEEK}"]},
    },
    otherwise={"hours.enter": OWN_ONLY, "favourites.set": OWN_ONLY, "timesheet.submit": OWN_ONLY},
    reads={
        "see.timesheet": Verb.SEE_HOURS,
        "see.hours.entry": Verb.SEE_HOURS,
    },
    placed=frozenset({"timesheet", "hours_entry", "code_to_lock"}),
    furnish=furnish,
)
