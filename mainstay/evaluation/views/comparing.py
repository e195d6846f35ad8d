"""Comparing in pairs: one pair after another, with one's own weights and consistency beside it."""

import math
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mainstay.core.errors import Missing
from mainstay.engine.ahp import STEPS, nearest_on_scale, step_of
from mainstay.evaluation import sessions
from mainstay.evaluation.comparing import Standing, standings_of
from mainstay.evaluation.operations.pairwise import compare_pair

SAME = 1e-6


@login_required
@require_http_methods(["GET", "POST"])
def comparing(request: HttpRequest, session_id: int) -> HttpResponse:
    """The next pair of a session, or the one named by `left` and `right`; the answer posts and brings the next."""
    session = sessions.session_for(request.user, session_id)
    participant = sessions.participant_for(request.user, session)
    error = ""
    if request.method == "POST":
        try:
            compare_pair(participant, actor=request.user, **_answer(request))
            if not request.htmx:
                return redirect("comparing", session.pk)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    standing = standings_of(session, [participant])[participant.pk]
    context = _card(request, session, standing) | {"error": error}
    part = "#pair" if request.htmx else ""
    return render(request, f"evaluation/comparing.html{part}", context, status=422 if error else 200)


def _answer(request: HttpRequest) -> dict[str, Any]:
    """The pair and the ratio that were sent; a skipped pair has none."""
    sent = request.POST
    ratio = None
    if sent.get("way") != "skip":
        try:
            ratio = float(sent.get("ratio", ""))
        except ValueError as error:
            raise ValidationError("Choose how the two compare, or skip the pair.") from error
        if not math.isfinite(ratio) or ratio <= 0:
            raise ValidationError("Choose how the two compare, or skip the pair.")
    return {"left": sent.get("left", ""), "right": sent.get("right", ""), "ratio": ratio}


def _card(request: HttpRequest, session: Any, standing: Standing) -> dict[str, Any]:
    pair = _asked_for(request, session) or standing.next_pair
    context: dict[str, Any] = {
        "session": session,
        "standing": standing,
        "total": len(standing.questions),
        "misfit": _misfit(session, standing),
        "answered": [_told(session, standing, one) for one in standing.questions if one in standing.pairs],
        "trail": [("Pairwise sessions", reverse("pairwise_sessions")), _back(session)],
    }
    if pair and session.is_open:
        left, right = (session.things[place] for place in pair)
        given = standing.pairs.get(pair)
        context |= {"left": left, "right": right, "steps": _steps(given), "is_again": pair in standing.pairs}
    return context


def _back(session: Any) -> tuple[str, str]:
    return session.name, reverse("pairwise_session", args=[session.pk])


def _asked_for(request: HttpRequest, session: Any) -> tuple[int, int] | None:
    """The pair the address names; after an answer it is the next one again."""
    if request.method == "POST" or "left" not in request.GET:
        return None
    places = {key: place for place, key in enumerate(session.keys)}
    left, right = places.get(request.GET["left"]), places.get(request.GET.get("right", ""))
    if left is None or right is None or left == right:
        raise Missing("These two are not compared in this session.")
    return min(left, right), max(left, right)


def _steps(given: float | None) -> list[dict[str, Any]]:
    """The answers in words, from the left one counting most to the right one counting most."""
    return [
        {
            "words": step.words,
            "ratio": repr(step.ratio),
            "is_chosen": given is not None and step_of(given) == step,
        }
        for step in reversed(STEPS)
    ]


def _misfit(session: Any, standing: Standing) -> dict[str, Any] | None:
    """The answer that contradicts the others most, and what would fit; nothing is changed by itself."""
    found = standing.misfit
    if found is None:
        return None
    first, second = session.things[found.first], session.things[found.second]
    return {
        "first": first,
        "second": second,
        "given": _times(first, second, found.given),
        "fitting": _times(first, second, found.on_scale),
        "now": found.ratio_now,
        "then": found.ratio_then,
        "url": f"{reverse('comparing', args=[session.pk])}?left={_quoted(first)}&right={_quoted(second)}",
    }


def _quoted(thing: dict[str, Any]) -> str:
    return quote(thing["key"], safe="")


def _times(first: dict[str, Any], second: dict[str, Any], ratio: float) -> str:
    """How the two compare, in a sentence: `Fit counts 3 times as much as Risk`."""
    if ratio < 1:
        first, second, ratio = second, first, 1 / ratio
    times = nearest_on_scale(ratio)
    if abs(times - 1) < SAME:
        return f"{first['label']} counts as much as {second['label']}"
    return f"{first['label']} counts {times:g} times as much as {second['label']}"


def _told(session: Any, standing: Standing, pair: tuple[int, int]) -> dict[str, Any]:
    left, right = (session.things[place] for place in pair)
    ratio = standing.pairs[pair]
    words = "Skipped" if ratio is None else _times(left, right, ratio)
    url = f"{reverse('comparing', args=[session.pk])}?left={_quoted(left)}&right={_quoted(right)}"
    return {"left": left["label"], "right": right["label"], "words": words, "url": url}
