"""Answers: kept as typed while a request is a draft, checked against the form when it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.models import Person
from mainstay.identification.forms.definition import Definition, Kind, Question
from mainstay.identification.forms.known import Known
from mainstay.portfolio.custom import LARGEST, SMALLEST, clean_value
from mainstay.portfolio.models import CustomField

LONGEST = 20_000
LONGEST_LINE = 1_000
MOST_CHOSEN = 50
LONGEST_ALTOGETHER = 200_000
YEARS = range(1900, 2200)
TRUE, FALSE = {"yes", "true", "1", "on"}, {"no", "false", "0"}


def kept_answers(definition: Definition, sent: Any) -> dict[str, Any]:
    """What was typed, as a draft keeps it: text or a list of texts under known keys, whether right or wrong."""
    if not isinstance(sent, Mapping):
        raise ValidationError({"answers": "Answers are an object: the key of each question with what was typed."})
    known = {question.key: question for question in definition.questions()}
    if unknown := [str(key)[:40] for key in sent if key not in known]:
        raise ValidationError({"answers": f"The form has no question {', '.join(sorted(unknown)[:5])}."})
    kept, errors = {}, {}
    for key, value in sent.items():
        try:
            kept[key] = _kept(known[key], value)
        except ValueError as error:
            errors[key] = str(error)
    if errors:
        raise ValidationError(errors)
    if sum(_size(value) for value in kept.values()) > LONGEST_ALTOGETHER:
        raise ValidationError({"answers": f"All answers together have at most {LONGEST_ALTOGETHER:,} characters."})
    return {key: value for key, value in kept.items() if value not in ("", [], None)}


def _size(value: Any) -> int:
    return sum(map(len, value)) if isinstance(value, list) else len(value)


def _kept(question: Question, value: Any) -> str | list[str]:
    if question.takes_several:
        several = [] if value in (None, "") else value if isinstance(value, list) else [value]
        if len(several) > MOST_CHOSEN:
            raise ValueError(f"Choose at most {MOST_CHOSEN}.")
        return [_line(one, LONGEST_LINE) for one in several]
    return _line(value, LONGEST)


def _line(value: Any, longest: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        value = str(value)
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("This takes text, a number, or yes or no.")
    if len(value) > longest:
        raise ValueError(f"At most {longest:,} characters; this has {len(value):,}.")
    return value


@dataclass
class Answers:
    """Typed answers read against a form: what they mean, what is wrong, and which questions apply."""

    definition: Definition
    typed: Mapping[str, Any]
    portfolio: Any = None
    known: Known = field(default_factory=Known)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    shown: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shown = [question for _, question in self.definition.shown(self.typed)]
        for question in self.shown:
            typed = self.typed.get(question.key)
            if typed in (None, "", []):
                continue
            try:
                self.values[question.key] = self._clean(question, typed)
            except ValueError as error:
                self.errors[question.key] = str(error)

    def _clean(self, question: Question, typed: Any) -> Any:
        match question.kind:
            case Kind.CUSTOM:
                return clean_value(self._custom_field(question), typed)
            case Kind.PERSON:
                return self._person(typed)
            case Kind.GOAL | Kind.BUCKET:
                return self._reference(question, typed)
            case kind:
                return _CLEANERS[kind](question, typed)

    def _custom_field(self, question: Question) -> CustomField:
        found = self.known.custom.get(question.maps_to.removeprefix("custom."))
        if found is None:
            raise ValueError("The custom field this asked for is not in use any more.")
        return found

    def _person(self, typed: Any) -> str:
        """A colleague by sign-in name or e-mail; requesters need not be able to list everybody."""
        if not (username := self.known.person(str(typed))):
            raise ValueError("Nobody who may sign in has this sign-in name or e-mail.")
        return username

    def _reference(self, question: Question, typed: Any) -> str:
        if typed not in self.known.names(question.kind, self.portfolio):
            raise ValueError(f"There is no such {question.kind.value}; choose one of the list.")
        return str(typed)

    def project_fields(self) -> dict[str, Any]:
        """What the answers say about the project itself, as operations on projects take it."""
        fields: dict[str, Any] = {}
        custom: dict[str, Any] = {}
        for question in self.shown:
            if not question.maps_to or question.key not in self.values:
                continue
            value = self.values[question.key]
            if question.maps_to.startswith("custom."):
                custom[question.maps_to.removeprefix("custom.")] = value
            else:
                fields[question.maps_to] = _for_project(question, value)
        return fields | ({"custom": custom} if custom else {})


def _for_project(question: Question, value: Any) -> Any:
    if question.kind is Kind.PERSON:
        return Person.objects.get(username=value)
    if question.kind is Kind.DATE:
        return date.fromisoformat(value)
    return str(value)[:100]


def _text(question: Question, typed: Any) -> str:
    longest = LONGEST if question.kind is Kind.LONG_TEXT else LONGEST_LINE
    if len(typed) > longest:
        raise ValueError(f"At most {longest:,} characters; this has {len(typed):,}.")
    return str(typed).strip()


def _number(question: Question, typed: Any) -> str:
    try:
        number = Decimal(str(typed).replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise ValueError("This takes a number, for example 1,250.50.") from None
    if not number.is_finite() or abs(number) >= LARGEST or (number and number.adjusted() < SMALLEST):
        raise ValueError("This number is out of range.")
    if question.kind is Kind.MONEY and number < 0:
        raise ValueError("An amount is not negative.")
    return format(number.normalize(), "f")


def _day(question: Question, typed: Any) -> str:
    try:
        day = date.fromisoformat(str(typed).strip())
    except ValueError:
        raise ValueError("Write the date as 2026-03-31.") from None
    if day.year not in YEARS:
        raise ValueError("The year lies between 1900 and 2199.")
    return day.isoformat()


def _choice(question: Question, typed: Any) -> str:
    if typed not in question.options:
        raise ValueError(f"Choose one of {', '.join(question.options)}.")
    return str(typed)


def _choices(question: Question, typed: Any) -> list[str]:
    several = typed if isinstance(typed, list) else [typed]
    return [_choice(question, one) for one in dict.fromkeys(several)]


def _yes_no(question: Question, typed: Any) -> bool:
    word = str(typed).strip().casefold()
    if word not in TRUE | FALSE:
        raise ValueError("Answer yes or no.")
    return word in TRUE


_CLEANERS: dict[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
}
