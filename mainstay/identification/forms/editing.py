"""The form editor: its fields on the page as JSON, and what its buttons do to it."""

import re
from collections.abc import Mapping
from typing import Any

from mainstay.identification.forms.definition import Kind
from mainstay.identification.forms.reading import MOST_FIELDS, MOST_SECTIONS

Json = dict[str, Any]
TESTS = (("", "Always"), ("given", "has an answer"), ("equals", "is"), ("contains", "contains"))


def typed_definition(sent: Mapping[str, str]) -> Json:
    """The definition as the editor's page sent it, whether it makes sense or not."""
    sections = []
    for place in range(MOST_SECTIONS + 1):
        prefix = f"section-{place}"
        if f"{prefix}-title" not in sent:
            break
        fields = [_field(sent, f"{prefix}-field-{number}") for number in range(MOST_FIELDS + 1)]
        sections.append(_section(sent, prefix) | {"fields": [field for field in fields if field]})
    return {"sections": sections, "case_required_at": sent.get("case_required_at", "")}


def _section(sent: Mapping[str, str], prefix: str) -> Json:
    part = {"key": sent.get(f"{prefix}-key", ""), "title": sent.get(f"{prefix}-title", "")}
    part["key"] = part["key"] or key_from(part["title"])
    return part | _filled(help=sent.get(f"{prefix}-help", "")) | _condition(sent, prefix)


def _field(sent: Mapping[str, str], prefix: str) -> Json | None:
    if f"{prefix}-label" not in sent:
        return None
    label = sent[f"{prefix}-label"]
    options = [line.strip() for line in sent.get(f"{prefix}-options", "").splitlines() if line.strip()]
    field = {"key": sent.get(f"{prefix}-key", "") or key_from(label), "label": label}
    field["kind"] = sent.get(f"{prefix}-kind", "text")
    more = {name: sent.get(f"{prefix}-{name}", "") for name in ("help", "required_at", "maps_to")}
    return field | _filled(**more, options=options) | _condition(sent, prefix)


def _filled(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value}


def _condition(sent: Mapping[str, str], prefix: str) -> Json:
    field, test = sent.get(f"{prefix}-when", ""), sent.get(f"{prefix}-test", "")
    if not field or not test:
        return {}
    return {"shown_when": {"field": field, test: True if test == "given" else sent.get(f"{prefix}-value", "")}}


def key_from(label: str) -> str:
    """A key made of a label: `wanted_from` of "Wanted from"."""
    key = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:40]
    return key if key[:1].isalpha() else f"q_{key}"[:40].rstrip("_")


def pressed(definition: Json, button: str) -> Json:
    """The definition after a button of the editor: `add-section`, `add-field:1`, `up-field:1:2`."""
    action, *places = button.split(":")
    at = [int(place) for place in places if place.isdecimal()]
    sections = definition["sections"]
    if action == "add-section":
        title = f"Section {len(sections) + 1}"
        sections.append({"key": _free("section", [one["key"] for one in sections]), "title": title, "fields": []})
    elif action == "add-field" and len(at) == 1 and at[0] < len(sections):
        keys = [field["key"] for section in sections for field in section["fields"]]
        new = {"key": _free("question", keys), "label": "New question", "kind": Kind.TEXT.value}
        sections[at[0]]["fields"].append(new)
    elif action.endswith("-section") and len(at) == 1:
        _change(sections, action, at[0])
    elif action.endswith("-field") and len(at) == 2 and at[0] < len(sections):
        _change(sections[at[0]]["fields"], action, at[1])
    return definition


def _change(parts: list[Json], action: str, place: int) -> None:
    if place >= len(parts):
        return
    part = parts.pop(place)
    if action.startswith("up-"):
        parts.insert(max(0, place - 1), part)
    elif action.startswith("down-"):
        parts.insert(place + 1, part)


def _free(stem: str, taken: list[str]) -> str:
    number = len(taken) + 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def differences_between(before: Json, after: Json) -> list[tuple[str, str]]:
    """What changed from one definition to the next: which question or section, and how."""
    was, now = _parts(before), _parts(after)
    found = [(f"“{now[key]['name']}”", "is new") for key in now if key not in was]
    found += [(f"“{was[key]['name']}”", "is gone") for key in was if key not in now]
    for key in now.keys() & was.keys():
        changed = [name for name in sorted(now[key] | was[key]) if now[key].get(name) != was[key].get(name)]
        if changed:
            words = ", ".join(name.replace("_", " ") for name in changed)
            found.append((f"“{now[key]['name']}”", f"changed: {words}"))
    if before.get("case_required_at", "") != after.get("case_required_at", ""):
        found.append(("The business case", "is required at another step"))
    return sorted(found)


def _parts(definition: Json) -> dict[str, Json]:
    parts: dict[str, Json] = {}
    for place, section in enumerate(definition.get("sections", [])):
        own = {name: value for name, value in section.items() if name != "fields"}
        parts[f"section {section['key']}"] = own | {"name": section["title"], "place": place}
        for number, field in enumerate(section["fields"]):
            parts[field["key"]] = field | {"name": field["label"], "place": (section["key"], number)}
    return parts
