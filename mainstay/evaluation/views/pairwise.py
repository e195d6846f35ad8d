"""Pages of pairwise sessions for those who moderate them and for everybody invited."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.engine.ahp import PROJECT_ONLINE_LABEL
from mainstay.evaluation import sessions
from mainstay.evaluation.comparing import Group, group_of, shares_by_key, standings_of
from mainstay.evaluation.effect import USUAL_LINE, effect_of
from mainstay.evaluation.forms.pairwise import SessionForm
from mainstay.evaluation.models import ScoreModel, SessionState, Together
from mainstay.evaluation.operations.pairwise import close_session, open_session, publish_session
from mainstay.evaluation.pictures import weights_of
from mainstay.evaluation.rounds import may_see_names
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import whole

TRAIL = "Pairwise sessions"
MOST_MOVES = 60


@login_required
@require_GET
def pairwise_sessions(request: HttpRequest) -> HttpResponse:
    """Every pairwise session the person moderates or is invited to."""
    now = request.as_of is None
    context = {
        "sessions": list(sessions.sessions_for(request.user, request.as_of)),
        "waiting": sessions.waiting_for(request.user) if now else [],
        "models": ScoreModel.objects.visible_to(request.user, Verb.SESSION_OPEN).order_by("name") if now else [],
        "places": Portfolio.objects.visible_to(request.user, Verb.SESSION_OPEN) if now else [],
    }
    return render(request, "evaluation/pairwise_sessions.html", context)


@login_required
@require_GET
def pairwise_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """A pairwise session: while it is open how far people are, once it is closed the group's weights."""
    session = sessions.session_for(request.user, session_id, request.as_of)
    now = request.as_of is None
    together = request.GET.get("together", "")
    group = group_of(session, together if together in Together.values else "")
    participant = sessions.invited(request.user, session)
    context: dict[str, Any] = {
        "session": session,
        "done": sessions.done_by(session) if now else [],
        "participant": participant,
        "may_close": now and session.is_open and access.may(request.user, Verb.SESSION_CLOSE, session.portfolio),
        "may_publish": now
        and session.state == SessionState.CLOSED
        and access.may(request.user, Verb.SESSION_PUBLISH, session.portfolio),
        "total": sessions.pairs_in(session),
        "trail": [(TRAIL, reverse("pairwise_sessions"))],
        "project_online": PROJECT_ONLINE_LABEL,
    }
    if group and group.standings:
        context |= _group(request, session, group)
    return render(request, "evaluation/pairwise_session.html", context)


def _group(request: HttpRequest, session: Any, group: Group) -> dict[str, Any]:
    """The group's weights beside last time's and today's, the pairs people dispute, and how consistent they are."""
    names = may_see_names(request.user, session)
    everybody = sessions.participants_of(session) if names else []
    standings = standings_of(session, everybody)
    before = sessions.session_before(session)
    return {
        "group": group,
        "lines": _lines(session, group, before),
        "before": before,
        "picture": weights_of(session, group) if group.is_ready else None,
        "ways": [(way, way == group.together) for way in Together],
        "people": [(one.person.name, standings[one.pk]) for one in everybody],
    }


def _lines(session: Any, group: Group, before: Any) -> list[dict[str, Any]]:
    """Each thing with the group's weight, the range over people, last time's weight and the one that counts today."""
    if not group.is_ready:
        return []
    shares, today = shares_by_key(session, group.weights), sessions.weights_today(session)
    lines = []
    for place, thing in enumerate(session.things):
        low, high = group.ends(place)
        last = (before.weights if before else {}).get(thing["key"])
        lines.append(
            {
                "label": thing["label"],
                "weight": shares[thing["key"]],
                "low": low,
                "high": high,
                "last": float(last) if last is not None else None,
                "change": float(shares[thing["key"]]) - float(last) if last is not None else None,
                "today": today.get(thing["key"]),
            }
        )
    return sorted(lines, key=lambda line: -line["weight"])


