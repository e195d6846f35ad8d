"""Hours as a list: actual hours from a time recording system come in again and again by their key there."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.history import values_of
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, OtherWork, Timesheet, TimesheetState, monday_of
from mainstay.monitoring.operations.locking import locked_places
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.resources.models import Resource
from mainstay.resources.sheets.base import OfPersonImporter, TeamSheet, named
from mainstay.resources.sheets.of_people import PERSON

HOURS = (
    Column(
        "external_key", "Key in the source", required=True, longest=200, also_called=("Entry id", "Time entry id")
    ),
    PERSON,
    Column("date", "Day", Kind.DATE, required=True, also_called=("Date", "Work date")),
    Column("hours", "Hours", Kind.NUMBER, required=True, decimals=2, also_called=("Time", "Quantity")),
    Column("project", "Project", Kind.CODE, also_called=("Project code", "Code of the project")),
    Column("work", "Other work", Kind.CHOICE, choices=tuple(OtherWork.choices), also_called=("Activity",)),
    Column("note", "Note", longest=200, also_called=("Comment", "Description")),
)


class HoursImporter(OfPersonImporter):
    """Turns entries into hours, found again by the key in the source; nothing of a closed week changes."""

    verb = Verb.HOURS_CORRECT
    texts: ClassVar[frozenset[str]] = frozenset({"note", "external_key"})

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        keys = {key for entry in entries if (key := entry.values.get("external_key"))}
        rows = HoursEntry.objects.exclude(external_key="").select_related("resource__team__portfolio")
        rows = rows.filter(resource__in=self.staff.order_by().values("pk"))
        self.known = {row.external_key: row for row in rows.iterator() if row.external_key in keys}
        self.before = {row.pk: values_of(row) for row in self.known.values()}
        corrected = HoursEntry.objects.filter(corrects__in=list(self.before), hours__lt=0)
        self.corrected = set(corrected.values_list("corrects_id", flat=True))
        self.projects = {one.code.casefold(): one for one in Project.objects.visible_to(actor)}
        self.closed = self._closed(entries)

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        key = entry.values.get("external_key")
        return [("external_key", key)] if key else []

    def existing(self, entry: Entry) -> HoursEntry | None:
        return self.known.get(entry.values.get("external_key") or "")

    def fresh(self, entry: Entry) -> HoursEntry:
        return HoursEntry()

    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        """Set a field; when the last one is set, a change in a closed week is refused."""
        super().put(row, entry, name, value)
        if name == list(entry.values)[-1] and entry.is_sound:
            self._refuse(row)

    def put_person(self, row: HoursEntry, value: str | None) -> None:
        """Somebody of the target."""
        found = self.people.named(value)
        if found is None:
            raise BadCell("It does not say whose hours they are.", "Give the key or the name of the person.")
        row.resource = found

    def put_project(self, row: HoursEntry, value: str | None) -> None:
        """A project the importer may see; none for other work."""
        row.project = None
        if value and (found := self.projects.get(value.casefold())) is None:
            raise BadCell(f"There is no project {value} here.", "Give the code of a project you may see.")
        if value:
            row.project = found

    def put_work(self, row: HoursEntry, value: str | None) -> None:
        """Other work, where the hours are for no project."""
        row.work = value or ""

    def _closed(self, entries: Sequence[Entry]) -> dict[tuple[int, date], str]:
        """Why weeks of people in the file, or where its rows stand now, take no change."""
        names = {(entry.values.get("person") or "").casefold() for entry in entries}
        ids = {row.pk for name in names if (row := self.people.known.get(name))}
        days = {day for entry in entries if (day := entry.values.get("date"))}
        weeks = {monday_of(day) for day in days} | {row.week for row in self.known.values()}
        ids |= {row.resource_id for row in self.known.values()}
        sheets = Timesheet.objects.filter(week__in=weeks, resource__in=ids).exclude(state=TimesheetState.OPEN)
        told = {(pk, week): TimesheetState(state).label.lower() for pk, week, state in
                sheets.values_list("resource_id", "week", "state")}  # fmt: skip
        return told | dict.fromkeys(locked_places((pk, week) for pk in ids for week in weeks), "locked")

    def _refuse(self, row: HoursEntry) -> None:
        before = self.before.get(row.pk) if row.pk else None
        if before == values_of(row):
            return
        if row.pk in self.corrected:
            raise BadCell("This entry was corrected by hand since.", "Leave the row out.")
        places = {(row.resource_id, row.week)} if row.resource_id and row.date else set()
        if before:
            places.add((before["resource_id"], monday_of(before["date"])))
        for place in sorted(place for place in places if place in self.closed):
            told = f"The week of {place[1]:%-d %B %Y} is {self.closed[place]}."
            raise BadCell(told, "Leave the row out, or have the entry corrected.")


class HoursSheet(TeamSheet):
    """Hours of the people of a portfolio; a project that is not open to the reader stays unnamed."""

    name, label, keys = "hours", "Hours", ("external_key",)
    told, model, verb, place = HOURS, HoursEntry, Verb.HOURS_CORRECT, "resource__team__portfolio"
    reader: ClassVar[Any] = HoursImporter

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """People by key, projects by code, other work in words."""
        reading = Reading(user, as_of)
        codes = dict(reading.projects().values_list(reading.key, "code"))
        own = set(Resource.objects.filter(person_id=user.pk).values_list("pk", flat=True)) if user.pk else set()
        if own:
            mine = HoursEntry.objects.filter(resource__in=own, project__isnull=False).order_by()
            codes |= dict(mine.values_list("project_id", "project__code"))
        return {
            "person": named(Resource, "resource", "key", as_of),
            "project": lambda row: codes.get(row.project_id, ""),
            "note": lambda row: row.note if not row.project_id or row.project_id in codes else "",
            "external_key": lambda row: row.external_key if not row.project_id or row.project_id in codes else "",
        }
