"""A form's questions from JSON and back: bounded, known by name, and refused with the place that is wrong."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.identification.forms.definition import Condition, Definition, Kind, Question, Section, Stage

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_SECTIONS, MOST_FIELDS, MOST_OPTIONS = 20, 60, 50
LONGEST_LABEL, LONGEST_HELP, LONGEST_OPTION = 120, 500, 120
LARGEST = 200_000
RESERVED = frozenset({"title", "description", "portfolio", "version", "action", "form"})
PROJECT_FIELDS = ("theme", "owner", "start_date", "end_date")
MAPS = {
    "theme": {Kind.TEXT, Kind.CHOICE},
    "owner": {Kind.PERSON},
    "start_date": {Kind.DATE},
    "end_date": {Kind.DATE},
}
WITH_OPTIONS = {Kind.CHOICE, Kind.CHOICES}


def read_definition(data: Any) -> Definition:
    """The questions in a JSON object; ValidationError says what is wrong and where."""
    if len(json.dumps(data, default=str)) > LARGEST:
        raise _wrong("The form is too large.")
    _only(data, {"sections", "case_required_at"}, "The form")
    sections = _list(data.get("sections", []), MOST_SECTIONS, "Sections")
    found = Definition(
        tuple(_section(one, number) for number, one in enumerate(sections, 1)),
        _choice(Stage, data.get("case_required_at", ""), "The business case", "required at"),
    )
    _check_keys(found)
    return found


def tell_definition(definition: Definition) -> dict[str, Any]:
    """The questions as JSON holds them; what is empty is left out."""
    told = asdict(definition)
    for section in told["sections"]:
        section["fields"] = [_told(one) for one in section["fields"]]
    return {
        "sections": [_told(section) | {"fields": section["fields"]} for section in told["sections"]],
        "case_required_at": definition.case_required_at.value,
    }


def _told(part: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in part.items() if value not in ("", (), None, [])}
    if condition := kept.get("shown_when"):
        field, test, value = (condition[name] for name in ("field", "test", "value"))
        kept["shown_when"] = {"field": field, test: True if test == "given" else value}
    return kept | ({"options": list(kept["options"])} if "options" in kept else {})


def _section(data: Any, number: int) -> Section:
    place = f"Section {number}"
    _only(data, {"key", "title", "help", "fields", "shown_when"}, place)
    fields = _list(data.get("fields", []), MOST_FIELDS, f"{place}: fields")
    return Section(
        _key(data.get("key"), place),
        _text(data.get("title"), LONGEST_LABEL, f"{place}: the title", needed=True),
        _text(data.get("help", ""), LONGEST_HELP, f"{place}: the help"),
        tuple(_question(one, f"{place}, question {place_of}") for place_of, one in enumerate(fields, 1)),
        _condition(data.get("shown_when"), place),
    )


def _question(data: Any, place: str) -> Question:
    names = {"key", "label", "kind", "help", "options", "required_at", "shown_when", "maps_to"}
    _only(data, names, place)
    options = _list(data.get("options", []), MOST_OPTIONS, f"{place}: options")
    return Question(
        _key(data.get("key"), place),
        _text(data.get("label"), LONGEST_LABEL, f"{place}: the label", needed=True),
        _choice(Kind, data.get("kind", "text"), place, "kind"),
        _text(data.get("help", ""), LONGEST_HELP, f"{place}: the help"),
        tuple(_text(one, LONGEST_OPTION, f"{place}: an option", needed=True) for one in options),
        _choice(Stage, data.get("required_at", ""), place, "required at"),
        _condition(data.get("shown_when"), place),
        _text(data.get("maps_to", ""), 60, f"{place}: the field of the project"),
    )


def _condition(data: Any, place: str) -> Condition | None:
    if data is None:
        return None
    _only(data, {"field", "equals", "contains", "given"}, f"{place}: shown when")
    field = _text(data.get("field"), 40, f"{place}: shown when, field", needed=True)
    for test in ("equals", "contains"):
        if test in data:
            return Condition(field, test, _text(data[test], LONGEST_OPTION, f"{place}: shown when, {test}"))
    return Condition(field)


def _check_keys(definition: Definition) -> None:
    """Keys are used once, conditions look back, and what an option or a project field needs is there."""
    sections = [section.key for section in definition.sections]
    if len(set(sections)) < len(sections):
        raise _wrong("Two sections have the same key.")
    seen: set[str] = set()
    for section in definition.sections:
        _check_condition(section.shown_when, seen, f"Section {section.title}")
        for question in section.fields:
            _check_question(question, seen)
            seen.add(question.key)
    if len(seen) > MOST_FIELDS:
        raise _wrong(f"A form has at most {MOST_FIELDS} questions.")


def _check_question(question: Question, seen: set[str]) -> None:
    place = f"“{question.label}”"
    if question.key in seen or question.key in RESERVED:
        raise _wrong(f"{place}: the key {question.key} is taken.")
    _check_condition(question.shown_when, seen, place)
    if question.kind in WITH_OPTIONS and not question.options:
        raise _wrong(f"{place}: a choice needs its options.")
    if question.kind is Kind.CUSTOM and not question.maps_to.startswith("custom."):
        raise _wrong(f"{place}: say which custom field it is, for example custom.region.")
    _check_mapping(question, place)


def _check_mapping(question: Question, place: str) -> None:
    target = question.maps_to
    if not target or (question.kind is Kind.CUSTOM and target.startswith("custom.")):
        return
    if target not in MAPS:
        known = ", ".join(PROJECT_FIELDS)
        raise _wrong(f"{place}: {target} cannot be filled from a form; {known} or a custom field can.")
    if question.kind not in MAPS[target]:
        raise _wrong(f"{place}: {question.kind.label} does not fit the project's {target.replace('_', ' ')}.")


def _check_condition(condition: Condition | None, seen: set[str], place: str) -> None:
    if condition is not None and condition.field not in seen:
        raise _wrong(f"{place}: it is shown by {condition.field}, which is no question before it.")


def _wrong(message: str) -> ValidationError:
    return ValidationError({"draft": message})


def _only(data: Any, names: set[str], place: str) -> None:
    if not isinstance(data, dict):
        raise _wrong(f"{place} is an object with names and values.")
    if unknown := {str(name)[:40] for name in data} - names:
        raise _wrong(f"{place}: {', '.join(sorted(unknown)[:5])} is not known; known are {', '.join(sorted(names))}.")


def _list(data: Any, most: int, place: str) -> list[Any]:
    if not isinstance(data, list):
        raise _wrong(f"{place}: this takes a list.")
    if len(data) > most:
        raise _wrong(f"{place}: at most {most}.")
    return data


def _text(data: Any, longest: int, place: str, *, needed: bool = False) -> str:
    if not isinstance(data, str) or "\x00" in data:
        raise _wrong(f"{place} is missing." if data is None else f"{place}: this takes text.")
    text = data.strip()
    if needed and not text:
        raise _wrong(f"{place} is missing.")
    if len(text) > longest:
        raise _wrong(f"{place}: at most {longest} characters.")
    return text


def _key(data: Any, place: str) -> str:
    if not isinstance(data, str) or not KEY.fullmatch(data):
        raise _wrong(f"{place}: a key has small letters, digits and underscores, and begins with a letter.")
    return data


def _choice[C](kinds: Callable[[Any], C], data: Any, place: str, what: str) -> C:
    try:
        return kinds(data)
    except ValueError:
        raise _wrong(f"{place}: there is no such “{what}”.") from None
