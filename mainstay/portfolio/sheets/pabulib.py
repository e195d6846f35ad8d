"""Reading the files of participatory-budgeting elections (.pb): the proposals, with the currency of the budget."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from mainstay.core.exchange import BadFile, Table
from mainstay.core.exchange.table import Builder
from mainstay.core.exchange.text import encoding_of

LONGEST_META = 200


def is_pabulib(head: bytes, suffix: str) -> bool:
    """Whether a file is one, by its ending or its first line."""
    return suffix == ".pb" or head.lstrip(b"\xef\xbb\xbf").splitlines()[0].strip() == b"META"


def read_pabulib(stream: BinaryIO) -> Table:
    """The proposals of an election as a table; the votes themselves are passed over."""
    encoding = encoding_of(stream)
    stream.seek(0)
    lines = enumerate((line.decode(encoding) for line in stream), 1)
    meta = _meta(lines)
    builder = Builder(ragged_is_wrong=True)
    for number, cells in _section(lines, "VOTES"):
        if builder.has_header:
            builder.row(number, cells)
        else:
            builder.header(number, cells)
    currency = meta.get("currency", "")
    return builder.table(constants={"currency": currency} if currency else {})


def _meta(lines: Iterator[tuple[int, str]]) -> dict[str, str]:
    rows = [cells for number, cells in _section(lines, "PROJECTS") if number <= LONGEST_META]
    meta = {cells[0].strip(): cells[1].strip() for cells in rows if len(cells) > 1}
    if "key" not in meta:
        raise BadFile("The file has no section META with keys and values.", "Take the file as Pabulib publishes it.")
    return meta


def _section(lines: Iterator[tuple[int, str]], end: str) -> Iterator[tuple[int, list[str]]]:
    """The rows up to the line that opens the next section."""
    for number, line in lines:
        word = line.strip()
        if word == end:
            return
        if word and word != "META":
            yield number, next(csv.reader([line.rstrip("\r\n")], delimiter=";"))
