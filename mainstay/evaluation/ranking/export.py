"""A ranked list as a file, with the columns as they are shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.core.exchange import Column, Kind
from mainstay.core.rank import RankList, RankRow


@dataclass(frozen=True)
class Exported:
    """A row with its place and the side of the line it stands on (None: no line)."""

    place: int
    row: RankRow
    is_above: bool | None
    project_stage: str = ""


def columns_of(ranking: RankList) -> tuple[Column, ...]:
    """Rank, project, the columns of the list, and who moved what and why."""
    return (
        Column("rank", "Rank", Kind.NUMBER, write=lambda one: Decimal(one.place)),
        Column("code", "Code", Kind.CODE, write=lambda one: one.row.code),
        Column("name", "Name", write=lambda one: one.row.name),
        *(_column(column) for column in ranking.columns),
        Column("must", "Must be done", write=lambda one: "yes" if one.row.is_must else ""),
        Column("line", "Line", write=_line),
        Column("moved_from", "Moved from", Kind.NUMBER, write=_moved_from),
        Column("moved_by", "Moved by", write=lambda one: one.row.override.who if one.row.override else ""),
        Column("reason", "Why", write=lambda one: one.row.override.reason if one.row.override else ""),
    )


def rows_of(ranking: RankList) -> Iterator[Exported]:
    """The rows in their order."""
    line = ranking.line()
    for place, row in enumerate(ranking.rows, 1):
        yield Exported(place, row, None if line is None else place <= line)


def _column(column: Any) -> Column:
    kind = {"money": Kind.MONEY, "text": Kind.TEXT}.get(column.kind, Kind.NUMBER)
    label = f"{column.label}, {column.unit}" if column.unit else column.label
    name = column.key.replace(".", "_").replace("/", "_")
    return Column(name, label, kind, write=lambda one: _value(column, one.row.values.get(column.key)))


def _value(column: Any, value: Any) -> Any:
    if column.kind == "text":
        return "" if value is None else str(value)
    return None if value is None else Decimal(str(value))


def _line(one: Exported) -> str:
    if one.is_above is None:
        return ""
    return "above" if one.is_above else "below"


def _moved_from(one: Exported) -> Decimal | None:
    return Decimal(one.row.override.before) if one.row.override else None
