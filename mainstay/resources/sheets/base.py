"""What the lists of people, their skills and their absences share."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core import access
from mainstay.core.exchange import BadCell, Column, Entry, Importer, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter
from mainstay.resources.models import Resource, Role, Site, Skill, Team
from mainstay.resources.queries.working import id_of


class TeamSheet(RegisterSheet):
    """Rows of the teams of a portfolio."""

    told: ClassVar[tuple[Column, ...]]
    model: ClassVar[Any]
    verb: ClassVar[Verb]
    place: ClassVar[str]
    """The way from a row to its portfolio."""
    reader: ClassVar[type[Importer]]

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What an import reads."""
        return self.told

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, written from a row."""
        writers = self.writers(user, as_of)
        return tuple(replace(one, write=writers.get(one.name) or attribute(one.name)) for one in self.told)

    def writers(self, user: Any, as_of: datetime | None) -> dict[str, Any]:
        """How the columns are written that name other rows."""
        raise NotImplementedError

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The rows the person may see."""
        rows = self.model.objects.as_of(as_of).visible_to(user)
        return rows if within is None else rows.filter(**{f"{self.place}__in": Reading(user, as_of).below(within.pk)})

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into rows of the teams of a portfolio."""
        access.require(actor, self.verb, target if target.pk else None)
        return self.reader(entries, target, actor, columns)

    def list_url(self, target: Portfolio) -> str:
        """The list of people."""
        return reverse("resource_list")


def attribute(name: str) -> Any:
    """Writes a field as it is."""
    return lambda row: getattr(row, name)


def named(model: Any, name: str, key: str = "name", as_of: datetime | None = None) -> Any:
    """Writes a related row by its name or key."""
    rows = model.objects.as_of(as_of)
    words = dict(rows.values_list(id_of(rows), key))
    return lambda row: words.get(getattr(row, f"{name}_id"), "")


def percent(name: str) -> Any:
    """Writes a share in percent."""
    return lambda row: getattr(row, name) * 100


class Words:
    """Rows found by key or name."""

    def __init__(self, rows: Any, what: str) -> None:
        self.what, self.known = what, {}
        for row in rows:
            self.known[row.name.casefold()] = row
        self.known |= {row.key.casefold(): row for row in self.known.values()}

    def named(self, text: str | None) -> Any:
        """The row meant; none where nothing is given."""
        if not text:
            return None
        if (row := self.known.get(text.casefold())) is None:
            raise BadCell(f"There is no {self.what} {text} here.", "Add it first, or give its key.")
        return row


class TeamImporter(SimpleImporter):
    """Turns entries into rows of people of the target, found by key or name."""

    verb: ClassVar[Verb]

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        inside = Team.objects.visible_to(actor, self.verb).select_related("portfolio")
        self.teams = Words(inside.filter(portfolio__path__startswith=target.path) if target.pk else [], "team")
        self.staff = Resource.objects.filter(team__in=[team.pk for team in set(self.teams.known.values())])
        self.roles, self.skills, self.sites = (
            Words(model.objects.all(), word) for model, word in ((Role, "role"), (Skill, "skill"), (Site, "site"))
        )


class OfPersonImporter(TeamImporter):
    """Turns entries into rows that belong to a person."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.people = Words(self.staff.select_related("team__portfolio"), "person")

    def whose(self, entry: Entry) -> Resource:
        """The person the entry is about."""
        found = self.people.named(entry.values.get("person"))
        if found is None:
            raise BadCell("It does not say whose it is.", "Give the key of the person.")
        return found

    def put_person(self, row: Any, value: str | None) -> None:
        """The person is what the row was found by."""
