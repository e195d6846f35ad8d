"""What is looked at before a workbook is opened: its true size, and cells that cannot be taken as they are."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from mainstay.core.exchange import limits
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.table import letter

CHUNK = 1 << 18
LOCAL_HEADER = 30
DAMAGED = ("The workbook is damaged or cut off.", "Open it, save it anew as XLSX and try again.")


def open_package(stream: BinaryIO) -> zipfile.ZipFile:
    """The workbook's package after its sizes were found to be what they say and within the limits."""
    try:
        package = zipfile.ZipFile(stream)
        _weigh(package, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise BadFile(*DAMAGED) from None
    if any(name.lower().endswith("vbaproject.bin") for name in package.namelist()):
        raise BadFile("The workbook holds macros.", "Save it as XLSX without macros.")
    return package


def _weigh(package: zipfile.ZipFile, stream: BinaryIO) -> None:
    members = package.infolist()
    said = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if len(members) > limits.MEMBERS or said > limits.UNPACKED_BYTES or said / packed > limits.PACKED_RATIO:
        raise BadFile("The workbook unpacks to far more than its size; it is not opened.", "Save the list as CSV.")
    for member in members:
        if member.flag_bits & 1:
            raise BadFile("The workbook is protected by a password.", "Save it without one.")
        if _true_size(member, stream) > member.file_size:
            raise BadFile("The workbook lies about its size; it is not opened.", "Save the list as CSV.")


def _true_size(member: zipfile.ZipInfo, stream: BinaryIO) -> int:
    """What a member unpacks to, counted no further than just beyond what it claims."""
    stream.seek(member.header_offset)
    head = stream.read(LOCAL_HEADER)
    if len(head) < LOCAL_HEADER or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    stream.seek(member.header_offset + LOCAL_HEADER + names)
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    unpacked = 0
    for piece in _unpacked(stream, member.compress_size):
        unpacked += len(piece)
        if unpacked > member.file_size:
            break
    return unpacked


def _unpacked(stream: BinaryIO, packed: int) -> Iterator[bytes]:
    decompressor = zlib.decompressobj(-15)
    while packed > 0 and not decompressor.eof:
        chunk = stream.read(min(CHUNK, packed))
        if not chunk:
            raise EOFError
        packed -= len(chunk)
        while chunk:
            yield decompressor.decompress(chunk, CHUNK)
            chunk = decompressor.unconsumed_tail


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet with the part of the package that holds it."""
    links = _elements(package, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    sheets = {}
    for sheet in _elements(package, "xl/workbook.xml", "sheet"):
        link = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        target = targets.get(link, "")
        sheets[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return sheets


def _elements(package: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of that name in a part."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    _walk(package, part, parser)
    return found


def _walk(package: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    """Let a parser see a part piece by piece; a document type, which no workbook needs, is refused."""
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with package.open(part) as content:
            while chunk := content.read(CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (KeyError, ValueError, expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError):
        raise BadFile(*DAMAGED) from None


def _refuse_doctype(*declaration: object) -> None:
    raise BadFile(*DAMAGED)


@dataclass
class SheetScan:
    """Walks through a sheet's cells without keeping them, and stops at the first that cannot be taken."""

    row: int = 0
    column: int = 0
    widest: int = 0
    has_value: bool = False
    kind: str = ""
    formula_at: tuple[int, int] | None = None
    _text: list[str] = field(default_factory=list)
    _in_value: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, a formula or a value begins."""
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            self.column = _column_of(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind, self.formula_at, self.has_value = attributes.get("t", ""), None, False
        elif name == "f":
            self.formula_at = (self.row, self.column)
        elif name in {"v", "is"}:
            # A formula may give an empty text, which is a value; an empty number is none.
            self._in_value, self.has_value = True, name == "is" or self.kind == "str"
            self._text.clear()

    def _within_limits(self) -> None:
        self.widest = max(self.widest, self.column)
        if self.row > limits.ROWS + 1:
            raise BadFile(f"The file has more than {limits.ROWS:,} rows.", "Import it in parts.", row=self.row)
        if self.widest > limits.COLUMNS:
            raise BadFile(f"The file has more than {limits.COLUMNS} columns.", "Leave out what is not needed.")
        if self.row * self.widest > limits.CELLS:
            raise BadFile(f"The file has more than {limits.CELLS:,} cells.", "Import it in parts.", row=self.row)

    def text(self, data: str) -> None:
        """Characters within a value."""
        if self._in_value:
            self.has_value = True
            self._text.append(data)

    def end(self, name: str) -> None:
        """A value or a cell ends."""
        name = name.rpartition(":")[2]
        if name in {"v", "is"}:
            self._in_value = False
        elif name == "c":
            self._judge()

    def _judge(self) -> None:
        """A cell that is only formatted counts for nothing; one with a formula needs its value."""
        if self.formula_at and not self.has_value:
            raise self._bad("The cell holds a formula without a value.", "Open the file, let it calculate, save it.")
        if self.kind == "e":
            raise self._bad(f"The cell holds the error {''.join(self._text)}.", "Mend the formula or empty the cell.")
        if self.has_value:
            self._within_limits()

    def _bad(self, message: str, advice: str) -> BadFile:
        return BadFile(message, advice, row=self.row, column=letter(self.column - 1))


def _column_of(reference: str) -> int:
    number = 0
    for character in reference:
        if not character.isalpha():
            break
        number = number * 26 + ord(character.upper()) - 64
    return number


def scan_sheet(package: zipfile.ZipFile, part: str) -> None:
    """Refuse a sheet that is too large or holds formulas without values or errors."""
    scan = SheetScan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    _walk(package, part, parser)
