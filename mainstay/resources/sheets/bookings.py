"""Bookings as a list: who works on what, from when to when, and for how many hours."""

from copy import copy
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.booking_rules import objections
from mainstay.resources.models import Booking, Firmness, Resource, Role, Skill
from mainstay.resources.queries.around import Around
from mainstay.resources.sheets.base import OfPersonImporter, TeamSheet, named
from mainstay.resources.sheets.of_people import PERSON

BOOKING = (
    PERSON,
    Column("project", "Project", Kind.CODE, required=True, also_called=("Project code", "Code of the project")),
    Column("external_key", "Key in the source", longest=200, also_called=("Booking id", "Assignment id")),
    Column("role", "Role", also_called=("In the role of",)),
    Column("skill", "Skill", also_called=("Competence",)),
    Column("starts_on", "From", Kind.DATE, required=True, also_called=("Start", "First day")),
    Column("ends_on", "Until", Kind.DATE, required=True, also_called=("End", "Finish", "Last day")),
    Column("hours", "Hours", Kind.NUMBER, required=True, decimals=2, also_called=("Work", "Effort")),
    Column("firmness", "Firmness", Kind.CHOICE, choices=tuple(Firmness.choices), also_called=("Booking type",)),
    Column("note", "Note", longest=200, also_called=("Comment",)),
)

MOST_DAYS = 366 * 10  # further apart, a table of every day would be too large


class BookingImporter(OfPersonImporter):
    """Turns entries into bookings, found again by the key in the source, else by person, project and first day."""

    verb = Verb.BOOKING_ADD
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "note"})

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        rows = Booking.objects.filter(resource__in=self.staff.values("pk"))
        rows = list(rows.select_related("resource__team__portfolio", "project", "role", "skill"))
        self.by_key = {row.external_key: row for row in rows if row.external_key}
        self.by_start = {(row.resource_id, row.project_id, row.starts_on): row for row in rows}
        self.stored = {row.pk: copy(row) for row in rows}
        self.projects = {one.code.casefold(): one for one in Project.objects.visible_to(self.actor)}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        told = entry.values
        if key := told.get("external_key"):
            return [("external_key", key)]
        person, project = ((told.get(name) or "").casefold() for name in ("person", "project"))
        return [("starts_on", (person, project, told.get("starts_on")))] if person and project else []

    def existing(self, entry: Entry) -> Booking | None:
        if key := entry.values.get("external_key"):
            return self.by_key.get(key)
        who, project = self.whose(entry), self._project(entry.values.get("project"))
        return self.by_start.get((who.pk, project.pk, entry.values.get("starts_on")))

    def fresh(self, entry: Entry) -> Booking:
        person = self.whose(entry)
        return Booking(resource=person, role=person.role)

    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        """Set a field; when the last one is set, what speaks against the booking is told."""
        super().put(row, entry, name, value)
        if name == list(entry.values)[-1] and entry.is_sound:
            self._refuse(row)

    def put_project(self, row: Booking, value: str | None) -> None:
        """A project the importer may see."""
        row.project = self._project(value)

    def put_role(self, row: Booking, value: str | None) -> None:
        """The person's main role where the file names none."""
        row.role = self.roles.named(value) or row.resource.role

    def put_skill(self, row: Booking, value: str | None) -> None:
        """The skill the person is booked for."""
        row.skill = self.skills.named(value)

    def put_firmness(self, row: Booking, value: str | None) -> None:
        """Soft where the file says nothing."""
        row.firmness = value or Firmness.SOFT

    @cached_property
    def around(self) -> Around | None:
        """What all bookings of the file stand among, read once; nothing where their days lie decades apart."""
        told = [entry.values.get(name) for entry in self.entries for name in ("starts_on", "ends_on")]
        days = [day for day in told if isinstance(day, date)]
        if not days or (max(days) - min(days)).days > MOST_DAYS:
            return None
        named = {(entry.values.get("person") or "").casefold() for entry in self.entries}
        people = {one.pk: one for key, one in self.people.known.items() if key in named}
        return Around(people.values(), min(days), max(days), [one.pk for one in self.projects.values()])

    def _project(self, text: str | None) -> Project:
        found = self.projects.get((text or "").casefold())
        if found is None:
            raise BadCell(f"There is no project {text} here.", "Give the code of a project you may see.")
        return found

    def _refuse(self, row: Booking) -> None:
        if not (row.starts_on and row.ends_on and row.starts_on <= row.ends_on and row.hours and row.project_id):
            return
        before = (self.stored[row.pk],) if row.pk in self.stored else ()
        within = self.around is not None and self.around.first <= row.starts_on and row.ends_on <= self.around.last
        for one in objections(BookingChange(before, (row,)), around=self.around if within else None):
            raise BadCell(one.text, "Change the booking, or book it by hand with a reason." if one.yields else "")


class BookingSheet(TeamSheet):
    """Bookings of the people of a portfolio; a project that is not open to the reader stays unnamed."""

    name, label, keys = "bookings", "Bookings", ("external_key", "starts_on")
    told, model, verb, place = BOOKING, Booking, Verb.BOOKING_ADD, "resource__team__portfolio"
    reader: ClassVar[Any] = BookingImporter

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """People by key, projects by code, roles and skills by name."""
        codes = dict(Reading(user, as_of).projects().values_list(Reading(user, as_of).key, "code"))
        return {
            "person": named(Resource, "resource", "key", as_of),
            "project": lambda row: codes.get(row.project_id, ""),
            "note": lambda row: row.note if row.project_id in codes else "",
            "role": named(Role, "role", as_of=as_of),
            "skill": named(Skill, "skill", as_of=as_of),
        }
