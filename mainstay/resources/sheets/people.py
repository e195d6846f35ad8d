"""People, placeholders and groups as a list, each known by their key."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.text import slugify

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.sheets.base import People
from mainstay.resources.models import Calendar, Resource, ResourceKind, Role, Site, Team
from mainstay.resources.sheets.base import TeamImporter, TeamSheet, Words, named, percent

COLUMNS = (
    Column("key", "Key", Kind.CODE, longest=40, also_called=("Id", "Personnel number", "Employee id")),
    Column("name", "Name", required=True, longest=120, also_called=("Person", "Full name", "Resource")),
    Column("kind", "Kind", Kind.CHOICE, choices=tuple(ResourceKind.choices)),
    Column("team", "Team", required=True, also_called=("Department", "Group")),
    Column("role", "Role", required=True, also_called=("Main role", "Job", "Function")),
    Column("site", "Site", also_called=("Location", "Office")),
    Column("calendar", "Own calendar", help="Only where it differs from that of the site."),
    Column("person", "Log-in", Kind.PERSON, also_called=("User", "Sign-in name", "E-mail")),
    Column("headcount", "Heads", Kind.NUMBER, decimals=0),
    Column("working_share", "Working time, %", Kind.NUMBER, decimals=1, also_called=("FTE, %", "Part time, %")),
    Column("run_share", "Run work, %", Kind.NUMBER, decimals=1),
    Column("starts_on", "First day", Kind.DATE, also_called=("Start", "Start date", "Joined")),
    Column("leaves_on", "Last day", Kind.DATE, also_called=("End", "Leave date", "Left")),
    Column("most_projects", "Most projects at a time", Kind.NUMBER, decimals=0),
)
HUNDRED = Decimal(100)


class PeopleImporter(TeamImporter):
    """Turns entries into people, found again by key, else by name."""

    verb = Verb.RESOURCE_ADD

    def __init__(self, entries: Sequence[Entry], target: Any, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        self.logins: People = self.people()
        self.calendars = Words(Calendar.objects.all(), "calendar")
        self.taken = {key.casefold() for key in Resource.objects.values_list("key", flat=True)}
        rows = list(self.staff.select_related("team__portfolio"))
        self.by_key = {row.key.casefold(): row for row in rows}
        self.by_name: dict[str, list[Resource]] = {}
        for row in rows:
            self.by_name.setdefault(row.name.casefold(), []).append(row)

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        key, name = entry.values.get("key"), entry.values.get("name")
        return [("key", key.casefold())] if key else [("name", name.casefold())] if name else []

    def existing(self, entry: Entry) -> Resource | None:
        if key := entry.values.get("key"):
            return self.by_key.get(key.casefold())
        alike = self.by_name.get((entry.values.get("name") or "").casefold(), [])
        if len(alike) > 1:
            raise BadCell(f"Several people are called {entry.values['name']}.", "Give their key.")
        return alike[0] if alike else None

    def fresh(self, entry: Entry) -> Resource:
        name = entry.values.get("name") or ""
        key = entry.values.get("key") or self._free(slugify(name)[:36])
        if key.casefold() in self.taken:
            raise BadCell(f"The key {key} is taken elsewhere.", "Choose another key.")
        self.taken.add(key.casefold())
        return Resource(key=key)

    def _free(self, stem: str) -> str:
        if not stem:
            raise BadCell("The name makes no key.", "Give a key of letters, digits and dashes.")
        tries = (f"{stem}-{number}" for number in range(2, 999))
        return stem if stem not in self.taken else next(one for one in tries if one not in self.taken)

    def put_key(self, row: Resource, value: str | None) -> None:
        """The key is what the row was found by."""

    def put_kind(self, row: Resource, value: str | None) -> None:
        """A person where the file says nothing."""
        row.kind = value or ResourceKind.NAMED

    def put_team(self, row: Resource, value: str | None) -> None:
        """A team of the target."""
        row.team = self._needed(self.teams, value, "team")

    def put_role(self, row: Resource, value: str | None) -> None:
        """A role of the vocabulary."""
        row.role = self._needed(self.roles, value, "role")

    def _needed(self, words: Words, value: str | None, what: str) -> Any:
        if not value:
            raise BadCell(f"The {what} is missing.", f"Give the key or the name of a {what}.")
        return words.named(value)

    def put_site(self, row: Resource, value: str | None) -> None:
        """A site, or none."""
        row.site = self.sites.named(value)

    def put_calendar(self, row: Resource, value: str | None) -> None:
        """A calendar of their own, or that of the site."""
        row.calendar = self.calendars.named(value)

    def put_person(self, row: Resource, value: str | None) -> None:
        """The log-in of the person."""
        row.person_id = None if value is None else self.logins.id_of(value)

    def put_headcount(self, row: Resource, value: Decimal | None) -> None:
        """One head where the file says nothing."""
        row.headcount = 1 if value is None else int(value)

    def put_working_share(self, row: Resource, value: Decimal | None) -> None:
        """Full time where the file says nothing."""
        row.working_share = Decimal(1) if value is None else value / HUNDRED

    def put_run_share(self, row: Resource, value: Decimal | None) -> None:
        """No run work where the file says nothing."""
        row.run_share = Decimal(0) if value is None else value / HUNDRED

    def put_most_projects(self, row: Resource, value: Decimal | None) -> None:
        """No limit where the file says nothing."""
        row.most_projects = None if value is None else int(value)


class PeopleSheet(TeamSheet):
    """People, placeholders and groups of the teams of a portfolio."""

    name, label, keys = "people", "People", ("key", "name")
    told, model, verb, place = COLUMNS, Resource, Verb.RESOURCE_ADD, "team__portfolio"
    reader: ClassVar[Any] = PeopleImporter

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """How the columns are written that name other rows."""
        logins = dict(Person.objects.visible_to(user).values_list("pk", "username"))
        shares = {name: percent(name) for name in ("working_share", "run_share")}
        rows = {"team": Team, "role": Role, "site": Site, "calendar": Calendar}
        words = {name: named(model, name, as_of=as_of) for name, model in rows.items()}
        kinds = dict(ResourceKind.choices)
        words["kind"] = lambda row: kinds.get(row.kind, "")
        return {**words, **shares, "person": lambda row: logins.get(row.person_id, "")}
