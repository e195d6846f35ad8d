"""What a browser sends after somebody else saved first: the form as the page shows it, and whose version stays."""

import html
import re
from collections.abc import Iterator
from typing import Any

from django.test.html import Element, parse_html

TEXTS = re.compile(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


def answered(response: Any, **choices: str) -> dict[str, list[str]]:
    """The form of the page with the version it shows, as it would be sent after these choices, field by field."""
    forms = (one for one in _within(parse_html(response.content.decode())) if one.name == "form")
    sent = next(sent for form in forms if "version" in (sent := _sent(form)))
    # The parser folds white space, which lines of a text field do not survive.
    texts = TEXTS.findall(response.content.decode())
    sent |= {name: [html.unescape(text)] for name, text in texts if name in sent}
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
        return [""]
    if element.name == "select":
        options = [one for one in _within(element) if one.name == "option"]
        return [_value(one) for one in options if "selected" in dict(one.attributes)]
    is_tick = given.get("type") in {"checkbox", "radio"}
    return [] if is_tick and "checked" not in given else [given.get("value", "on" if is_tick else "")]


def _value(option: Element) -> str:
    """What an option sends: its value, or its text where it has none."""
    return dict(option.attributes).get("value", "".join(str(child) for child in option.children))


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _within(child)
