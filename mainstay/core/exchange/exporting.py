"""Sending a list: CSV and JSON row by row, XLSX through a file on disk; never the whole list in memory."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import batched
from tempfile import TemporaryFile
from typing import Any

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from mainstay.core.errors import Unreadable
from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.safe import guarded
from mainstay.core.exchange.workbooks import write_workbook

BATCH = 500
CHUNK = 1 << 16
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class Stream(StreamingHttpResponse):
    """An answer that is made while it is sent, on every kind of server."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = iter(self)
        while part := await sync_to_async(_next)(parts):
            yield part


def _next(parts: Iterator[bytes]) -> bytes:
    return next(parts, b"")


def export_response(columns: Sequence[Column], rows: Iterable[Any], format: str, *, name: str) -> Stream:
    """The rows as a download; `columns` write them, `rows` is a queryset or anything else that can be walked."""
    day = timezone.localdate().isoformat()
    response = Stream(export_parts(columns, rows, format), content_type=FORMATS[format])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}-{day}.{format}")
    return response


def export_file(columns: Sequence[Column], rows: Iterable[Any], format: str, file: Any) -> None:
    """The rows into a file opened for bytes."""
    for part in export_parts(columns, rows, format):
        file.write(part)


def export_parts(columns: Sequence[Column], rows: Iterable[Any], format: str) -> Iterator[bytes]:
    """The file piece by piece."""
    if format not in FORMATS:
        raise Unreadable(f"There is no format {format}; there are {', '.join(FORMATS)}.")
    return _WRITERS[format](columns, _walk(rows))


def _walk(rows: Iterable[Any]) -> Iterator[Any]:
    iterator = getattr(rows, "iterator", None)
    return iterator(chunk_size=BATCH) if iterator else iter(rows)


def headers_of(columns: Sequence[Column]) -> list[str]:
    """The columns' names, each different, so that the file can be read back."""
    labels = [column.label for column in columns]
    return [
        f"{column.label} [{column.name}]" if labels.count(column.label) > 1 else column.label for column in columns
    ]


def _csv(columns: Sequence[Column], rows: Iterator[Any]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([guarded(header) for header in headers_of(columns)])
    for batch in batched(rows, BATCH, strict=False):
        writer.writerows([_text(column, row) for column in columns] for row in batch)
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content


def _text(column: Column, row: Any) -> Any:
    value = column.write(row)
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else value


def _json(columns: Sequence[Column], rows: Iterator[Any]) -> Iterator[bytes]:
    between = "[\n"
    for batch in batched(rows, BATCH, strict=False):
        lines = [json.dumps(_object(columns, row), ensure_ascii=False) for row in batch]
        yield (between + ",\n".join(lines)).encode()
        between = ",\n"
    yield b"[]\n" if between == "[\n" else b"\n]\n"


def _object(columns: Sequence[Column], row: Any) -> dict[str, Any]:
    return {column.name: _plain(column, column.write(row)) for column in columns}


def _plain(column: Column, value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = column.kind == Kind.NUMBER and value == value.to_integral_value()
        return int(value) if whole else format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _xlsx(columns: Sequence[Column], rows: Iterator[Any]) -> Iterator[bytes]:
    with TemporaryFile() as file:
        cells = ([column.write(row) for column in columns] for row in rows)
        write_workbook(file, headers_of(columns), [column.kind for column in columns], cells)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


_WRITERS: dict[str, Callable[[Sequence[Column], Iterator[Any]], Iterator[bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}
