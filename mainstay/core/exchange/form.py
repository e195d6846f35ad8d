"""The mapping as a form: one line for each column of the file, and back again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Unreadable
from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.entries import first_line
from mainstay.core.exchange.mapping import ColumnMapping, Link, NewField, Options
from mainstay.core.exchange.matching import bound
from mainstay.core.exchange.proposal import options_for
from mainstay.core.exchange.sheet import Sheet
from mainstay.core.exchange.table import Table
from mainstay.core.verbs import Verb

NEW = "new:"
NEW_KINDS = (
    ("text", "New field: text"),
    ("long_text", "New field: long text"),
    ("number", "New field: number"),
    ("money", "New field: money"),
    ("date", "New field: date"),
    ("yes_no", "New field: yes or no"),
)
SCALES = (("1", "as they are"), ("1000", "thousands"), ("1000000", "millions"), ("1000000000", "billions"))
DECIMALS = ((".", "1,234.50"), (",", "1.234,50"))
DATES = (("dmy", "31/12/2026"), ("mdy", "12/31/2026"), ("ymd", "26/12/31"))
TEXTS = (("refuse", "is an error"), ("keep", "is kept as text"), ("drop", "is left out"))


@dataclass(frozen=True)
class Choice:
    """A control of a line: its name in the form, its choices and what is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class FormLine:
    """A column of the file as the form shows it."""

    place: int
    header: str
    samples: list[str]
    field: Choice
    options: list[Choice]
    also: list[str]
    """Further fields a named mapping reads from the same column."""


@dataclass(frozen=True)
class MappingForm:
    """A mapping, shown for a file and read back from what a person chose."""

    sheet: Sheet
    table: Table
    mapping: ColumnMapping
    actor: Any

    @property
    def columns(self) -> dict[str, Column]:
        """The fields that may be chosen."""
        return {column.name: column for column in self.sheet.columns(self.mapping.fields) if column.is_read}

    def lines(self) -> list[FormLine]:
        """One line for each column of the file."""
        columns = self.columns
        fields = self._fields(columns)
        links = self._links()
        return [self._line(place, links.get(place, []), columns, fields) for place in range(len(self.table.headers))]

    def _fields(self, columns: Mapping[str, Column]) -> tuple[tuple[str, str], ...]:
        known = tuple((name, f"{column.label}{' *' if column.required else ''}") for name, column in columns.items())
        new = NEW_KINDS if self._may_add() else ()
        return (("", "Leave out"), *known, *((NEW + kind, label) for kind, label in new))

    def _may_add(self) -> bool:
        return self.sheet.takes_fields and access.may(self.actor, Verb.FIELD_CREATE)

    def _links(self) -> dict[int, list[Link]]:
        links: dict[int, list[Link]] = {}
        for link, place in bound(self.mapping, self.table.headers)[0]:
            links.setdefault(place, []).append(link)
        return links

    def _line(
        self, place: int, links: list[Link], columns: Mapping[str, Column], fields: tuple[tuple[str, str], ...]
    ) -> FormLine:
        link = links[0] if links else None
        column = columns.get(link.field) if link else None
        return FormLine(
            place,
            first_line(self.table.headers[place]),
            self.table.samples(place),
            Choice(f"field-{place}", "Field", fields, link.field if link else ""),
            _options(place, column, link.options) if link and column else [],
            [columns[other.field].label for other in links[1:] if other.field in columns],
        )

    def constants(self) -> list[Choice]:
        """The fields that may be the same for the whole file."""
        columns = self.columns
        given = {**self.table.constants, **self.mapping.constants}
        return [
            Choice(f"constant-{name}", columns[name].label, columns[name].choices, given.get(name, ""))
            for name in self.sheet.constants
        ]

    def read(self, posted: Mapping[str, str]) -> ColumnMapping:
        """The mapping a person chose; what a named mapping knows beyond the form stays."""
        absent = bound(self.mapping, self.table.headers)[1]
        links, fields = list(absent), {field.key: field for field in self.mapping.fields}
        known = self._links()
        for place, header in enumerate(self.table.headers):
            chosen = posted.get(f"field-{place}", "")
            if chosen.startswith(NEW):
                new = self._new_field(header, chosen.removeprefix(NEW), fields)
                fields[new.key] = new
                chosen = f"custom.{new.key}"
            if chosen:
                links += self._chosen(place, chosen, known.get(place, []), posted)
        constants = {name: posted.get(f"constant-{name}", "").strip() for name in self.sheet.constants}
        used = {link.field.removeprefix("custom.") for link in links}
        kept = {**self.mapping.constants, **constants}
        return ColumnMapping(
            tuple(self._in_order(links)),
            {name: value for name, value in kept.items() if value},
            tuple(field for key, field in fields.items() if key in used),
        )

    def _in_order(self, links: list[Link]) -> list[Link]:
        """The order of the mapping they come from: of several columns for a field, the first with a value counts."""
        order = {(link.column, link.field): number for number, link in enumerate(self.mapping.links)}
        return sorted(links, key=lambda link: order.get((link.column, link.field), len(order)))

    def _chosen(self, place: int, field: str, known: list[Link], posted: Mapping[str, str]) -> list[Link]:
        if known and known[0].field == field:
            options = _posted_options(place, known[0].options, posted)
            return [replace(known[0], options=options), *known[1:]]
        column = self.columns.get(field)
        options = options_for(self.table, place, column) if column else Options()
        return [Link(self.table.headers[place], field, options)]

    def _new_field(self, header: str, kind: str, fields: Mapping[str, NewField]) -> NewField:
        if kind not in dict(NEW_KINDS) or not self._may_add():
            raise Unreadable("Such a field cannot be added here.")
        label = first_line(header)[:80]
        key = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:36] or "field"
        key = key if key[0].isalpha() else f"f_{key}"
        taken = {column.removeprefix("custom.") for column in self.columns} | fields.keys()
        number = 2
        while key in taken:
            key, number = f"{key[:36]}_{number}", number + 1
        return NewField(key, label, kind)


def _options(place: int, column: Column, options: Options) -> list[Choice]:
    """The controls that make sense for what the column holds."""
    controls = []
    if column.kind == Kind.MONEY:
        controls.append(Choice(f"scale-{place}", "Amounts are", SCALES, format(options.scale.normalize(), "f")))
    if column.kind in {Kind.MONEY, Kind.NUMBER}:
        controls.append(Choice(f"decimal-{place}", "Written as", DECIMALS, options.decimal))
    if column.kind == Kind.DATE:
        controls.append(Choice(f"dates-{place}", "Written as", DATES, options.dates))
    if not column.kind.is_text:
        texts = TEXTS if column.keeps_text else tuple(text for text in TEXTS if text[0] != "keep")
        controls.append(Choice(f"text-{place}", "Other text", texts, options.text))
    return controls


def _posted_options(place: int, options: Options, posted: Mapping[str, str]) -> Options:
    scale = posted.get(f"scale-{place}", "")
    return replace(
        options,
        scale=Decimal(scale) if scale in dict(SCALES) else options.scale,
        decimal=posted.get(f"decimal-{place}") or options.decimal,
        dates=posted.get(f"dates-{place}") or options.dates,
        text=posted.get(f"text-{place}") or options.text,
    )
