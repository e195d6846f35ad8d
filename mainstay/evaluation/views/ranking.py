"""The ranked list: shown as asked for, moved about with a reason, taken back, confirmed, and sent as a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.exchange import export_response
from mainstay.core.models import Event
from mainstay.core.rank import RankList
from mainstay.core.rank_moves import Move, MoveForm, answer_move, refused_move
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.models import RankOverride, Score, ScoreModel
from mainstay.evaluation.operations.ranking import override_rank, restore_rank
from mainstay.evaluation.ranking.asked import Asked, asked_in
from mainstay.evaluation.ranking.choices import choices_of
from mainstay.evaluation.ranking.export import columns_of, rows_of
from mainstay.evaluation.ranking.listed import Listed
from mainstay.evaluation.ranking.news import news_since

NOTHING_HERE = "There is nothing here, or it is not open to you."


def reader(request: HttpRequest) -> None:
    """Only who may see figures anywhere has anything to read here."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing(NOTHING_HERE)


def models_of(request: HttpRequest) -> list[Any]:
    """The score models the person may see."""
    rows = ScoreModel.objects.as_of(request.as_of).visible_to(request.user)
    return list(rows.select_related("portfolio").order_by("name"))


def chosen_model(request: HttpRequest, models: list[Any]) -> Any:
    """The model asked for, else the one that scored last, else the first; None where there is none."""
    text = request.GET.get("model", "")
    if text.isdecimal() and len(text) < 16:
        return queries.model_for(request.user, int(text), request.as_of)
    scores = Score.objects.as_of(request.as_of).visible_to(request.user).order_by("-model_id")
    latest = scores.values_list("model_id", flat=True).first()
    return next((model for model in models if model.row_id == latest), models[0] if models else None)


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks the ranked list for."""
    columns = tuple(key for text in request.GET.getlist("columns") for key in text.split(",") if key)
    return asked_in(request.GET.dict(), columns)


@login_required
@require_GET
def ranking(request: HttpRequest) -> HttpResponse:
    """The ranked list of a score model, with its line and the reasons of those who moved something."""
    reader(request)
    models = models_of(request)
    model = chosen_model(request, models)
    if model is None:
        return render(request, "evaluation/ranking.html", {"models": models})
    listed = Listed(request.user, model, asked_by(request), request.as_of)
    if format := request.GET.get("format"):
        rank = listed.rank
        return export_response(columns_of(rank), rows_of(rank), format, name=f"ranking {model.name}")
    context = {"models": models, "model": model, "listed": listed, "ranking": rank_list(request, listed)}
    context |= {"choices": choices_of(listed), "since": _last_event(), "may_move": _may_move(request, model)}
    return render(request, "evaluation/ranking.html", context)


def rank_list(request: HttpRequest, listed: Listed) -> RankList:
    """The list with the ways to move it, where the person may."""
    model, query = listed.model, request.GET.copy()
    for name in ("move", "format"):
        query.pop(name, None)
    told = f"?{query.urlencode()}" if query else ""
    way = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    if not _may_move(request, model):
        return listed.rank_list(query=way)
    move, undo = (reverse(name, args=[model.row_id]) + told for name in ("rank_overrides", "rank_restoration"))
    return listed.rank_list(move, undo)


def _may_move(request: HttpRequest, model: Any) -> bool:
    return request.as_of is None and access.may(request.user, Verb.RANK_OVERRIDE, model.portfolio)


def _last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@login_required
@require_POST
def rank_overrides(request: HttpRequest, model_id: int) -> HttpResponse:
    """Move a project to another place, with the reason."""
    listed = _to_move(request, model_id)
    shown = rank_list(request, listed)
    form = MoveForm(shown, request.POST)
    if not form.is_valid():
        return refused_move(request, shown, form)
    try:
        _move(request, listed, form.move)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return refused_move(request, shown, form)
    return _answer(request, listed.anew(), form.move.row)


def _to_move(request: HttpRequest, model_id: int) -> Listed:
    """The list as the person has it before them, if they may move it."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.RANK_OVERRIDE, model.portfolio)
    return Listed(request.user, model, asked_by(request))


def _move(request: HttpRequest, listed: Listed, move: Move) -> None:
    """Beside the project that stands there in the list as it is shown, which may be a part of all."""
    shown = [line.project for line in listed.lines]
    project = next(one for one in shown if one.code == move.row)
    others = [one for one in shown if one is not project]
    where: dict[str, Any] = {"position": 1}
    if others:
        is_last = move.position > len(others)
        where = {"after": others[-1]} if is_last else {"before": others[move.position - 1]}
    override_rank(project, actor=request.user, model=listed.model, reason=move.reason, **where)


def _answer(request: HttpRequest, listed: Listed, code: str) -> HttpResponse:
    """The order now; every row that was moved by hand is told anew, since its place may have shifted."""
    moved = [line.project.code for line in listed.lines if line.placed.override]
    query = request.GET.copy()
    query["model"] = str(listed.model.pk)
    back = f"{reverse('ranking')}?{query.urlencode()}"
    return answer_move(request, rank_list(request, listed), *dict.fromkeys([code, *moved]), back=back)


@login_required
@require_POST
def rank_restoration(request: HttpRequest, model_id: int) -> HttpResponse:
    """Let a project stand where its score puts it."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.RANK_RESTORE, model.portfolio)
    row = _override(request, model)
    restore_rank(row, actor=request.user, reason=request.POST.get("reason", "")[:500])
    return _answer(request, Listed(request.user, model, asked_by(request)), row.project.code)


@login_required
@require_POST
def rank_confirmation(request: HttpRequest, model_id: int) -> HttpResponse:
    """Let a move that was made for a former edition hold for this one."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.RANK_OVERRIDE, model.portfolio)
    row = _override(request, model)
    listed = Listed(request.user, model)
    reason = request.POST.get("reason", "").strip() or row.reason
    position = min(row.position, max(1, len(listed.standing.placed)))
    try:
        override_rank(row.project, actor=request.user, model=model, reason=reason, position=position)
        messages.success(request, f"{row.project.name} is moved under edition {model.edition} too.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('ranking')}?{urlencode({'model': model.pk})}")


def _override(request: HttpRequest, model: Any) -> RankOverride:
    """The move of the project named, among those the person may see."""
    rows = RankOverride.objects.visible_to(request.user).filter(model_id=model.pk).select_related("project")
    row = rows.filter(project__code=request.POST.get("row", "")[:40]).first()
    if row is None:
        raise Missing("This move was taken back already. Load the page again.")
    return row


@login_required
@require_GET
def ranking_news(request: HttpRequest, model_id: int) -> HttpResponse:
    """Who moved what since the page was opened; a fragment that comes by itself."""
    reader(request)
    model = queries.model_for(request.user, model_id)
    text = request.GET.get("since", "")
    since = int(text) if text.isdecimal() and len(text) < 16 else 0
    told = news_since(request.user, model, since)
    return render(request, "evaluation/ranking_news.html", {"news": told, "model": model})
