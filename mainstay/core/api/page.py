"""The description of the API as a document for programs and as a page for people."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mainstay.core.api.application import MainstayAPI

View = Callable[[HttpRequest], HttpResponse]


def document(api: MainstayAPI) -> dict[str, Any]:
    """The description in OpenAPI 3.1, the same wherever the instance stands."""
    return api.get_openapi_schema(path_prefix="api/v1/")


def description(api: MainstayAPI) -> View:
    """A view that gives the description to programs."""

    @functools.cache
    def text() -> str:
        return json.dumps(document(api))

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(text(), content_type="application/json")

    return view


def reference(api: MainstayAPI) -> View:
    """A view that shows the description to people."""

    @functools.cache
    def nouns() -> dict[str, list[dict[str, Any]]]:
        return _by_noun(document(api))

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, "core/api_docs.html", {"nouns": nouns(), "about": api.description})

    return view


def _by_noun(description: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    nouns: dict[str, list[dict[str, Any]]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            entry = {**operation, "path": path, "method": method.upper(), "id": operation["operationId"]}
            nouns.setdefault(operation["tags"][0], []).append(entry)
    return nouns
