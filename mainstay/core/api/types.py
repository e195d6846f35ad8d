"""What may be sent: every text and number has a bound, so that no input reaches the database unmeasured."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints, WithJsonSchema

NO_NUL = r"^[^\x00]*$"
KEY = r"^[a-z][a-z0-9_]*$"
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
MONEY = r"^[0-9]{1,13}(\.[0-9]{1,2})?$"
NUMBER = r"^-?[0-9]{1,13}(\.[0-9]{1,10})?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_MONEY = 10**13 - 1
LARGEST_ID = 2**53 - 1


class Sent(BaseModel):
    """A body somebody sends: what it does not name is refused."""

    model_config = ConfigDict(extra="forbid")

    def sent_only(self) -> dict[str, Any]:
        """Only what was sent, so that an edit changes nothing else."""
        return self.model_dump(exclude_unset=True)


def _without_defaults(schema: dict[str, Any]) -> None:
    for part in schema["properties"].values():
        part.pop("default", None)


class Changes(Sent):
    """A body of changes: what is left away stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


class Told(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid")


def _day(value: Any) -> Any:
    if value is None or type(value) is date:
        return value
    if not isinstance(value, str) or not re.fullmatch(DAY, value):
        raise ValueError("Write the date as 2026-03-31.")
    day = date.fromisoformat(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"The year lies between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def _moment(value: Any) -> Any:
    if value is None or isinstance(value, datetime):
        return value
    moment = parse_datetime(value.replace(" ", "+")) if isinstance(value, str) else None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("Write the moment as 2026-03-31T12:00:00Z.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _money(value: Any) -> Any:
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_MONEY:
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(MONEY, value):
        return Decimal(value)
    raise ValueError('Write money as text with at most two decimals, for example "1234.50".')


def _number(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_MONEY:
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(NUMBER, value):
        return Decimal(value)
    raise ValueError('Write the number as text with at most ten decimals, for example "12.5".')


def _whole(value: Any) -> Any:
    """A whole number from a body must be a number; from an address it comes as text."""
    if isinstance(value, (bool, float)):
        raise ValueError("This takes a whole number.")
    return value


def code_like(example: str) -> Any:
    """A code of letters, digits, dots, dashes and underscores."""
    return Annotated[str, StringConstraints(max_length=40, pattern=CODE), Field(examples=[example])]


def key_like(example: str) -> Any:
    """A key of small letters, digits and underscores."""
    return Annotated[str, StringConstraints(max_length=40, pattern=KEY), Field(examples=[example])]


def text(most: int, *, least: int = 0, example: str | None = None) -> Any:
    """Text of bounded length without NUL characters."""
    examples = None if example is None else [example]
    rules = StringConstraints(min_length=least, max_length=most, pattern=NO_NUL, strip_whitespace=least > 0)
    return Annotated[str, rules, Field(examples=examples)]


def whole(low: int, high: int) -> Any:
    """A whole number between two bounds, both included."""
    return Annotated[int, BeforeValidator(_whole), Field(ge=low, le=high)]


Name = text(200, least=1)
LargeName = text(254)
LongText = text(20_000)
Password = Annotated[
    str,
    StringConstraints(max_length=128, pattern=NO_NUL),
    WithJsonSchema({"type": "string", "format": "password", "maxLength": 128}),
]
Path = Annotated[str, StringConstraints(max_length=250, pattern=r"^/([a-z0-9]{1,12}/)*$"), Field(examples=["/"])]
Reason = text(2_000, example="Agreed at the March board")
Code = code_like("PUMPS")
PortfolioCode = code_like("NET")
ProgrammeCode = code_like("SMART")
Key = key_like("region")
StageKey = key_like("candidate")
Username = Annotated[
    str, StringConstraints(min_length=1, max_length=80, pattern=r"^[\w.@+-]+$"), Field(examples=["grace"])
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["GBP"])]
Id = whole(1, LARGEST_ID)
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-31"]}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-31T12:00:00Z"]}),
]
Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": MONEY},
                {"type": "integer", "minimum": 0, "maximum": LARGEST_MONEY},
            ],
            "examples": ["1250000.00"],
        }
    ),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": NUMBER},
                {"type": "integer", "minimum": -LARGEST_MONEY, "maximum": LARGEST_MONEY},
            ],
            "examples": ["12.5"],
        }
    ),
]
YesNo = StrictBool
