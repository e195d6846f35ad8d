"""The fields of a resource: what they hold, how they are told, and how they may be asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from django.db.models import Q
from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError, WithJsonSchema
from pydantic import Field as Rule

from mainstay.core.api import types
from mainstay.core.api.problems import Invalid
from mainstay.core.values import plain

MOST_VALUES = 100
DECIMAL = r"^-?[0-9]{1,16}(\.[0-9]{1,8})?$"
SIGNED_MONEY = r"^-?[0-9]{1,16}\.[0-9]{2}$"


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CHOICE = "choice"
    MONEY = "money"
    WHOLE = "whole number"
    DECIMAL = "number"
    FLOAT = "measured number"
    DAY = "date"
    DAY_TEXT = "date kept as text"
    MOMENT = "moment"
    YES_NO = "yes or no"
    DATA = "data"


@dataclass(frozen=True)
class Field:
    """A field under the name the API gives it, and where the database keeps it."""

    name: str
    kind: Kind
    help: str
    lookup: str = ""
    example: Any = None
    choices: tuple[str, ...] = ()
    may_be_missing: bool = False
    filters: bool = True
    sorts: bool = True
    order_lookup: str = ""
    order_kind: Kind | None = None
    matches: Callable[[Any, Any], Q] | None = None
    """A way of its own to filter by equality: the request and the value give the condition."""
    schema: Any = None

    @property
    def source(self) -> str:
        """Where the database keeps it."""
        return self.lookup or self.name

    @property
    def ordered_by(self) -> str:
        """What it is sorted by."""
        return self.order_lookup or self.source

    @property
    def is_sortable(self) -> bool:
        """Whether a list may be put in its order."""
        return self.sorts and self.kind not in {Kind.YES_NO, Kind.DATA}

    @property
    def operators(self) -> tuple[str, ...]:
        """How it may be filtered, beside equality."""
        if not self.filters or self.matches:
            return ()
        given = ("given",) if self.may_be_missing else ()
        return _OPERATORS[self.kind] + given

    @property
    def teller(self) -> Callable[[Any], Any] | None:
        """What turns a value into what JSON holds; None where it is that already."""
        return _TELLERS.get(self.kind)

    def documented(self) -> Any:
        """Its type in the description."""
        found = self.schema or _documented(self)
        return found | None if self.may_be_missing else found


def _money_text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _truth(value: Any) -> bool | None:
    return None if value is None else bool(value)


_TELLERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: _money_text,
    Kind.DECIMAL: plain,
    Kind.DAY: plain,
    Kind.MOMENT: plain,
    Kind.YES_NO: _truth,
}
_RANGE = ("gte", "lte")
_OPERATORS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("in", "contains"),
    Kind.CHOICE: ("in",),
    Kind.MONEY: _RANGE,
    Kind.WHOLE: ("in", *_RANGE),
    Kind.DECIMAL: _RANGE,
    Kind.FLOAT: _RANGE,
    Kind.DAY: _RANGE,
    Kind.DAY_TEXT: _RANGE,
    Kind.MOMENT: _RANGE,
    Kind.YES_NO: (),
    Kind.DATA: (),
}
_Number = Annotated[
    Decimal,
    Rule(ge=-(10**16), le=10**16, allow_inf_nan=False),
    WithJsonSchema({"type": "string", "pattern": DECIMAL, "examples": ["1250000"]}),
]
_SENT: dict[Kind, Any] = {
    Kind.TEXT: types.text(200),
    Kind.CHOICE: types.text(80),
    Kind.MONEY: _Number,
    Kind.WHOLE: types.whole(-types.LARGEST_ID, types.LARGEST_ID),
    Kind.DECIMAL: _Number,
    Kind.FLOAT: Annotated[float, Rule(ge=-1e15, le=1e15, allow_inf_nan=False)],
    Kind.DAY: types.Day,
    Kind.DAY_TEXT: Annotated[types.Day, AfterValidator(date.isoformat)],
    Kind.MOMENT: types.Moment,
    Kind.YES_NO: Literal["true", "false"],
}
_READERS = {kind: TypeAdapter(sent) for kind, sent in _SENT.items()}
_TOLD_AS: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.CHOICE: str,
    Kind.MONEY: Annotated[str, StringConstraints(pattern=SIGNED_MONEY)],
    Kind.WHOLE: int,
    Kind.DECIMAL: str,
    Kind.FLOAT: float,
    Kind.DAY: types.Day,
    Kind.DAY_TEXT: str,
    Kind.MOMENT: types.Moment,
    Kind.YES_NO: bool,
    Kind.DATA: dict[str, Any],
}


def _documented(field: Field) -> Any:
    if field.choices:
        return Literal[field.choices]
    return _TOLD_AS[field.kind]


def parameters(field: Field) -> dict[str, tuple[Any, Any]]:
    """The query parameters a field gives, with their types and descriptions."""
    if not field.filters or field.kind == Kind.DATA:
        return {}
    sent = Literal[field.choices] if field.choices else _SENT[field.kind]
    found = {field.name: (sent | None, Rule(None, description=f"{field.help} Equal to this.", **_example(field)))}
    for operator in field.operators:
        words, kind = _WORDS[operator]
        taken = _several(field) if operator == "in" else kind or sent
        found[f"{field.name}_{operator}"] = (taken | None, Rule(None, description=f"{field.help} {words}"))
    return found


def _several(field: Field) -> Any:
    """Values separated by commas, each as the field holds it."""
    one = "|".join(map(re.escape, field.choices)) if field.choices else _ONE[field.kind]
    return Annotated[str, StringConstraints(max_length=2000, pattern=f"^({one})(,({one}))*$")]


def _example(field: Field) -> dict[str, Any]:
    return {} if field.example is None else {"examples": [field.example]}


_ONE = {Kind.TEXT: r"[^,\x00]*", Kind.CHOICE: r"[^,\x00]*", Kind.WHOLE: r"-?[0-9]{1,15}"}
_WORDS: dict[str, tuple[str, Any]] = {
    "in": ("One of these, separated by commas.", None),
    "contains": ("Contains this text.", types.text(200)),
    "gte": ("This or more.", None),
    "lte": ("This or less.", None),
    "given": ("Whether there is a value.", Literal["true", "false"]),
}


def read(field: Field, text: Any, kind: Kind | None = None) -> Any:
    """A value sent as text for a field, checked."""
    if field.choices and kind is None and text not in field.choices:
        raise Invalid(f"{field.name}: There is no {text}.", **{field.name: f"There is no {text}."})
    try:
        return _READERS[kind or field.kind].validate_python(text)
    except ValidationError as error:
        sentence = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise Invalid(f"{field.name}: {sentence}", **{field.name: sentence}) from error


def condition(field: Field, operator: str, value: Any, request: Any) -> Q:
    """The filter a parameter stands for."""
    if operator == "" and field.matches:
        return field.matches(request, value)
    return _CONDITIONS[operator](field, value)


def _equal(field: Field, value: Any) -> Q:
    if field.kind == Kind.YES_NO:
        value = value == "true"
    nothing = Q(**{f"{field.source}__isnull": True}) if field.may_be_missing and value == "" else Q()
    return Q(**{field.source: value}) | nothing if nothing else Q(**{field.source: value})


def _among(field: Field, value: str) -> Q:
    parts = value.split(",")
    if len(parts) > MOST_VALUES:
        raise Invalid("Too many values.", **{f"{field.name}_in": f"At most {MOST_VALUES} values."})
    return Q(**{f"{field.source}__in": [read(field, part) for part in parts]})


def _given(field: Field, value: str) -> Q:
    missing = Q(**{f"{field.source}__isnull": True})
    return ~missing if value == "true" else missing


_CONDITIONS: dict[str, Callable[[Field, Any], Q]] = {
    "": _equal,
    "in": _among,
    "contains": lambda field, value: Q(**{f"{field.source}__icontains": value}),
    "gte": lambda field, value: Q(**{f"{field.source}__gte": value}),
    "lte": lambda field, value: Q(**{f"{field.source}__lte": value}),
    "given": _given,
}


def number(name: str, help: str, **more: Any) -> Field:
    """A whole-number field."""
    return Field(name, Kind.WHOLE, help, **more)


VERSION = Field("version", Kind.WHOLE, "The version of the row, for If-Match.", example=1, filters=False, sorts=False)


def renamed(field: Field, lookup: str) -> Field:
    """The same field kept somewhere else."""
    return replace(field, lookup=lookup)
