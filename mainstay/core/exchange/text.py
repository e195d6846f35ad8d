"""Reading CSV and its relatives: which encoding, which separator, then row by row."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.table import Builder, Table, header_line

SEPARATORS = ",;\t|"
CHUNK = 1 << 20
LINES_LOOKED_AT = 60
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD_WINDOWS = "cp1252"
NOT_UTF8 = "The file is not in UTF-8; it was read as Windows-1252. Check the accents, or save it as “CSV UTF-8”."


def read_text(stream: BinaryIO) -> Table:
    """A delimited text file as a table."""
    encoding = encoding_of(stream)
    separator, skipped = _separator(stream, encoding)
    builder = Builder(ragged_is_wrong=True)
    records = _records(stream, encoding, separator)
    for number, cells in islice(records, skipped, None):
        if builder.has_header:
            builder.row(number, cells)
        elif cells:
            builder.header(number, cells)
    return builder.table(warnings=[NOT_UTF8] if encoding == OLD_WINDOWS else [])


def encoding_of(stream: BinaryIO) -> str:
    """The encoding of a text: by its mark, else UTF-8 where all of it is, else Windows-1252."""
    stream.seek(0)
    head = stream.read(4)
    marked = next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), "")
    for name in [marked] if marked else ["utf-8", OLD_WINDOWS]:
        if _decodes(stream, name, refuse_nul=not marked.startswith("utf-")):
            return name
    raise BadFile("The file is not text in an encoding that can be read.", "Save it as “CSV UTF-8”.")


def _decodes(stream: BinaryIO, encoding: str, *, refuse_nul: bool) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    try:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            if "\0" in text:
                _refuse_nul(lines + text[: text.index("\0")].count("\n"))
            lines += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_nul(line: int) -> None:
    raise BadFile(
        "It holds a NUL character: the file is damaged or no text.", "Save the list again as “CSV UTF-8”.", row=line
    )


def _lines(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    stream.seek(0)
    return io.TextIOWrapper(_Unclosed(stream), encoding=encoding, newline="")


class _Unclosed(io.BufferedIOBase):
    """Lets a text reader end without closing the file below it."""

    name = ""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._stream.read(-1 if size is None else size)

    read1 = read


def _records(stream: BinaryIO, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(stream, encoding), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadFile(
                "A quotation mark is opened and not closed, or stands in the middle of a cell.",
                "Put the whole cell in quotation marks and double those within.",
                row=number,
            ) from None
        yield number, cells


def _separator(stream: BinaryIO, encoding: str) -> tuple[str, int]:
    """The separator that gives the most columns most evenly, and how many lines stand above the header."""
    first = _lines(stream, encoding).readline(1000).strip().strip('"')
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], 1
    best, most = (",", 0), 0.0
    for separator in SEPARATORS:
        records = _some(stream, encoding, separator)
        start = header_line(records)
        weight = _fit(records, start)
        if weight > most:
            best, most = (separator, start), weight
    return best


def _some(stream: BinaryIO, encoding: str, separator: str) -> list[list[str]]:
    reader = csv.reader(_lines(stream, encoding), delimiter=separator)
    try:
        return list(islice(reader, LINES_LOOKED_AT))
    except csv.Error:
        return []


def _fit(records: list[list[str]], start: int) -> float:
    """How well a separator fits: how many columns it gives, and above all how many of the lines have as many."""
    filled = [record for record in records if record]
    if not filled:
        return 0.0
    width = len(records[start])
    even = sum(len(record) == width for record in records[start:])
    return (width - 1) * (even / len(filled)) ** 3
