"""The JSON schema (draft 2020-12) of a form's answers, for programs that make requests."""

from typing import Any

from mainstay.identification.forms.answers import LONGEST, LONGEST_LINE, MOST_CHOSEN
from mainstay.identification.forms.definition import Condition, Definition, Kind, Question, Stage
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import CustomField, FieldKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = r"^-?[0-9][0-9, ]{0,20}(\.[0-9]{1,12})?$"
AMOUNT = r"^[0-9][0-9, ]{0,20}(\.[0-9]{1,12})?$"
Schema = dict[str, Any]


def schema_of(edition: Any, definition: Definition) -> Schema:
    """The schema of one edition: what a request made with it answers."""
    custom = {field.key: field for field in active_fields()}
    properties = {question.key: _property(question, custom) for question in definition.questions()}
    schema: Schema = {
        "$schema": DIALECT,
        "$id": f"mainstay:forms/{edition.form.key}/editions/{edition.number}",
        "title": f"{edition.form.name}, edition {edition.number}",
        "description": edition.form.description,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    required, conditions = _required(definition)
    if required:
        schema["required"] = required
    return schema | ({"allOf": conditions} if conditions else {})


def _required(definition: Definition) -> tuple[list[str], list[Schema]]:
    """The questions always required to submit, and those required where they are shown."""
    always, sometimes = [], []
    for section in definition.sections:
        for question in section.fields:
            conditions = [one for one in (section.shown_when, question.shown_when) if one]
            if question.required_at is not Stage.SUBMIT:
                continue
            if conditions:
                holds = {"allOf": [_holds(one, definition) for one in conditions]}
                sometimes.append({"if": holds, "then": {"required": [question.key]}})
            else:
                always.append(question.key)
    return always, sometimes


def _holds(condition: Condition, definition: Definition) -> Schema:
    question = definition.question(condition.field)
    value: Schema = {}
    if condition.test == "equals" and question.kind is Kind.YES_NO:
        value = {"const": condition.value.casefold() in {"yes", "true", "1"}}
    elif condition.test == "equals":
        value = {"const": condition.value}
    elif condition.test == "contains" and question.takes_several:
        value = {"contains": {"const": condition.value}}
    elif condition.test == "contains":
        value = {"type": "string", "pattern": condition.value}
    return {"required": [condition.field], "properties": {condition.field: value}}


def _property(question: Question, custom: dict[str, CustomField]) -> Schema:
    told: Schema = {"title": question.label}
    if question.help:
        told["description"] = question.help
    if question.required_at is not Stage.NEVER:
        told["x-required-at"] = question.required_at.value
    if question.kind is Kind.CUSTOM:
        field = custom.get(question.maps_to.removeprefix("custom."))
        return told | (_of_custom(field) if field else {"not": {}})
    return told | _of_kind(question)


def _of_kind(question: Question) -> Schema:
    match question.kind:
        case Kind.CHOICE:
            return {"enum": list(question.options)}
        case Kind.CHOICES:
            items = {"enum": list(question.options)}
            return {"type": "array", "items": items, "uniqueItems": True, "maxItems": MOST_CHOSEN}
        case kind:
            return _PLAIN.get(kind, {"type": "string", "maxLength": LONGEST_LINE})


def _of_custom(field: CustomField) -> Schema:
    if field.kind == FieldKind.CHOICE:
        return {"enum": list(field.options)}
    return _OF_CUSTOM.get(FieldKind(field.kind), {"type": "string", "maxLength": LONGEST})


def _either(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


_NUMBER = _either({"type": "string", "pattern": NUMBER}, {"type": "number"})
_PLAIN: dict[Kind, Schema] = {
    Kind.NUMBER: _NUMBER,
    Kind.MONEY: _either({"type": "string", "pattern": AMOUNT}, {"type": "number", "minimum": 0}),
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.LONG_TEXT: {"type": "string", "maxLength": LONGEST},
}
_OF_CUSTOM: dict[FieldKind, Schema] = {
    FieldKind.NUMBER: _NUMBER,
    FieldKind.MONEY: _NUMBER,
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.YES_NO: {"type": "boolean"},
}
