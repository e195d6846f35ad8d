"""Skills and absences of people as lists."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.resources.models import Absence, AbsenceKind, Level, Proficiency, Resource, Skill
from mainstay.resources.sheets.base import OfPersonImporter, TeamSheet, attribute, named, percent

PERSON = Column("person", "Person", Kind.CODE, required=True, also_called=("Key", "Person key", "Resource", "Name"))
PROFICIENCY = (
    PERSON,
    Column("skill", "Skill", required=True, also_called=("Competence",)),
    Column("level", "Level", Kind.NUMBER, required=True, decimals=0, help="From 1 (beginner) to 5 (authority)."),
    Column("valid_from", "From", Kind.DATE, also_called=("Valid from",)),
    Column("valid_until", "Until", Kind.DATE, also_called=("Valid until", "Expires", "Expiry date")),
    Column("certificate", "Certificate", longest=120),
)
ABSENCE = (
    PERSON,
    Column("external_key", "Key in the source", longest=200, also_called=("UID", "Absence id")),
    Column("starts_on", "From", Kind.DATE, required=True, also_called=("Start", "First day")),
    Column("ends_on", "Until", Kind.DATE, required=True, also_called=("End", "Last day")),
    Column("share", "Away, % of each day", Kind.NUMBER, decimals=1, also_called=("Share",)),
    Column("kind", "Kind", Kind.CHOICE, choices=tuple(AbsenceKind.choices), also_called=("Type",)),
    Column("note", "Reason", longest=200, also_called=("Note", "Comment")),
)


class ProficiencyImporter(OfPersonImporter):
    """Turns entries into skills of people, found again by person and skill."""

    verb = Verb.PROFICIENCY_SET
    texts: ClassVar[frozenset[str]] = frozenset({"certificate"})

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        rows = Proficiency.objects.filter(resource__in=self.staff.values("pk")).select_related("resource", "skill")
        self.known = {(row.resource_id, row.skill_id): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        person, skill = ((entry.values.get(name) or "").casefold() for name in ("person", "skill"))
        return [("skill", (person, skill))] if person and skill else []

    def _skill(self, entry: Entry) -> Skill:
        return self.skills.named(entry.values.get("skill"))

    def existing(self, entry: Entry) -> Proficiency | None:
        return self.known.get((self.whose(entry).pk, self._skill(entry).pk))

    def fresh(self, entry: Entry) -> Proficiency:
        return Proficiency(resource=self.whose(entry), skill=self._skill(entry))

    def put_skill(self, row: Proficiency, value: str | None) -> None:
        """The skill is what the row was found by."""

    def put_level(self, row: Proficiency, value: Decimal | None) -> None:
        """One of the five levels."""
        if value is None or int(value) not in Level.values:
            raise BadCell("A level is a number from 1 to 5.", "1 is a beginner, 5 an authority.")
        row.level = int(value)


class ProficiencySheet(TeamSheet):
    """Skills of the people of a portfolio."""

    name, label, keys = "proficiencies", "Skills of people", ("skill",)
    told, model, verb, place = PROFICIENCY, Proficiency, Verb.PROFICIENCY_SET, "resource__team__portfolio"
    reader: ClassVar[Any] = ProficiencyImporter

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """People by key, skills by name."""
        return {"person": named(Resource, "resource", "key", as_of), "skill": named(Skill, "skill", as_of=as_of)}


class AbsenceImporter(OfPersonImporter):
    """Turns entries into absences, found again by the key in the source, else by the days."""

    verb = Verb.ABSENCE_RECORD
    texts: ClassVar[frozenset[str]] = frozenset({"external_key"})

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        rows = Absence.objects.filter(resource__in=self.staff.values("pk"))
        rows = list(rows.select_related("resource__team__portfolio"))
        self.by_key = {(row.resource_id, row.external_key): row for row in rows if row.external_key}
        self.by_days = {(row.resource_id, row.starts_on, row.ends_on): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        told = entry.values
        person, key = (told.get("person") or "").casefold(), told.get("external_key")
        if not person:
            return []
        return [("external_key", (person, key))] if key else [("starts_on", (person, *self._days(entry)))]

    def _days(self, entry: Entry) -> tuple[Any, Any]:
        return entry.values.get("starts_on"), entry.values.get("ends_on")

    def existing(self, entry: Entry) -> Absence | None:
        who = self.whose(entry).pk
        if key := entry.values.get("external_key"):
            return self.by_key.get((who, key))
        return self.by_days.get((who, *self._days(entry)))

    def fresh(self, entry: Entry) -> Absence:
        return Absence(resource=self.whose(entry))

    def put_share(self, row: Absence, value: Decimal | None) -> None:
        """The whole day where the file says nothing."""
        row.share = Decimal(1) if value is None else value / 100

    def put_kind(self, row: Absence, value: str | None) -> None:
        """Leave where the file says nothing; of a known absence only for those who may know why."""
        if self._may_tell(row):
            row.kind = value or AbsenceKind.LEAVE

    def put_note(self, row: Absence, value: str | None) -> None:
        """The reason; of a known absence only for those who may know it."""
        if self._may_tell(row):
            row.note = value or ""

    def _may_tell(self, row: Absence) -> bool:
        return row.pk is None or row.may_be_explained_to(self.actor)


class AbsenceSheet(TeamSheet):
    """Absences of the people of a portfolio; why they are away only for those who may know."""

    name, label, keys = "absences", "Absences", ("external_key", "starts_on")
    told, model, verb, place = ABSENCE, Absence, Verb.ABSENCE_RECORD, "resource__team__portfolio"
    reader: ClassVar[Any] = AbsenceImporter

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The absences the person may see, with what they may know of each."""
        rows = Absence.objects.as_of(as_of).readable_by(user)
        return rows if within is None else rows.filter(**{f"{self.place}__in": Reading(user, as_of).below(within.pk)})

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """People by key; why only where the reader may know it."""
        labels = dict(AbsenceKind.choices)
        return {
            "person": named(Resource, "resource", "key", as_of),
            "share": percent("share"),
            "kind": lambda row: labels.get(row.kind_seen, ""),
            "note": attribute("note_seen"),
        }
