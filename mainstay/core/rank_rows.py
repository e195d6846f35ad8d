"""The rows of a ranked list as HTML: small parts made of escaped text, because there may be thousands."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.charts import words
from mainstay.core.rank import Override, RankColumn, RankList, RankRow

TOGETHER = 40
CELL = '<td role="cell"'


def rows_of(ranking: RankList, keys: Sequence[str]) -> SafeString:
    """These rows only, as they stand now."""
    return mark_safe("".join(_line(ranking, ranking.row(key), ranking.places[key]) for key in keys))  # noqa: S308


def all_rows(ranking: RankList, line: int | None) -> SafeString:
    """Every row, with the line of the limit after row number `line`; in bodies of `TOGETHER` rows, so that a
    browser lays out only those in sight.
    """
    rows = [_line(ranking, row, place) for place, row in enumerate(ranking.rows, 1)]
    if line is not None and line < len(rows):
        rows[line] = _cut(ranking, line) + rows[line]
    bodies = ["".join(rows[start : start + TOGETHER]) for start in range(0, len(rows), TOGETHER)]
    if line == len(rows) or (line is None and ranking.limit):
        bodies.append(_cut(ranking, line))
    return mark_safe("".join(f'<tbody role="rowgroup">{body}</tbody>' for body in bodies))  # noqa: S308


def _cut(ranking: RankList, line: int | None) -> str:
    """The line; it waits unseen where no amount is chosen yet."""
    words_told = "" if line is None else f"{line:,} above the line, {len(ranking.rows) - line:,} below"
    state = " hidden" * (line is None)
    name = escape(ranking.name)
    return f'<tr class="rank-cut" role="row" id="{name}-line" data-cut{state}>{CELL}>{words_told}</td></tr>'


def _line(ranking: RankList, row: RankRow, place: int) -> str:
    state = " is-must" * row.is_must + " is-moved" * (row.override is not None)
    cells = "".join(_cell(column, row.values.get(column.key)) for column in ranking.columns)
    mark = ' <span class="badge">Must do</span>' if row.is_must else ""
    code = f' <span class="code quiet">{escape(row.code)}</span>' if row.code else ""
    name = f'<a href="{escape(row.url)}">{escape(row.name)}</a>' if row.url else escape(row.name)
    note = _override_note(ranking, row) if row.override else ""
    return (
        f'<tr role="row" class="rank-row{state}" data-row="{escape(row.key)}" tabindex="-1">'
        f'{CELL} class="rank-place">{place}</td>'
        f'<th role="rowheader" scope="row" class="rank-name">{name}{code}{mark}{note}</th>'
        f"{cells}{_way_to_move(ranking, row)}</tr>"
    )


def _cell(column: RankColumn, value: Any) -> str:
    if column.kind == "text":
        shown = conditional_escape(value) if value not in (None, "") else words.MISSING
        return f'{CELL} data-label="{escape(column.label)}">{shown}</td>'
    full = ""
    if column.kind == "money" and value is not None:
        full = f' title="{escape(f"{column.unit} {value:,}".strip())}"'
    return f'{CELL} class="number" data-label="{escape(column.label)}"{full}>{figure(column, value)}</td>'


def figure(column: RankColumn, value: Decimal | float | None) -> str:
    """A figure of the column, as cells write it: the unit stands in the heading."""
    if value is None:
        return words.MISSING
    if column.kind == "money":
        return words.compact(float(value))
    return words.percent(float(value)) if column.kind == "percent" else words.number(float(value), column.places)


def override_words(override: Override) -> str:
    """What was moved, by whom and why, in one sentence."""
    return f"Moved from {override.before:,} to {override.after:,} by {override.who}, because {override.reason}"


def _override_note(ranking: RankList, row: RankRow) -> str:
    override: Any = row.override
    undo = ""
    if override.undo_url and ranking.move_url:
        undo = (
            f' <button class="btn btn-quiet btn-small" form="{escape(ranking.name)}-undo" name="row"'
            f' value="{escape(row.key)}" formaction="{escape(override.undo_url)}" data-undo'
            f' aria-label="Undo the move of {escape(row.name)}">Undo</button>'
        )
    return f'<span class="rank-note">{escape(override_words(override))}{undo}</span>'


def _way_to_move(ranking: RankList, row: RankRow) -> str:
    if not ranking.move_url:
        return ""
    return (
        f'{CELL} class="rank-act"><a class="btn btn-quiet btn-small" data-move'
        f' href="?move={escape(row.key)}#{escape(ranking.name)}-move"'
        f' aria-label="Move {escape(row.name)}">Move</a></td>'
    )
