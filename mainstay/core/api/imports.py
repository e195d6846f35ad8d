"""Lists in: a file is checked, or brought in whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, UploadedFile
from pydantic import BaseModel
from pydantic import Field as Rule

from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Told, text
from mainstay.core.exchange import (
    Check,
    check,
    commit,
    mapping_named,
    read_table,
    sheet_named,
    sheets,
    suggest,
    uploads,
)
from mainstay.core.verbs import Verb

routes = Routes("Imports")
MOST_ERRORS = 200


class ImportForm(BaseModel):
    """What a file lists, where it goes, and how its columns are read."""

    sheet: text(40, least=1) = Rule("projects", description="The noun.", examples=["projects"])
    portfolio: text(200, least=1) = Rule(description="The code or name of where it goes.", examples=["NET"])
    mapping: text(60) = Rule("", description="A saved mapping; without one, the best that fits.")


class ImportError(Told):
    """What is wrong with a row."""

    row: int | None
    column: str
    message: str
    advice: str


class Report(Told):
    """What an import would do or did."""

    rows: int
    new: int
    changed: int
    unchanged: int
    errors: list[ImportError]
    error_count: int
    warnings: list[str]
    committed: bool


class SheetTold(Told):
    """A noun that can be imported."""

    name: str
    label: str
    fields: list[str]


class Sheets(Told):
    """The nouns that can be imported."""

    items: list[SheetTold]


Sent = Annotated[ImportForm, Form()]
Upload = Annotated[UploadedFile, File()]


@routes.reads("/sheets", "sheets", Sheets)
def known(request: HttpRequest) -> Any:
    """List the nouns that can be imported, with their fields."""
    told = [(sheet, [column.name for column in sheet.columns()]) for sheet in sheets()]
    return {"items": [{"name": sheet.name, "label": sheet.label, "fields": fields} for sheet, fields in told]}


@routes.works_out("/imports/check", "import.check", Report)
def try_out(request: HttpRequest, form: Sent, file: Upload) -> Any:
    """Check a file; what an import would do, and what is wrong by row and column. Nothing is written."""
    return _done(check, request, form, file).as_dict()


@routes.does("POST", "/imports", Verb.ROWS_IMPORT, Report, takes_long=True)
def bring_in(request: HttpRequest, form: Sent, file: Upload) -> Any:
    """Import a file, all of it or nothing; the same file again changes nothing."""
    report = _done(commit, request, form, file)
    if not report.is_clean:
        found = report.problems[:MOST_ERRORS]
        errors = {problem.place or "file": f"{problem.message} {problem.advice}".strip() for problem in found}
        raise Invalid(f"{report.problem_count:,} errors stand in the way; nothing was imported.", **errors)
    return report.as_dict()


def _done(do: Any, request: HttpRequest, form: ImportForm, file: UploadedFile) -> Check:
    sheet = sheet_named(form.sheet)
    with _kept(request, form, file) as upload:
        table = read_table(upload.path, upload.filename)
        mapping = mapping_named(sheet.name, form.mapping) if form.mapping else suggest(sheet, table)[1]
        target = sheet.target_named(request.user, form.portfolio, mapping.currency_in(table.constants))
        return do(sheet, table, mapping, target, request.user)


@contextmanager
def _kept(request: HttpRequest, form: ImportForm, file: UploadedFile) -> Iterator[uploads.Upload]:
    """The file on disk, for as long as it is worked with."""
    if file.size > settings.UPLOAD_LIMIT_BYTES:
        raise Invalid("The file is larger than 50 MB.", file="The file is larger than 50 MB.")
    named = {"filename": file.name, "sheet": form.sheet, "target": form.portfolio}
    upload = uploads.keep(file.chunks(), person=request.user, **named)
    try:
        yield upload
    finally:
        uploads.remove(upload)
