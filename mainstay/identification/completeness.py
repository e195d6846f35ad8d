"""How complete a request is for the next step, with everything that is missing or wrong by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mainstay.identification.binding import case_gaps_of
from mainstay.identification.forms import Answers, Definition, Known, read_definition
from mainstay.identification.forms.definition import Kind, Stage
from mainstay.identification.models import FormEdition, Request

OWN = (("title", "Title"), ("description", "What is needed and why"))


@dataclass(frozen=True)
class Gap:
    """Something that is not there, or not right."""

    key: str
    label: str
    problem: str = ""

    @property
    def words(self) -> str:
        """The gap as a list of missing things names it."""
        return (
            f"{self.label} ({self.problem[:1].lower()}{self.problem[1:].rstrip('.')})" if self.problem else self.label
        )


@dataclass(frozen=True)
class Completeness:
    """Done and wanted, with the gaps in the order of the form; parts of the business case come last."""

    total: int
    gaps: tuple[Gap, ...]

    @property
    def done(self) -> int:
        """How many of the wanted things are there and right."""
        return self.total - len(self.gaps)

    @property
    def is_complete(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.gaps

    @property
    def count(self) -> str:
        """`12/14`."""
        return f"{self.done}/{self.total}"

    @property
    def names(self) -> str:
        """The gaps, named."""
        return ", ".join(gap.words for gap in self.gaps)

    @property
    def share(self) -> float:
        """How much is there, from 0 to 1."""
        return self.done / self.total if self.total else 1.0

    def errors(self) -> dict[str, list[str]]:
        """The gaps as an operation refuses them: beside the field, with a sentence."""
        told: dict[str, list[str]] = {}
        for gap in self.gaps:
            missing = "This is needed." if gap.key else f"The business case lacks: {gap.label}."
            told.setdefault(gap.key or "__all__", []).append(gap.problem or missing)
        return told


_definitions: dict[tuple[int, int], Definition] = {}


def definition_of(edition: FormEdition) -> Definition:
    """The questions of an edition; editions never change, so each is read once."""
    key = (edition.pk, hash(repr(edition.definition)))
    if key not in _definitions:
        _definitions[key] = read_definition(edition.definition)
    return _definitions[key]


def completeness_of(
    request: Request, stage: Stage, *, known: Known | None = None, case_gaps: tuple[int, list[str]] | None = None
) -> Completeness:
    """What a request still needs to be submitted, or to be accepted."""
    definition = definition_of(request.edition)
    answers = Answers(definition, request.answers, request.portfolio, known or Known())
    own = [(key, label, getattr(request, key).strip(), "") for key, label in OWN]
    asked = [
        (one.key, one.label, answers.values.get(one.key), answers.errors.get(one.key, ""))
        for one in answers.shown
        if stage.needs(one.required_at) or one.key in answers.errors
    ]
    wanted: list[tuple[str, str, Any, str]] = [*own, *asked]
    gaps = [Gap(key, label, problem) for key, label, value, problem in wanted if problem or value in ("", None, [])]
    total = len(wanted)
    if stage.needs(definition.case_required_at):
        parts, missing = case_gaps or case_gaps_of([request])[request.pk]
        total += parts
        gaps += [Gap("", name) for name in missing]
    return Completeness(total, tuple(gaps))


def completeness_of_many(requests: Sequence[Request], stage: Stage) -> dict[int, Completeness]:
    """The same for many requests, with the same number of questions to the database however many they are."""
    known = Known()
    known.look_up(_named_people(requests))
    gaps = case_gaps_of(requests)
    return {one.pk: completeness_of(one, stage, known=known, case_gaps=gaps[one.pk]) for one in requests}


def _named_people(requests: Sequence[Request]) -> Iterator[str]:
    for request in requests:
        for question in definition_of(request.edition).questions():
            if question.kind is Kind.PERSON:
                yield str(request.answers.get(question.key) or "")
