"""What a list of projects is narrowed to, read from an address: `?portfolio=OPS&stage=active&cost_min=1000000`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from mainstay.core.errors import Unreadable
from mainstay.core.models import Person
from mainstay.portfolio.models import Confidence, Health, Phase
from mainstay.portfolio.queries import custom_filters
from mainstay.portfolio.queries.column import Column
from mainstay.portfolio.queries.columns import CUSTOM, columns, with_columns
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.words import NONE, a_date, a_number, texts_of, words_of

Texts = tuple[str, ...]
Reader = Callable[[Reading, Texts], Q]
MOST_WORDS = 10


def _text(reading: Reading, texts: Texts) -> Q:
    """Every word occurs in code, name or description."""
    found = Q()
    for word in " ".join(texts).split()[:MOST_WORDS]:
        found &= Q(code__icontains=word) | Q(name__icontains=word) | Q(description__icontains=word)
    return found


def _portfolio(reading: Reading, texts: Texts) -> Q:
    """Everything in these portfolios and below them."""
    ids = _ids(reading.portfolios.values(), "portfolio", words_of(texts))
    return Q(portfolio_id__in=set().union(*(reading.below(pk) for pk in ids)))


def _programme(reading: Reading, texts: Texts) -> Q:
    words = words_of(texts)
    ids = _ids(reading.programmes.values(), "programme", [word for word in words if word != NONE])
    return Q(programme_id__in=ids) | (Q(programme_id=None) if NONE in words else Q(programme_id__in=[]))


def _ids(rows: Iterable[Any], noun: str, codes: Collection[str]) -> list[int]:
    known = {row.code: row.row_id for row in rows}
    return [_known(code, known, noun) for code in codes]


def _known(word: str, known: Mapping[str, int], noun: str) -> int:
    if word not in known:
        raise Unreadable(f"There is no {noun} {word[:60]!r}.")
    return known[word]


def _stage(reading: Reading, texts: Texts) -> Q:
    known = {stage.key: pk for pk, stage in reading.stages.items()}
    return Q(stage_id__in=[_known(word, known, "stage") for word in words_of(texts)])


def _phase(reading: Reading, texts: Texts) -> Q:
    phases = _choices(words_of(texts), Phase, "phase")
    return Q(stage_id__in=[pk for pk, stage in reading.stages.items() if stage.phase in phases])


def _one_of(name: str, choices: Any) -> Reader:
    def read(reading: Reading, texts: Texts) -> Q:
        return Q(**{f"{name}__in": _choices(words_of(texts), choices, name)})

    return read


def _choices(words: Collection[str], choices: Any, noun: str) -> list[str]:
    values = ["" if word == NONE else word for word in words]
    for word, value in zip(words, values, strict=True):
        if value not in choices.values:
            raise Unreadable(f"There is no {noun} {word[:60]!r}.")
    return values


def _exactly(name: str) -> Reader:
    """One of these texts, as they are; commas belong to them."""

    def read(reading: Reading, texts: Texts) -> Q:
        return Q(**{f"{name}__in": ["" if text == NONE else text for text in texts]})

    return read


def _person(name: str) -> Reader:
    """Sign-in names, `me`, or `none`."""

    def read(reading: Reading, texts: Texts) -> Q:
        words = words_of(texts)
        named = {reading.user.username if word == "me" else word for word in words if word != NONE}
        ids = dict(Person.objects.visible_to(reading.user).filter(username__in=named).values_list("username", "pk"))
        people = [_known(username, ids, "person") for username in sorted(named)]
        nobody = Q(**{f"{name}_id": None}) if NONE in words else Q(**{f"{name}_id__in": []})
        return Q(**{f"{name}_id__in": people}) | nobody

    return read


def _codes(reading: Reading, texts: Texts) -> Q:
    return Q(code__in=words_of(texts))


def _given(name: str) -> Reader:
    """Whether there is a value: `given` or `none`."""

    def read(reading: Reading, texts: Texts) -> Q:
        word = texts[-1]
        if word not in {"given", NONE}:
            raise Unreadable(f"Ask for {name.split('_')[0]} given or none.")
        return Q(**{f"{name}__isnull": word == NONE})

    return read


def _bound(path: str, lookup: str, read_word: Callable[[str], Any]) -> Reader:
    def read(reading: Reading, texts: Texts) -> Q:
        return Q(**{f"{path}__{lookup}": read_word(texts[-1])})

    return read


def _bounds() -> dict[str, tuple[str, Reader]]:
    numbers = {"cost": "cost_seen", "benefit": "benefit_seen", "risk": "risk"}
    found = {}
    for name, path in numbers.items():
        label = name.capitalize()
        found[f"{name}_min"] = (f"{label} from", _bound(path, "gte", a_number))
        found[f"{name}_max"] = (f"{label} up to", _bound(path, "lte", a_number))
        found[name] = (label, _given(path))
    for name in ("start", "end"):
        found[f"{name}_from"] = (f"{name.capitalize()} from", _bound(f"{name}_date", "gte", a_date))
        found[f"{name}_to"] = (f"{name.capitalize()} up to", _bound(f"{name}_date", "lte", a_date))
        found[name] = (name.capitalize(), _given(f"{name}_date"))
    return found


PARAMETERS: dict[str, tuple[str, Reader]] = {
    "q": ("Text", _text),
    "portfolio": ("Portfolio", _portfolio),
    "programme": ("Programme", _programme),
    "stage": ("Stage", _stage),
    "phase": ("Phase", _phase),
    "health": ("Health", _one_of("health", Health)),
    "confidence": ("Delivery confidence", _one_of("confidence", Confidence)),
    "theme": ("Theme", _exactly("theme")),
    "owner": ("Owner", _person("owner")),
    "manager": ("Project manager", _person("manager")),
    "currency": ("Currency", _exactly("currency")),
    "code": ("Code", _codes),
    **_bounds(),
}


CHOICES = {"phase": Phase, "health": Health, "confidence": Confidence}


@dataclass(frozen=True)
class ProjectFilter:
    """A reading narrowed by parameters; each is a label, what was asked, and the condition it means."""

    reading: Reading
    texts: Mapping[str, Texts] = field(default_factory=dict)
    conditions: Mapping[str, Q] = field(default_factory=dict)
    annotated: tuple[Column, ...] = ()

    @classmethod
    def read(cls, query: Any, reading: Reading, besides: Collection[str] = ()) -> "ProjectFilter":
        """From an address; names that are neither parameters nor in `besides` are refused."""
        texts = {name: texts_of(query, name) for name in query if name not in besides}
        texts = {name: found for name, found in texts.items() if found}
        conditions: dict[str, Q] = {}
        annotated: list[Column] = []
        for name, found in texts.items():
            if name.startswith(CUSTOM):
                column, conditions[name] = custom_filters.read(name, found, reading)
                annotated.append(column)
            elif name in PARAMETERS:
                conditions[name] = PARAMETERS[name][1](reading, found)
            else:
                raise Unreadable(f"A list of projects cannot be narrowed by {name[:60]!r}.")
        return cls(reading, texts, conditions, tuple(annotated))

    def apply(self, queryset: Any = None) -> Any:
        """The projects (of this reading, unless others are given) that meet every condition."""
        queryset = self.reading.projects() if queryset is None else queryset
        queryset = with_columns(queryset, self.annotated, self.reading)
        queryset = with_columns(queryset, self.annotated, self.reading, to_sort=True)
        for condition in self.conditions.values():
            queryset = queryset.filter(condition)
        return queryset

    def without(self, *names: str) -> "ProjectFilter":
        """The same with these parameters let go."""
        texts = {name: found for name, found in self.texts.items() if name not in names}
        conditions = {name: found for name, found in self.conditions.items() if name not in names}
        return ProjectFilter(self.reading, texts, conditions, self.annotated)

    def said(self) -> list[tuple[str, str, str]]:
        """Name, label and words of each parameter, for people."""
        known = columns(self.reading) if any(name.startswith(CUSTOM) for name in self.texts) else {}
        return [(name, self._label(name, known), ", ".join(self._words(name))) for name in self.texts]

    def _label(self, name: str, known: Mapping[str, Column]) -> str:
        if name in PARAMETERS:
            return PARAMETERS[name][0]
        stem, _, ending = name.rpartition("_")
        return known[name].label if name in known else f"{known[stem].label} {custom_filters.WORDS['_' + ending]}"

    def _words(self, name: str) -> list[str]:
        names: dict[str, str] = {}
        if name in {"portfolio", "programme"}:
            rows = self.reading.portfolios if name == "portfolio" else self.reading.programmes
            names = {row.code: row.name for row in rows.values()}
        elif name == "stage":
            names = {stage.key: stage.name for stage in self.reading.stages.values()}
        elif name in CHOICES:
            names = {value or NONE: label for value, label in CHOICES[name].choices}
        return [names.get(word, word) for word in (words_of(self.texts[name]) if names else self.texts[name])]

    @property
    def query(self) -> str:
        """The parameters as an address writes them."""
        return urlencode([(name, text) for name, found in self.texts.items() for text in found])

    def first(self, name: str) -> str:
        """The first text of a parameter, or nothing."""
        return self.texts.get(name, ("",))[0]
