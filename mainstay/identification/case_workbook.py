"""A business case as a workbook: a sheet for each part, amounts by period, text as text."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse

from mainstay.core.exchange import FORMATS
from mainstay.core.exchange.safe import guarded
from mainstay.core.exchange.workbooks import SETTINGS
from mainstay.identification.case_content import AMOUNTS, CASE_FIELDS
from mainstay.identification.case_page import CasePage
from mainstay.identification.case_words import worded

Cells = Sequence[Any]
TITLES = {"costs": "Costs", "benefits": "Benefits", "demands": "Demand"}
TYPES = {"costs": "cost_type", "benefits": "kind", "demands": "curve"}
RISK = ("name", "kind", "cause", "effect", "owner_id", "probability", "impact", "response", "plan",
        "residual_probability", "residual_impact", "is_closed")  # fmt: skip
ASSUMPTION = ("text", "owner_id", "evidence", "belief", "check_by")
WIDE, USUAL = 36, 14


def workbook_response(page: CasePage) -> HttpResponse:
    """The case as a download."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {**SETTINGS, "constant_memory": False}) as book:
        for title, rows in _sheets(page):
            _write(book, title, rows)
    file.seek(0)
    code = page.case.project.code if page.case.project_id else page.case.request.code
    name = f"business-case-{code}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS["xlsx"])


def _sheets(page: CasePage) -> Iterator[tuple[str, Iterable[Cells]]]:
    yield "Case", _case(page)
    yield "Options", _options(page)
    for kind, title in TITLES.items():
        yield title, _lines(page, kind)
    yield "Assumptions", _rows("assumptions", ASSUMPTION, page.content["assumptions"])
    yield "Risks", _rows("risks", RISK, page.content["risks"])


def _case(page: CasePage) -> Iterator[Cells]:
    yield ("Field", "Value")
    yield ("Business case of", page.case.of)
    for name in CASE_FIELDS:
        label, tell = worded("case", name)
        yield (label, tell(page.content[name]))


def _options(page: CasePage) -> Iterator[Cells]:
    unit = page.currency
    yield (
        "Option", "Kind", "Preferred", f"Cost low, {unit}", f"Cost likely, {unit}", f"Cost high, {unit}",
        f"Benefit low, {unit}", f"Benefit likely, {unit}", f"Benefit high, {unit}", "Demand, person-days",
    )  # fmt: skip
    for shown in page.options:
        costs, benefits = shown.totals.costs, shown.totals.benefits
        yield (
            shown.option["name"], shown.kind, "yes" if shown.option["is_preferred"] else "no", costs.low,
            costs.likely, costs.high, benefits.low, benefits.likely, benefits.high, shown.totals.demand,
        )  # fmt: skip


def _lines(page: CasePage, kind: str) -> Iterator[Cells]:
    yield ("Option", "Line", "Type", "Role, skill or measure", "Basis", "Estimate", *page.labels.values())
    _, tell = worded(kind, TYPES[kind])
    for option in page.content["options"]:
        for line in option[kind]:
            head = (option["name"], line["name"], tell(line[TYPES[kind]]), _meant(page, line), line["basis"])
            for estimate in AMOUNTS:
                yield (*head, estimate, *(_number(line[estimate].get(key)) for key in page.labels))


def _meant(page: CasePage, line: dict[str, Any]) -> str:
    if "role_id" in line:
        return page.whom(line)
    return " ".join(filter(None, (line.get("measure"), line.get("unit"))))


def _rows(part: str, fields: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[Cells]:
    told = [worded(part, name) for name in fields]
    yield tuple(label for label, _ in told)
    for row in rows:
        yield tuple(tell(row[name]) for name, (_, tell) in zip(fields, told, strict=True))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write(book: xlsxwriter.Workbook, title: str, rows: Iterable[Cells]) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    amount = book.add_format({"num_format": "#,##0.00"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, WIDE)
    sheet.set_column(2, 40, USUAL)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, place, float(value), amount)
            elif value not in (None, ""):
                sheet.write_string(number, place, str(guarded(str(value))), head if number == 0 else None)
