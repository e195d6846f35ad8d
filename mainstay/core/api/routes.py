"""Endpoints of a room: each says what it reads or which verb it performs, and the frame does the rest."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from mainstay.core.api import authentication, conditions, description, repeats
from mainstay.core.verbs import Verb

View = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    """What an endpoint answers: a body, and what belongs into the head."""

    body: Any = None
    status: int = 200
    location: str = ""
    links: dict[str, str] = field(default_factory=dict)
    shown_once: tuple[str, ...] = ()
    """Fields that are not kept for a repeated request."""

    @property
    def version(self) -> int | None:
        """The version of the row that is told, where it is one row."""
        return self.body.get("version") if isinstance(self.body, dict) else None


def respond(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer as HTTP, or 304 to somebody who holds this version already."""
    etag = conditions.tag(answer.version) if answer.version else ""
    if etag and request.method == "GET" and conditions.is_known(request, etag):
        return _headed(HttpResponse(status=304), answer, etag)
    content = b"" if answer.status == 204 else json.dumps(answer.body, separators=(",", ":")).encode()
    response = HttpResponse(content, status=answer.status, content_type="application/json")
    if answer.status == 204:
        del response["Content-Type"]
    if answer.shown_once:
        kept = {name: None if name in answer.shown_once else value for name, value in answer.body.items()}
        response.kept_content = json.dumps(kept, separators=(",", ":")).encode()
    return _headed(response, answer, etag)


def _headed(response: HttpResponse, answer: Answer, etag: str) -> HttpResponse:
    if etag:
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
    if answer.location:
        response["Location"] = answer.location
    if answer.links:
        response["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in answer.links.items())
    response["Vary"] = "Authorization, Cookie"
    return response


class Routes(Router):
    """The endpoints of one noun."""

    def __init__(self, tag: str) -> None:
        super().__init__(tags=[tag])

    def reads(self, path: str, name: str, told: Any, *, is_list: bool = False, versioned: bool = False) -> View:
        """An endpoint that only reads; `see.` stands before its name."""

        def register(view: View) -> View:
            extra = description.of_reading(is_list=is_list, versioned=versioned)
            return self._add("GET", path, view, _reading(view), f"see.{name}", {200: told}, extra)

        return register

    def works_out(self, path: str, name: str, told: Any, *, example: Any = None) -> View:
        """An endpoint that is sent something, works it out and changes nothing."""

        def register(view: View) -> View:
            extra = description.of_working_out(example)
            return self._add("POST", path, view, _reading(view), f"see.{name}", {200: told}, extra)

        return register

    def does(
        self,
        method: str,
        path: str,
        verb: Verb,
        told: Any,
        *,
        status: int = 200,
        precondition: str = "",
        example: Any = None,
        takes_long: bool = False,
    ) -> View:
        """An endpoint that performs a verb; `precondition` is `required` or `possible` where rows have versions,
        `example` is a body that works. What takes long does the same when it is repeated, so it needs no key, and
        no transaction is held open meanwhile."""

        def register(view: View) -> View:
            has_key = method == "POST" and not takes_long
            extra = description.of_doing(precondition, has_key=has_key, status=status, example=example)
            framed = _doing(view, verb, precondition, status, has_key)
            return self._add(method, path, view, framed, verb.value, {status: told}, extra)

        return register

    def _add(self, method: str, path: str, view: View, framed: View, name: str, answers: Any, extra: Any) -> View:
        self.add_api_operation(
            path,
            [method],
            framed,
            operation_id=name,
            summary=_title(view),
            description=_explanation(view),
            response=answers,
            openapi_extra=extra,
            url_name=name,
        )
        return view


def _title(view: View) -> str:
    """The first sentence of what the endpoint says about itself."""
    return (view.__doc__ or "").strip().split("\n")[0].rstrip(".").split("; ")[0]


def _explanation(view: View) -> str:
    return " ".join((view.__doc__ or "").split())


def _as_answer(result: Any) -> Answer:
    return result if isinstance(result, Answer) else Answer(result)


def _reading(view: View) -> View:
    @functools.wraps(view)
    def framed(request: HttpRequest, **sent: Any) -> HttpResponse:
        authentication.require_scope(request, None)
        return respond(request, _as_answer(view(request, **sent)))

    return framed


def _doing(view: View, verb: Verb, precondition: str, status: int, has_key: bool) -> View:
    @functools.wraps(view)
    def framed(request: HttpRequest, **sent: Any) -> HttpResponse:
        authentication.require_scope(request, verb)
        authentication.refuse_past(request)
        if precondition:
            required = precondition == "required"
            request.expected_version = conditions.expected_version(request, required=required)

        def act() -> HttpResponse:
            return respond(request, replace(_as_answer(view(request, **sent)), status=status))

        return repeats.once(request, act) if has_key else act()

    return framed
