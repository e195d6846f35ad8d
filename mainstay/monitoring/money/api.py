"""Money in the REST API: amounts by month, the ledger with its files and rules, closed months."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, UploadedFile
from pydantic import BaseModel
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Day, Id, Money, Sent, Told, text
from mainstay.core.exchange import uploads
from mainstay.core.verbs import Verb
from mainstay.identification.models import CostType
from mainstay.monitoring.models import (
    ClosedPeriod,
    LedgerFile,
    LedgerLine,
    LedgerRule,
    MoneyLine,
    Treatment,
)
from mainstay.monitoring.money import ledger_files, reconciling
from mainstay.monitoring.money.ledger_plan import LedgerPlan
from mainstay.monitoring.money.operations.entering import MoneyEntry, close_period, enter_money, reopen_period
from mainstay.monitoring.money.operations.ledger import match_ledger
from mainstay.monitoring.money.place_page import portfolio_money
from mainstay.monitoring.money.project_page import MonthRow, ProjectMoney
from mainstay.monitoring.money.resources import FILES, LINES, PERIODS, POSTINGS, RULES
from mainstay.portfolio.api.finding import named_project, portfolio_at, project_at
from mainstay.portfolio.models import Portfolio
from mainstay.value.funds.api import FundKey
from mainstay.value.models import Fund

routes = Routes("Money")
MOST_ERRORS = 200


class MonthOfMoney(Told):
    """The money of a month; available is the budget less actual and committed."""

    month: str
    budget: str
    committed: str
    actual: str
    forecast: str
    capex: str
    opex: str
    available: str
    closed: bool


class MoneyCourse(Told):
    """Money month by month in one currency."""

    currency: str
    outlook: str
    items: list[MonthOfMoney]


class MoneySent(Sent):
    """An amount of a month; zero takes it away."""

    kind: text(9, least=1) = Rule(examples=["forecast"])
    month: Day
    treatment: text(5, least=1) = Treatment.OPEX.value
    cost_type: text(9, least=1) = CostType.OTHER.value
    fund: FundKey | None = None
    amount: Money


class MoneyEntered(Sent):
    """Amounts of a project; all of them are saved or none."""

    entries: list[MoneySent] = Rule(max_length=1000)


class MoneyChanged(Told):
    """How many amounts or lines changed."""

    changed: int


class LedgerForm(BaseModel):
    """Which ledger a file is from."""

    source: text(60, least=1) = Rule(description="The name of the ledger.", examples=["Ledger"])


class LedgerProblem(Told):
    """What is wrong with a row."""

    row: int | None
    column: str
    message: str
    advice: str


class LedgerReport(Told):
    """What a ledger file would bring or brought."""

    rows: int
    new: int
    known: int
    changed: int
    unmatched: int
    refused: int
    totals: dict[str, dict[str, str]]
    errors: list[LedgerProblem]
    warnings: list[str]
    committed: bool


class LedgerBalance(Told):
    """One currency of a file."""

    currency: str
    total: str
    known: str
    matched: str
    unmatched: str
    difference: str


class LedgerBalances(Told):
    """A file reconciled."""

    items: list[LedgerBalance]


class LedgerRuleSent(Sent):
    """Which project lines with these words belong to."""

    source: text(60, least=1)
    field: text(11, least=1)
    text: text(120, least=1)
    project: Code


class MonthClosed(Sent):
    """The month that is closed, by its first day."""

    month: Day
    note: text(300) = ""


class MonthReopened(Sent):
    """Why it is opened again."""

    reason: text(300, least=1)


SentForm = Annotated[LedgerForm, Form()]
Upload = Annotated[UploadedFile, File()]


def _rows(request: HttpRequest, model: Any) -> Any:
    return model.objects.as_of(request.as_of).visible_to(request.user)


def _month(row: MonthRow) -> dict[str, Any]:
    names = [name for name in MonthOfMoney.model_fields if name not in {"month", "closed"}]
    amounts = {name: f"{getattr(row, name):.2f}" for name in names}
    return {"month": row.month.isoformat(), "closed": row.is_closed} | amounts


@routes.reads("/projects/{code}/money", "project.money", MoneyCourse)
def project_money(request: HttpRequest, code: Code) -> Any:
    """Read the money of a project month by month. Only where you may see figures."""
    page = ProjectMoney(request.user, code, request.as_of)
    items = [_month(row) for row in page.rows]
    return {"currency": page.project.currency, "outlook": f"{page.outlook:.2f}", "items": items}


@routes.reads("/portfolios/{code}/money", "portfolio.money", MoneyCourse)
def place_money(request: HttpRequest, code: Code) -> Any:
    """Read the money of a portfolio and everything below it, in its currency."""
    page = portfolio_money(request.user, code, request.as_of)
    items = [_month(row) for row in page.rows]
    outlook = page.sums.outlook(page.today.replace(day=1))
    return {"currency": page.currency, "outlook": f"{outlook:.2f}", "items": items}


@routes.reads("/money-lines", "moneylines", LINES.Page, is_list=True)
def lines(request: HttpRequest, query: LINES.Asked) -> Any:
    """List budget, forecast and commitments by month."""
    return LINES.page(request, _rows(request, MoneyLine), query)


@routes.does(
    "POST",
    "/projects/{code}/money",
    Verb.MONEY_ENTER,
    MoneyChanged,
    example={"entries": [{"kind": "forecast", "month": "2027-03-01", "amount": "25000.00"}]},
)
def enter(request: HttpRequest, code: Code, body: MoneyEntered) -> Any:
    """Set amounts of a project by month; refused whole where a month is closed."""
    entries = [_entry(request, one) for one in body.entries]
    return {"changed": enter_money(project_at(request, code), actor=request.user, entries=entries)}


def _entry(request: HttpRequest, sent: MoneySent) -> MoneyEntry:
    fields = sent.model_dump()
    if sent.fund is not None:
        fields["fund"] = Fund.objects.visible_to(request.user).filter(key=sent.fund).first()
        if fields["fund"] is None:
            raise Invalid(f"There is no fund {sent.fund}.", fund=f"There is no fund {sent.fund}.")
    return MoneyEntry(**fields)


@routes.reads("/ledger-lines", "ledgerlines", POSTINGS.Page, is_list=True)
def postings(request: HttpRequest, query: POSTINGS.Asked) -> Any:
    """List the lines of ledgers."""
    return POSTINGS.page(request, _rows(request, LedgerLine), query)


@routes.reads("/ledger-files", "ledgerfiles", FILES.Page, is_list=True)
def files(request: HttpRequest, query: FILES.Asked) -> Any:
    """List the files that were taken in."""
    return FILES.page(request, _rows(request, LedgerFile), query)


@routes.reads("/ledger-files/{ledger_file_id}/balances", "ledgerfile.balances", LedgerBalances)
def balances(request: HttpRequest, ledger_file_id: Id) -> Any:
    """Reconcile a file by currency; the difference is zero while nothing is lost."""
    file = reconciling.file_for(request.user, ledger_file_id, request.as_of)
    rows = reconciling.balances([file], request.as_of)[file.row_id]
    amounts = [name for name in LedgerBalance.model_fields if name != "currency"]
    return {
        "items": [
            {"currency": row.currency, **{name: f"{getattr(row, name):.2f}" for name in amounts}} for row in rows
        ]
    }


@routes.works_out("/portfolios/{code}/ledger/check", "ledger.check", LedgerReport)
def try_out(request: HttpRequest, code: Code, form: SentForm, file: Upload) -> Any:
    """Check a ledger file; what it would bring, and what is wrong by row and column. Nothing is written."""
    portfolio = portfolio_at(request, code)
    access.require(request.user, Verb.LEDGER_IMPORT, portfolio)
    kept = _kept(request, portfolio, form, file)
    try:
        return _report(kept.plan(request.user))
    finally:
        uploads.remove(kept.upload)


@routes.does("POST", "/portfolios/{code}/ledger", Verb.LEDGER_IMPORT, LedgerReport, takes_long=True)
def bring_in(request: HttpRequest, code: Code, form: SentForm, file: Upload) -> Any:
    """Book a ledger file, all of it or nothing; the same file again changes nothing."""
    portfolio = portfolio_at(request, code)
    access.require(request.user, Verb.LEDGER_IMPORT, portfolio)
    kept = _kept(request, portfolio, form, file)
    try:
        plan = kept.book(request.user)
    finally:
        uploads.remove(kept.upload)
    if not plan.committed:
        told = {problem.place or "file": problem.sentence for problem in list(plan.problems)[:MOST_ERRORS]}
        raise Invalid(f"{plan.refused:,} errors stand in the way; nothing was booked.", **told)
    return _report(plan)


def _kept(request: HttpRequest, portfolio: Portfolio, form: LedgerForm, file: UploadedFile) -> ledger_files.Arriving:
    if file.size > settings.UPLOAD_LIMIT_BYTES:
        raise Invalid("The file is larger than 50 MB.", file="The file is larger than 50 MB.")
    told = {"filename": file.name, "portfolio": portfolio, "source": form.source}
    return ledger_files.keep(file.chunks(), person=request.user, **told)


def _report(plan: LedgerPlan) -> dict[str, Any]:
    return {
        "rows": plan.rows,
        "new": len(plan.new),
        "known": plan.known,
        "changed": plan.changed,
        "unmatched": len(plan.unmatched),
        "refused": plan.refused,
        "totals": plan.totals,
        "errors": [problem.as_dict() for problem in list(plan.problems)[:MOST_ERRORS]],
        "warnings": plan.warnings,
        "committed": plan.committed,
    }


@routes.reads("/ledger-rules", "ledgerrules", RULES.Page, is_list=True)
def rules(request: HttpRequest, query: RULES.Asked) -> Any:
    """List which words belong to which project."""
    return RULES.page(request, _rows(request, LedgerRule), query)


@routes.does(
    "POST",
    "/portfolios/{code}/ledger/rules",
    Verb.LEDGER_MATCH,
    MoneyChanged,
    example={"source": "Ledger", "field": "cost_centre", "text": "CC-100", "project": "PUMPS"},
)
def match(request: HttpRequest, code: Code, body: LedgerRuleSent) -> Any:
    """Say which project lines with certain words belong to; those there move, later files follow."""
    project = named_project(request, "project", body.project)
    terms = body.model_dump() | {"project": project}
    return {"changed": match_ledger(portfolio_at(request, code), actor=request.user, **terms)}


@routes.reads("/closed-months", "closedmonths", PERIODS.Page, is_list=True)
def closed_months(request: HttpRequest, query: PERIODS.Asked) -> Any:
    """List closed months."""
    return PERIODS.page(request, _rows(request, ClosedPeriod), query)


@routes.does(
    "POST",
    "/portfolios/{code}/closed-months",
    Verb.PERIOD_CLOSE,
    PERIODS.One,
    status=201,
    example={"month": "2026-03-01"},
)
def close(request: HttpRequest, code: Code, body: MonthClosed) -> Any:
    """Close a month for a portfolio and everything below it; nothing changes its money then."""
    made = close_period(portfolio_at(request, code), actor=request.user, **body.model_dump())
    return PERIODS.one(request, ClosedPeriod.objects.filter(pk=made.pk))


@routes.does(
    "POST",
    "/closed-months/{period_id}/reopen",
    Verb.PERIOD_REOPEN,
    MoneyChanged,
    precondition="possible",
    example={"reason": "An invoice was posted twice"},
)
def reopen(request: HttpRequest, period_id: Id, body: MonthReopened) -> Any:
    """Open a closed month again, for a reason that is kept."""
    row = found(ClosedPeriod.objects.visible_to(request.user).filter(pk=period_id))
    reopen_period(row, actor=request.user, reason=body.reason, expected_version=request.expected_version)
    return {"changed": 1}
