"""How the API says no: one problem document (RFC 9457) for every refusal, whoever raised it."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja import errors as ninja_errors
from pydantic import Field

from mainstay.core.api.types import Told
from mainstay.core.errors import FieldChange, Refusal, Stale
from mainstay.core.values import plain

log = logging.getLogger("mainstay.api")
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5


class Precondition(Refusal):
    """An edit was sent without saying which version it is based on."""

    status = 428
    title = "Precondition required"


class Invalid(Refusal):
    """What was sent can be read but not accepted; each field says why."""

    status = 422
    title = "Not valid"

    def __init__(self, message: str, **errors: str) -> None:
        super().__init__(message)
        self.errors = {name: [text] for name, text in errors.items()}


class Busy(Refusal):
    """Too much is asked at once; it can be asked again in a moment."""

    status = 503
    title = "Busy"


class ChangeTold(Told):
    """A field that somebody else changed since it was read."""

    field: str
    label: str
    before: Any = None
    after: Any = None
    who: str = ""
    at: str | None = None


class Problem(Told):
    """What went wrong, why, and what to do about it."""

    type: str = Field("about:blank", description="Always about:blank: the status and the title say the kind.")
    title: str
    status: int
    detail: str = ""
    errors: dict[str, list[str]] | None = Field(None, description="The fields that were not accepted, with reasons.")
    changes: list[ChangeTold] | None = Field(None, description="What others changed since the version you hold.")
    expected_version: int | None = Field(None, description="The version the edit was based on.")
    current_version: int | None = Field(None, description="The version that holds now.")


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """A problem document as an answer."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The house said no."""
    more: dict[str, Any] = {}
    if isinstance(refusal, Invalid) and refusal.errors:
        more["errors"] = refusal.errors
    return problem(refusal.status, refusal.title, refusal.message, **more)


def stale(request: HttpRequest, refusal: Stale) -> HttpResponse:
    """Somebody else was faster: 412 to a precondition, 409 otherwise, with what they changed."""
    status = 412 if "If-Match" in request.headers else refusal.status
    return problem(
        status,
        refusal.title,
        refusal.message,
        expected_version=refusal.expected,
        current_version=refusal.current,
        changes=[_told(change) for change in refusal.changes],
    )


def _told(change: FieldChange) -> dict[str, Any]:
    return {
        "field": change.field,
        "label": change.label,
        "before": plain(change.before),
        "after": plain(change.after),
        "who": change.who,
        "at": plain(change.at),
    }


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A rule of a row said no; every field with its reasons."""
    found = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    errors = {("all" if name == "__all__" else name): [str(text) for text in texts] for name, texts in found.items()}
    detail = " ".join(text for texts in errors.values() for text in texts)
    return problem(422, Invalid.title, detail, errors=errors)


def unfitting(request: HttpRequest, error: ninja_errors.ValidationError) -> HttpResponse:
    """What was sent does not fit the description; an impossible address is nothing that exists."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return problem(404, "Not found", "There is nothing here, or it is not open to you.")
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        errors.setdefault(_field(one["loc"]), []).append(one["msg"].removeprefix("Value error, "))
    detail = " ".join(f"{name}: {texts[0]}" for name, texts in list(errors.items())[:5])
    return problem(422, Invalid.title, _printable(detail), errors={_printable(n): t for n, t in errors.items()})


def _field(place: tuple[Any, ...]) -> str:
    """The field's name as it was sent, without the names the endpoint gives to body and query."""
    parts = [str(part) for part in place[1:]]
    if len(parts) > 1 and parts[0] in {"body", "query"}:
        parts = parts[1:]
    return ".".join(parts) or "body"


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def said(status: int, title: str, detail: str) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """A handler that answers always the same."""
    return lambda request, error: problem(status, title, detail)


def unknown(request: HttpRequest, error: ninja_errors.HttpError) -> HttpResponse:
    """A refusal of the frame itself."""
    titles = {400: "Bad request", 401: "Not signed in", 403: "Not allowed"}
    details = {400: "The body is not JSON.", 401: "Sign in, or send a key as: Authorization: Bearer mst_..."}
    title = titles.get(error.status_code, "Refused")
    return problem(error.status_code, title, details.get(error.status_code, error.message))


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something nobody foresaw; it is logged here and told to nobody."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "Failed", "Something went wrong here; nothing was changed. It has been logged.")


def busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database did not answer, or not in time."""
    log.warning("%s %s found the database busy or away: %s", request.method, request.path, error)
    return problem(503, Busy.title, "The database is busy or away; ask again in a moment.")


TOO_LARGE = "A number or a text is too large or cannot be stored."
HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Stale: stale,
    Refusal: refused,
    ValidationError: invalid,
    ninja_errors.ValidationError: unfitting,
    ninja_errors.HttpError: unknown,
    Http404: said(404, "Not found", "There is nothing here, or it is not open to you."),
    RequestDataTooBig: said(413, "Too large", "The body is larger than this endpoint takes."),
    SuspiciousOperation: said(400, "Bad request", "The request cannot be read."),
    MultiPartParserError: said(400, "Bad request", "The form cannot be read."),
    UnreadablePostError: said(400, "Bad request", "The body broke off."),
    IntegrityError: said(409, "Not possible now", "It conflicts with what is stored by now; read it again."),
    DataError: said(422, Invalid.title, TOO_LARGE),
    OverflowError: said(422, Invalid.title, TOO_LARGE),
    UnicodeEncodeError: said(422, Invalid.title, "A text holds characters that are none."),
    OperationalError: busy,
    InterfaceError: busy,
    Exception: failed,
}
