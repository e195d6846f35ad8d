"""The description of the API as a document for programs and as a page for people."""

import functools
import json
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from mainstay.core.api.application import MainstayAPI

STRONG, CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`(.+?)`")
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
        return render(request, "core/api_docs.html", {"nouns": nouns(), "about": _paragraphs(api.description)})

    return view


def _paragraphs(text: str) -> SafeString:
    """Markdown's paragraphs, strong and code as markup."""
    marked = CODE.sub(r"<code>\1</code>", STRONG.sub(r"<strong>\1</strong>", escape(text)))
    return mark_safe("".join(f"<p>{part}</p>" for part in marked.strip().split("\n\n")))  # noqa: S308


def _by_noun(description: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    nouns: dict[str, list[dict[str, Any]]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            entry = {**operation, "path": path, "method": method.upper(), "id": operation["operationId"]}
            entry |= {"body": _body(operation), "answers": _answers(operation, description)}
            nouns.setdefault(operation["tags"][0], []).append(entry)
    return nouns


def _body(operation: dict[str, Any]) -> str:
    """The example of what is sent, as it is written."""
    kinds = operation.get("requestBody", {}).get("content", {}).values()
    examples = [kind["example"] for kind in kinds if "example" in kind]
    return json.dumps(examples[0], indent=2) if examples else ""


def _answers(operation: dict[str, Any], description: dict[str, Any]) -> list[tuple[str, str]]:
    """Each status with what it means."""
    shared = description["components"]["responses"]
    found = []
    for status, answer in operation["responses"].items():
        known = shared[answer["$ref"].rsplit("/", 1)[-1]] if "$ref" in answer else answer
        found.append((status, known["description"]))
    return found
