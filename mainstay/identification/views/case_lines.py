"""The sheets of an option: shown, saved whole, and merged when somebody else saved first."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core.errors import Missing, Stale
from mainstay.core.sheet import Entered, Sheet, read_sheet
from mainstay.identification.case_forms import RangeForm
from mainstay.identification.case_parts import may_write
from mainstay.identification.case_reading import case_for, option_for, writable
from mainstay.identification.case_sheet import ESTIMATES, KINDS, CaseSheet, SheetKind
from mainstay.identification.operations.lines import CellErrors, Entry, enter_lines
from mainstay.portfolio.views.sent import asked_for, version_of

CENT = Decimal("0.01")


def _kind(word: str) -> SheetKind:
    if word not in KINDS:
        raise Missing("There is no such sheet.")
    return KINDS[word]


def _estimate(request: HttpRequest) -> str:
    word = asked_for(request, "estimate") or "likely"
    if word not in dict(ESTIMATES):
        raise Missing("There is no such estimate; there are likely, low and high.")
    return word


@login_required
@require_http_methods(["GET", "POST"])
def case_lines(request: HttpRequest, case_id: int, option_id: int, kind: str) -> HttpResponse:
    """A sheet of an option at one of three estimates; it is saved whole or not at all."""
    if request.method == "POST":
        return _save(request, case_id, option_id, _kind(kind))
    case = case_for(request, case_id)
    shown = _sheet(request, case, option_id, _kind(kind))
    is_open = request.as_of is None and may_write(request.user, case)
    return _page(request, shown, shown.sheet(is_open=is_open), version=case.version)


def _sheet(request: HttpRequest, case: Any, option_id: int, kind: SheetKind) -> CaseSheet:
    option = option_for(request, case, option_id)
    return CaseSheet(case, option, kind, _estimate(request), request.user, request.as_of)


def _save(request: HttpRequest, case_id: int, option_id: int, kind: SheetKind) -> HttpResponse:
    shown = _sheet(request, writable(request, case_id), option_id, kind)
    entered = read_sheet(request.POST, shown.sheet(is_open=True))
    version = version_of(request)
    if entered.is_refused:
        return _page(request, shown, entered.shown(), 422, version=version)
    try:
        changed = _enter(request, shown, entered, version)
    except CellErrors as refused:
        told = entered.with_errors(shown.columns_of(refused.cells))
        return _page(request, shown, told.shown(), 422, version=version)
    except ValidationError as error:
        return _page(request, shown, entered.shown(), 422, version=version, refused=" ".join(error.messages))
    except Stale as stale:
        return _conflict(request, shown, entered, stale)
    messages.success(request, _told(changed))
    return redirect(request.get_full_path())


def _told(changed: int) -> str:
    return f"Saved {changed} line{'s' * (changed != 1)}." if changed else "Nothing had changed."


def _enter(request: HttpRequest, shown: CaseSheet, entered: Entered, version: int) -> int:
    entries, removed = shown.entries(entered)
    return enter_lines(
        shown.case,
        actor=request.user,
        option=shown.option,
        kind=shown.kind.lines,
        entries=entries,
        removed=removed,
        expected_version=version,
    )


def _conflict(request: HttpRequest, shown: CaseSheet, entered: Entered, stale: Stale) -> HttpResponse:
    """What was typed upon what somebody else saved; the next save counts from their version."""
    who = stale.changes[0].who if stale.changes else ""
    now = _sheet(request, writable(request, shown.case.pk), shown.option.pk, shown.kind)
    merged = entered.beside(now.sheet(is_open=True), who)
    return _page(request, now, merged, 409, version=stale.current, stale=stale)


def _page(request: HttpRequest, shown: CaseSheet, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "case": shown.case, "option": shown.option, "kind": shown.kind, "kinds": KINDS.values(),
        "estimate": shown.estimate, "estimates": ESTIMATES, "sheet": sheet, "range_form": RangeForm(), **more,
    }  # fmt: skip
    return render(request, "identification/case_lines.html", context, status=status)


@login_required
@require_POST
def case_range(request: HttpRequest, case_id: int, option_id: int, kind: str) -> HttpResponse:
    """Set the low and high estimates of every line of a sheet as shares of the likely ones."""
    case = writable(request, case_id)
    shown = CaseSheet(case, option_for(request, case, option_id), _kind(kind), "likely", request.user)
    form = RangeForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, shown.sheet(is_open=True), 422, version=case.version, range_form=form)
    entries = [_ranged(row, form.factors) for row in shown.rows]
    changed = enter_lines(
        case, actor=request.user, option=shown.option, kind=shown.kind.lines, entries=entries,
        expected_version=version_of(request),
    )  # fmt: skip
    messages.success(request, _told(changed))
    return redirect("case_lines", case_id, option_id, kind)


def _ranged(row: Any, factors: dict[str, Decimal]) -> Entry:
    amounts = {
        name: {key: (Decimal(text) * factor).quantize(CENT) for key, text in row.likely.items()}
        for name, factor in factors.items()
    }
    return Entry(str(row.pk), row.pk, {}, amounts)
