"""The API as a whole: its parser, its refusals, its description, and the routes of every room."""

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.parser import Parser

from mainstay.core.api import description, problems
from mainstay.core.api.authentication import Key, Session
from mainstay.core.api.routes import Routes


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no infinity, no endless numbers."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_constant=_no_such_number, parse_float=_finite)


def _no_such_number(word: str) -> None:
    raise ValueError(f"{word} is not JSON.")


def _finite(word: str) -> float:
    number = float(word)
    if number in (float("inf"), float("-inf")):
        raise ValueError("This number is too large.")
    return number


class MainstayAPI(NinjaAPI):
    """Every endpoint answers JSON, refuses with problem documents and is described."""

    def __init__(self, rooms: Iterable[Routes], **options: Any) -> None:
        super().__init__(auth=[Key(), Session()], parser=StrictParser(), docs_url=None, openapi_url=None, **options)
        for error, handler in problems.HANDLERS.items():
            self.add_exception_handler(error, handler)
        for routes in rooms:
            self.add_router("", routes)

    def get_openapi_schema(self, **where: Any) -> dict[str, Any]:
        """The description with everything the frame adds."""
        return description.complete(json.loads(json.dumps(super().get_openapi_schema(**where))))

    def _get_urls(self) -> list[Any]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _framed(pattern.callback)
        return patterns


def _framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD reads like GET, and a method that is not offered is refused like everything else."""

    @functools.wraps(view)
    def framed(request: HttpRequest, **places: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        response = view(request, **places)
        if response.status_code != 405:
            return response
        refusal = problems.problem(405, "Not offered", f"{request.method} is not offered here.")
        refusal["Allow"] = response["Allow"]
        return refusal

    return framed
