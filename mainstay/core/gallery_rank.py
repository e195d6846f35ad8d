"""The gallery of ranked lists: invented projects to be moved about, as many as 2,000, and weights to be tried out."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core.rank import Override, RankColumn, RankLimit, RankList, RankRow, settled
from mainstay.core.rank_moves import MoveForm, answer_move, refused_move
from mainstay.core.weighing import WeighedCriterion, WeighedRow, Weighing, read_weights

KEPT = "gallery-rank"
FEW, MANY, MUSTS = 60, 2000, 3
WORDS = (
    "Smart meters",
    "Flood walls",
    "Customer portal",
    "Ledger renewal",
    "Depot heating",
    "Pump stations",
    "Field tablets",
)
PLACES = ("North", "South", "Harbour", "Valley", "Old town", "Airport", "West", "Hill side")
COLUMNS = (
    RankColumn("score", "Score", places=1, is_totalled=False),
    RankColumn("value", "Value", "points"),
    RankColumn("cost", "Cost", "GBP", "money"),
    RankColumn("hours", "Engineers", "hours"),
    RankColumn("stage", "Stage", kind="text"),
)
CRITERIA = (
    ("fit", "Strategic fit", "How far it carries the objectives of the year"),
    ("return", "Return", "Net present value for each pound"),
    ("risk", "Risk", "Less exposure earns more points"),
    ("people", "People", ""),
    ("law", "Legal need", ""),
)
WEIGHTS = (35, 25, 20, 12, 8)


@login_required
@require_http_methods(["GET", "POST"])
def gallery_rank(request: HttpRequest) -> HttpResponse:
    """Ranked lists and a table of weights; `?rows=2000` shows a long list. Moves last as long as the session."""
    if request.method == "POST":
        return _move(request)
    context = {
        "ranking": _ranking(request),
        "read_only": _read_only(),
        "weighing": _weighing(),
        "crumbs": [("Home", "/"), ("Gallery", reverse("gallery")), ("Ranked lists", "")],
    }
    return render(request, "core/gallery_rank.html", context)


@login_required
@require_POST
def gallery_undo(request: HttpRequest) -> HttpResponse:
    """Takes a move back."""
    key = request.POST.get("row", "")
    kept = request.session.get(KEPT, {})
    kept.pop(key, None)
    request.session[KEPT] = kept
    return answer_move(request, _ranking(request), key, back=reverse("gallery_rank"))


def _move(request: HttpRequest) -> HttpResponse:
    ranking = _ranking(request)
    form = MoveForm(ranking, request.POST)
    if not form.is_valid():
        return refused_move(request, ranking, form)
    move = form.move
    kept = request.session.get(KEPT, {})
    kept[move.row] = [move.position, request.user.name, move.reason]
    request.session[KEPT] = kept
    return answer_move(request, _ranking(request), move.row, back=reverse("gallery_rank"))


def _ranking(request: HttpRequest) -> RankList:
    is_long = request.GET.get("rows") == str(MANY)
    rows = {row.key: row for row in _rows(MANY if is_long else FEW)}
    by_score = list(rows)
    kept = {key: value for key, value in request.session.get(KEPT, {}).items() if key in rows}
    order = settled(by_score, {key: place for key, (place, _, _) in kept.items()})
    query = f"?rows={MANY}" if is_long else ""
    undo = reverse("gallery_undo") + query
    for key, (place, who, reason) in kept.items():
        rows[key] = replace(rows[key], override=Override(by_score.index(key) + 1, place, who, reason, undo_url=undo))
    limit = RankLimit("cost", Decimal(60_000_000 if is_long else 14_000_000))
    return RankList(
        "ranking",
        "Candidates",
        COLUMNS,
        [rows[key] for key in order],
        limit,
        move_url=reverse("gallery_rank") + query,
        version=1,
    )


def _read_only() -> RankList:
    rows = _rows(12)
    told = Override(9, 5, "Amara Osei", "the regulator expects it this year")
    rows[4] = replace(rows[4], override=told)
    return RankList("settled", "Settled last quarter", COLUMNS, rows, cut=6)


def _rows(count: int) -> list[RankRow]:
    return [
        RankRow(
            key=f"P-{1000 + n}",
            name=f"{WORDS[n % 7]} {PLACES[n * 5 % 8]} {n // 7 + 1}",
            code=f"P-{1000 + n}",
            url="#ranking",
            is_must=n < MUSTS,
            values={
                "score": Decimal(96) - Decimal(n) * Decimal(90) / count,
                "value": 40 + n * 37 % 61,
                "cost": None if n % 97 == 41 else Decimal(90_000 + n * 7919 % 911 * 1_750),
                "hours": 120 + n * 53 % 90 * 10,
                "stage": mark_safe('<span class="stage stage-candidate">Candidate</span>'),
            },
        )
        for n in range(count)
    ]


def _weighing() -> Weighing:
    criteria = [
        WeighedCriterion(key, label, Decimal(weight), help)
        for (key, label, help), weight in zip(CRITERIA, WEIGHTS, strict=True)
    ]
    rows = [_weighed(n) for n in range(60)]
    return Weighing(
        "weights",
        "Weights of the value model",
        criteria,
        rows,
        RankLimit("cost", Decimal(14_000_000)),
        "GBP",
        action=reverse("gallery_weights"),
    )


def _weighed(n: int) -> WeighedRow:
    points: list[Any] = [
        float((n * step + start) % 101) for step, start in ((37, 71), (53, 20), (29, 64), (71, 5), (13, 40))
    ]
    if n % 11 == 6:
        points[3] = None
    return WeighedRow(
        key=f"P-{1000 + n}",
        name=f"{WORDS[n % 7]} {PLACES[n * 5 % 8]}",
        points=points,
        url="#weights",
        amount=Decimal(90_000 + n * 7919 % 911 * 1_750),
        is_must=n == 8,
    )


@login_required
@require_POST
def gallery_weights(request: HttpRequest) -> HttpResponse:
    """Says which weights came in; the gallery keeps none."""
    try:
        weights = read_weights(request.POST, [key for key, _, _ in CRITERIA])
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        told = ", ".join(f"{label} {weights[key]:f}" for key, label, _ in CRITERIA)
        messages.success(request, f"These weights came in: {told}.")
    return redirect("gallery_rank")
