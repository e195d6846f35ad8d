"""From a file to a table: what kind of file it is by its content, and the reader for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from mainstay.core.exchange import limits
from mainstay.core.exchange.objects import read_objects
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.table import Table
from mainstay.core.exchange.text import read_text
from mainstay.core.exchange.workbook import read_workbook

HEAD = 512


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is recognised by the first bytes and the ending, and how it is read."""

    recognises: Callable[[bytes, str], bool]
    read: Callable[[BinaryIO], Table]


_formats: list[Format] = []
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "This is an old or password-protected workbook.", "Save it as XLSX without a password."),
    (b"%PDF", "This is a PDF.", "Ask for the list as CSV or XLSX."),
    (b"\x1f\x8b", "The file is compressed.", "Unpack it first."),
    (b"\x89PNG", "This is a picture.", "Ask for the list as CSV or XLSX."),
    (b"<", "This is a web page or XML.", "Ask for the list as CSV, XLSX or JSON."),
)


def register_format(recognises: Callable[[bytes, str], bool], read: Callable[[BinaryIO], Table]) -> None:
    """Let a room read a further kind of file as a table."""
    _formats.append(Format(recognises, read))


def read_table(source: Path | BinaryIO, filename: str = "") -> Table:
    """The table in a file; BadFile says what is wrong, by row and column where there is one."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return _read(stream, filename or source.name)
    return _read(source, filename)


def _read(stream: BinaryIO, filename: str) -> Table:
    size = stream.seek(0, 2)
    if size > limits.BYTES:
        raise BadFile(f"The file has more than {limits.BYTES // 1024**2} MB.", "Import it in parts.")
    stream.seek(0)
    head = stream.read(HEAD)
    if not head.strip():
        raise BadFile("The file is empty.", "It needs a line of column names and at least one row.")
    return _reader(head, PurePath(filename).suffix.lower())(stream)


def _reader(head: bytes, suffix: str) -> Callable[[BinaryIO], Table]:
    for form in _formats:
        if form.recognises(head, suffix):
            return form.read
    if head.startswith(b"PK"):
        return read_workbook
    for mark, message, advice in FOREIGN:
        if head.lstrip().startswith(mark):
            raise BadFile(message, advice)
    if suffix == ".json" or (suffix not in {".csv", ".txt", ".tsv"} and head.lstrip()[:1] in {b"[", b"{"}):
        return read_objects
    if suffix in {".xlsx", ".xlsm"}:
        raise BadFile("This is no workbook, whatever its name says.", "Save it as XLSX or CSV.")
    return read_text
