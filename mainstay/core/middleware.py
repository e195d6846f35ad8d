"""What happens around every request: idle sessions end, `?as_of=` is read, refusals become answers."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mainstay.core.asof import parse_as_of
from mainstay.core.errors import Missing, Refusal
from mainstay.core.models import Channel
from mainstay.core.surrounding import acting

Answer = Callable[[HttpRequest], HttpResponse]
TOUCH_EVERY = 60


class SessionSafety:
    """A session that lay idle too long ends; pages of signed-in people are not kept by caches."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key or "none"
        if not (key.isascii() and key.isalnum()):
            # No session has such a key, and PostgreSQL cannot even be asked for one that holds a NUL character.
            request.session = type(request.session)()
        if "_auth_user_id" in request.session:
            self._end_or_touch(request)
        response = self.answer(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def _end_or_touch(self, request: HttpRequest) -> None:
        now, seen = int(time.time()), request.session.get("seen", 0)
        if seen and now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif now - seen > TOUCH_EVERY:
            request.session["seen"] = now


class AsOf:
    """Puts the moment asked for by `?as_of=` on the request; None means now."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.as_of = None
        try:
            request.as_of = parse_as_of(request.GET.get("as_of", ""))
        except Refusal as refusal:
            return refuse(request, refusal)
        channel = Channel.API if request.path.startswith("/api/") else Channel.PAGE
        with acting(channel):
            return self.answer(request)


class Refusals:
    """A refusal anywhere becomes an answer with its status: a page for people, a problem document for programs."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refuse(request, error)
        return None


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer that tells a refusal."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {
                "type": "about:blank",
                "title": refusal.title,
                "status": refusal.status,
                "detail": refusal.message,
            },
            status=refusal.status,
            content_type="application/problem+json",
        )
    template = "404.html" if isinstance(refusal, Missing) else "core/refusal.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)
