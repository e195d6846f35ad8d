"""The sheet in every state, with invented figures; sending it answers as a page would, but nothing is kept."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainstay.core.sheet import Column, Curve, Kind, Line, LineKind, Sheet, Totals, read_sheet

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TYPES = (("capital", "Capital"), ("running", "Running"))
COSTS = (
    ("licences", "Licences", "capital", [(0, 42_000), (12, 44_100)]),
    ("meters", "Meters and concentrators", "capital", [(at, 310_000 + 12_500 * at) for at in range(3, 15)]),
    ("fitting", "Fitting crews", "capital", [(at, 96_400) for at in range(4, 18)]),
    ("data", "Data platform", "running", [(at, 18_250) for at in range(6, 24)]),
    ("training", "Training", "running", [(5, 12_000), (9, 12_000), (13, 8_500)]),
    ("contingency", "Contingency", "capital", [(17, 150_000)]),
)
ROLES = ("Data engineer", "Field engineer", "Business analyst", "Change lead")


@login_required
@require_http_methods(["GET", "POST"])
def gallery_sheet(request: HttpRequest) -> HttpResponse:
    """Sheets of cost, demand and shares; the first can be sent, also as if somebody else had saved first."""
    costs, status = costs_sheet(), 200
    if request.method == "POST":
        now = costs_of_mei() if request.POST.get("version") != "2" and "first" in request.POST else costs
        entered = read_sheet(request.POST, now)
        if entered.is_refused:
            costs, status = entered.shown(), 422
        elif now is not costs:
            costs, status = entered.beside(now, who="Mei Tanaka"), 409
        else:
            kept = f"{len(entered.changed)} changed, {len(entered.added)} added, {len(entered.removed)} removed."
            messages.success(request, f"Read without an error: {kept} The gallery keeps nothing.")
            return redirect("gallery_sheet")
    return render(request, "core/gallery_sheet.html", _context(costs, status), status=status)


def _context(costs: Sheet, status: int) -> dict[str, Any]:
    return {
        "costs": costs,
        "version": 2 if status == 409 else 1,
        "empty": _empty(),
        "demand": _demand(),
        "refused": _refused(),
        "closed": replace(_demand(), name="closed", title="Demand as agreed, FTE", is_open=False),
        "crumbs": [("Home", "/"), ("Gallery", "/gallery/"), ("Sheet", "")],
    }


def costs_sheet() -> Sheet:
    """Cost of one project by month over two years."""
    months = tuple(
        Column(f"m{at}", MONTHS[at % 12], group=str(2027 + at // 12), minimum=Decimal(0)) for at in range(24)
    )
    words = (
        Column("name", "Cost line", kind=Kind.TEXT, is_required=True, longest=60),
        Column("type", "Type", kind=Kind.CHOICE, choices=TYPES, is_required=True),
    )
    lines = tuple(
        Line(key, (), {"name": name, "type": kind} | {f"m{at}": Decimal(amount) for at, amount in amounts})
        for key, name, kind, amounts in COSTS
    )
    return Sheet(
        "costs", "Cost by month", (*words, *months), lines, unit="GBP", decimals=0, curves=tuple(Curve),
        can_add_lines=True, can_remove_lines=True, most_lines=60, noun="cost line",
    )  # fmt: skip


def costs_of_mei() -> Sheet:
    """The same after Mei raised the licences and two months of the crews."""
    changed = {"licences": {"m0": Decimal(45_000)}, "fitting": {"m4": Decimal(99_000), "m5": Decimal(99_000)}}
    costs = costs_sheet()
    lines = (replace(line, values={**line.values, **changed.get(line.key, {})}) for line in costs.lines)
    return replace(costs, lines=tuple(lines))


def _empty() -> Sheet:
    """A sheet nobody has typed into: it takes the block of 24 lines by 12 months from a spreadsheet."""
    months = tuple(Column(f"m{at}", MONTHS[at], group="2027") for at in range(12))
    return Sheet(
        "profile", "Profile by month", months, (Line("new-1", kind=LineKind.NEW),), ("Line",),
        unit="GBP", can_add_lines=True, can_remove_lines=True, most_lines=40,
    )  # fmt: skip


def _demand() -> Sheet:
    quarters = tuple(Column(f"q{at}", f"Q{at % 4 + 1}", group=f"{2027 + at // 4}") for at in range(8))
    lines = [
        Line(f"role-{n}", (role,), {f"q{at}": Decimal((n * 7 + at * 3) % 9) / 2 for at in range(8)})
        for n, role in enumerate(ROLES)
    ]
    now = Line("now", ("Booked today",), {f"q{at}": Decimal(3) for at in range(8)}, kind=LineKind.FIXED)
    return Sheet(
        "demand", "Demand by role and quarter", quarters, (*lines, now), ("Role",), unit="FTE", decimals=1,
        curves=tuple(Curve), noun="role",
    )  # fmt: skip


def _refused() -> Sheet:
    """As it comes back from the server when some cells could not be read."""
    columns = (
        Column("low", "Low"),
        Column("likely", "Likely"),
        Column("high", "High"),
        Column("share", "Probability", unit="%", decimals=0, maximum=Decimal(100), is_summed=False),
    )
    lines = (
        Line("1", ("Less leakage",), {"low": Decimal(120_000), "likely": Decimal(180_000), "high": Decimal(260_000)}),
        Line(
            "2", ("Fewer visits",), {"low": Decimal(40_000), "share": Decimal(140)},
            typed={"likely": "about 60k"},
            errors={"likely": "“about 60k” is no number.", "share": "At most 100."},
        ),
    )  # fmt: skip
    return Sheet("benefits", "Benefit, three points", columns, lines, ("Benefit",), "GBP", 0, Totals.COLUMNS)
