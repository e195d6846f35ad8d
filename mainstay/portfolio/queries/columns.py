"""The columns a list of projects can show: those of the register, custom fields, and what upper rooms add."""

from collections.abc import Iterable
from typing import Any

from django.db.models import DecimalField, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from mainstay.core.errors import Unreadable
from mainstay.portfolio.models import Confidence, CustomField, FieldKind, Health
from mainstay.portfolio.queries.column import Column, Kind
from mainstay.portfolio.queries.reading import Reading

NUMBER = DecimalField(max_digits=30, decimal_places=6)
CUSTOM = "custom."


def _register() -> tuple[Column, ...]:
    health = tuple(Health.choices)
    confidence = tuple(Confidence.choices)
    return (
        Column("name", "Name", Kind.TEXT, "name", is_default=True, may_be_empty=False),
        Column("code", "Code", Kind.TEXT, "code", is_default=True, may_be_empty=False),
        Column(
            "stage", "Stage", Kind.STAGE, "stage_id", "stage__position",
            is_default=True, may_group=True, may_be_empty=False,
        ),
        Column(
            "health", "Health", Kind.HEALTH, "health",
            options=health, is_default=True, may_group=True, may_bulk=True,
        ),
        Column(
            "owner", "Owner", Kind.PERSON, "owner_id", "owner__name",
            is_default=True, may_group=True, may_bulk=True,
        ),
        Column("theme", "Theme", Kind.TEXT, "theme", is_default=True, may_group=True, may_bulk=True),
        Column("cost", "Whole-life cost", Kind.MONEY, "cost_seen", is_default=True),
        Column("benefit", "Whole-life benefit", Kind.MONEY, "benefit_seen"),
        Column("end", "End", Kind.DATE, "end_date", is_default=True, may_bulk=True),
        Column("start", "Start", Kind.DATE, "start_date", may_bulk=True),
        Column("risk", "Risk", Kind.NUMBER, "risk", may_bulk=True),
        Column(
            "confidence", "Delivery confidence", Kind.CONFIDENCE, "confidence",
            options=confidence, may_group=True, may_bulk=True,
        ),
        Column("phase", "Phase", Kind.PHASE, "stage_id", "stage__phase", may_be_empty=False),
        Column(
            "manager", "Project manager", Kind.PERSON, "manager_id", "manager__name",
            may_group=True, may_bulk=True,
        ),
        Column("portfolio", "Portfolio", Kind.PORTFOLIO, "portfolio_id", "portfolio__name", may_group=True),
        Column("programme", "Programme", Kind.PROGRAMME, "programme_id", "programme__name", may_group=True),
        Column("currency", "Currency", Kind.TEXT, "currency", may_group=True, may_be_empty=False),
        Column("stage_since", "In this stage since", Kind.DATE, "stage_since"),
        Column("external_key", "Key in the source", Kind.TEXT, "external_key"),
        Column("description", "Description", Kind.TEXT, "description"),
    )  # fmt: skip


COLUMNS: dict[str, Column] = {column.name: column for column in _register()}
"""The columns of the register itself and of upper rooms, by name; custom fields come with a reading."""


def add_column(column: Column) -> None:
    """Let an upper room add a column to every list of projects."""
    COLUMNS[column.name] = column


def columns(reading: Reading) -> dict[str, Column]:
    """Every column the person may choose, by name."""
    return COLUMNS | {CUSTOM + field.key: _custom(field) for field in reading.custom_fields}


_KINDS = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.LONG_TEXT: Kind.TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.USER: Kind.USERNAME,
    FieldKind.YES_NO: Kind.YES_NO,
}


def _custom(field: CustomField) -> Column:
    kind = FieldKind(field.kind)
    is_number = kind in {FieldKind.NUMBER, FieldKind.MONEY}
    return Column(
        name=CUSTOM + field.key,
        label=field.label,
        kind=_KINDS[kind],
        path=f"custom_{field.key}",
        order=f"custom_{field.key}_number" if is_number else "",
        read=lambda reading: _seen(reading, field, _text(field), TextField()),
        sort=(lambda reading: _seen(reading, field, _number(field), NUMBER)) if is_number else None,
        options=tuple((option, option) for option in field.options),
        unit=field.unit,
        may_group=kind in {FieldKind.CHOICE, FieldKind.YES_NO},
        may_bulk=kind != FieldKind.LONG_TEXT,
    )


def _text(field: CustomField) -> Any:
    return Cast(KeyTextTransform(field.key, "custom"), TextField())


def _number(field: CustomField) -> Any:
    return Cast(KeyTextTransform(field.key, "custom"), NUMBER)


def _seen(reading: Reading, field: CustomField, value: Any, output_field: Any) -> Any:
    if not field.is_confidential:
        return value
    return reading.projects().figure(reading.user, value, output_field)


def column_named(name: str, known: dict[str, Column]) -> Column:
    """A column by its name; an unknown one is refused."""
    if name not in known:
        raise Unreadable(f"There is no column {name[:60]!r}.")
    return known[name]


def chosen_columns(text: str, reading: Reading) -> list[Column]:
    """The columns named in `name,code,cost`, in that order; an empty text means the usual ones."""
    known = columns(reading)
    names = [name for name in text.split(",") if name]
    if not names:
        return [column for column in COLUMNS.values() if column.is_default]
    return [column_named(name, known) for name in dict.fromkeys(names)]


def with_columns(queryset: Any, wanted: Iterable[Column], reading: Reading, *, to_sort: bool = False) -> Any:
    """The rows with what the columns read (and sort by) annotated, where it is not stored."""
    needed: dict[str, Any] = {}
    for column in wanted:
        if column.read is not None and (not to_sort or column.sort is None):
            needed[column.path] = column.read
        if to_sort and column.sort is not None:
            needed[column.order_path] = column.sort
    missing = {name: make for name, make in needed.items() if name not in queryset.query.annotations}
    return queryset.annotate(**{name: make(reading) for name, make in missing.items()}) if missing else queryset
