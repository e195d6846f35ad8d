"""What a browser sends after somebody else saved first: the form as the page shows it, and whose version stays."""

from collections.abc import Iterator
from typing import Any

from django.test.html import Element, parse_html


def answered(response: Any, **choices: str) -> dict[str, list[str]]:
    """The form of the page with the version it shows, as it would be sent after these choices, field by field."""
    forms = (one for one in _within(parse_html(response.content.decode())) if one.name == "form")
    sent = next(sent for form in forms if "version" in (sent := _sent(form)))
    for field, whose in choices.items():
        assert f"keep_{field}" in sent, f"nobody is asked about {field}"
        sent[f"keep_{field}"] = [whose]
    return sent


def _sent(form: Element) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for element in _within(form):
        given = dict(element.attributes)
        if "name" in given and element.name in {"input", "textarea", "select"}:
            sent.setdefault(given["name"], []).extend(_values(element, given))
    return {name: values for name, values in sent.items() if values}


def _values(element: Element, given: dict[str, str]) -> list[str]:
    if element.name == "textarea":
        return ["".join(str(child) for child in element.children)]
    if element.name == "select":
        options = [dict(one.attributes) for one in _within(element) if one.name == "option"]
        return [one.get("value", "") for one in options if "selected" in one]
    is_off = given.get("type") in {"checkbox", "radio"} and "checked" not in given
    return [] if is_off else [given.get("value", "")]


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _within(child)
