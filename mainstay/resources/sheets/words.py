"""Roles and skills as lists, each known by its key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.text import slugify

from mainstay.core import access
from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter
from mainstay.resources.models import Role, Skill


class WordSheet(RegisterSheet):
    """Words of the vocabulary; they belong to no portfolio, so only who may change all of them imports them."""

    keys = ("key", "name")
    model: ClassVar[Any]
    verb: ClassVar[Verb]

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Key, name, what it means, and whether it is in use."""
        return (
            Column("key", "Key", Kind.CODE, longest=40, also_called=("Code", "Id")),
            Column("name", "Name", required=True, longest=80, also_called=("Title", self.label.rstrip("s"))),
            Column("description", "Description", longest=300, also_called=("What it means",)),
            Column("is_active", "In use", Kind.YES_NO, also_called=("Active",)),
        )

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, written from a row."""
        return tuple(replace(column, write=_attribute(column.name)) for column in self.columns())

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """All of them, wherever they are asked for."""
        return self.model.objects.as_of(as_of).visible_to(user).order_by("name")

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into rows."""
        access.require(actor, self.verb)
        return WordImporter(entries, target, actor, columns, self.model)

    def list_url(self, target: Portfolio) -> str:
        """The page of the vocabulary."""
        return reverse("vocabulary")


class RoleSheet(WordSheet):
    """The roles people play in projects."""

    name, label, model, verb = "roles", "Roles", Role, Verb.ROLE_ADD


class SkillSheet(WordSheet):
    """What people are able to do."""

    name, label, model, verb = "skills", "Skills", Skill, Verb.SKILL_ADD


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class WordImporter(SimpleImporter):
    """Turns entries into roles or skills, found again by key, else by name."""

    texts = frozenset({"description"})

    def __init__(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column], model: Any
    ) -> None:
        super().__init__(entries, target, actor, columns)
        self.model = model
        rows = list(model.objects.all())
        self.by_key = {row.key: row for row in rows}
        self.by_name = {row.name.casefold(): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        given = [(name, entry.values.get(name)) for name in ("key", "name")]
        return [(name, value.casefold()) for name, value in given if value]

    def existing(self, entry: Entry) -> Any:
        key, name = entry.values.get("key"), entry.values.get("name")
        if key:
            return self.by_key.get(key)
        return self.by_name.get((name or "").casefold())

    def fresh(self, entry: Entry) -> Any:
        name = entry.values.get("name") or ""
        key = entry.values.get("key") or slugify(name)[:40]
        if key in self.by_key or name.casefold() in self.by_name:
            raise BadCell(f"There is a word called {name} or {key} already.", "Give its key to change it.")
        return self.model(key=key)

    def put_key(self, row: Any, value: str | None) -> None:
        """The key is what the row was found by."""

    def put_is_active(self, row: Any, value: bool | None) -> None:
        """Nothing given means in use."""
        row.is_active = value is not False