@login_required
@require_http_methods(["GET", "POST"])
def pairwise_new(request: HttpRequest) -> HttpResponse:
    """Invite people to compare the criteria of a model, or the drivers of a portfolio."""
    model, portfolio = _subject(request)
    form = SessionForm(request.POST or None, user=request.user, portfolio=portfolio)
    if request.method == "POST" and form.is_valid():
        try:
            session = open_session(portfolio, actor=request.user, model=model, **form.cleaned_data)
            count = len(form.cleaned_data["participants"])
            words = "person is" if count == 1 else "people are"
            messages.success(request, f"{count} {words} invited to {session.name}.")
            return redirect("pairwise_session", session.pk)
        except ValidationError as error:
            take_errors(form, error)
    context = {"form": form, "model": model, "portfolio": portfolio, "trail": [(TRAIL, reverse("pairwise_sessions"))]}
    return render(request, "evaluation/pairwise_new.html", context, status=422 if form.errors else 200)


def _subject(request: HttpRequest) -> tuple[ScoreModel | None, Portfolio]:
    """The model whose criteria are compared, or the portfolio whose drivers are."""
    sent = request.POST if request.method == "POST" else request.GET
    number, code = sent.get("model", ""), sent.get("portfolio", "")
    rows = ScoreModel.objects.visible_to(request.user, Verb.SESSION_OPEN).select_related("portfolio", "cycle")
    model = rows.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    if model is not None:
        return model, model.portfolio
    portfolio = Portfolio.objects.visible_to(request.user, Verb.SESSION_OPEN).filter(code=code).first()
    if portfolio is None:
        raise Missing("Choose a score model or a portfolio for which you may open a session.")
    return None, portfolio


@login_required
@require_POST
def pairwise_closing(request: HttpRequest, session_id: int) -> HttpResponse:
    """Close a session."""
    session = close_session(sessions.session_for(request.user, session_id), actor=request.user)
    messages.success(request, f"{session.name} is closed; what the group says can be told now.")
    return redirect("pairwise_session", session.pk)


@login_required
@require_http_methods(["GET", "POST"])
def pairwise_publication(request: HttpRequest, session_id: int) -> HttpResponse:
    """What the group's weights would change, and the form to let them count."""
    session = sessions.session_for(request.user, session_id)
    access.require(request.user, Verb.SESSION_PUBLISH, session.portfolio)
    sent = request.POST if request.method == "POST" else request.GET
    together = sent.get("together", "") if sent.get("together") in Together.values else ""
    errors: list[str] = []
    if request.method == "POST":
        try:
            done = publish_session(
                session, actor=request.user, reason=request.POST.get("reason", ""), together=together
            )
            messages.success(request, _published_words(done))
            return redirect("pairwise_session", done.pk)
        except ValidationError as error:
            errors = error.messages
    context = _effect(request, session, together) | {"errors": errors, "reason": sent.get("reason", "")}
    return render(request, "evaluation/pairwise_publication.html", context, status=422 if errors else 200)


def _published_words(session: Any) -> str:
    if session.model_id:
        return f"The weights are edition {session.published_edition} of {session.model.name}."
    return "The drivers have these weights now."


def _effect(request: HttpRequest, session: Any, together: str) -> dict[str, Any]:
    group, line = group_of(session, together), _line(request)
    context: dict[str, Any] = {
        "session": session,
        "group": group,
        "together": together,
        "line": line,
        "trail": [
            (TRAIL, reverse("pairwise_sessions")),
            (session.name, reverse("pairwise_session", args=[session.pk])),
        ],
    }
    if not group or not group.is_ready:
        return context
    context["lines"] = _lines(session, group, sessions.session_before(session))
    if session.model_id and access.may(request.user, Verb.SEE_FIGURES, session.portfolio):
        whole = sum(sessions.weights_today(session).values())
        moves = effect_of(request.user, session.model, shares_by_key(session, group.weights, whole), line)
        context |= {"moves": moves[:MOST_MOVES], "count": len(moves)}
        context |= {"crossing": [one for one in moves if one.crosses], "moved": sum(bool(one.moved) for one in moves)}
    return context


def _line(request: HttpRequest) -> int:
    """After which place the line is drawn."""
    place = whole(request.GET.get("line", ""))
    return place if 0 < place < 10_000 else USUAL_LINE
