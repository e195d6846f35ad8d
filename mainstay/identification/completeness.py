"""How complete a request is for the next step, with everything that is missing or wrong by name."""

from dataclasses import dataclass
from typing import Any

from mainstay.identification.binding import case_gaps
from mainstay.identification.forms import Answers, Definition, read_definition
from mainstay.identification.forms.definition import Stage
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


def completeness_of(request: Request, stage: Stage, *, with_case: bool = True) -> Completeness:
    """What a request still needs to be submitted, or to be accepted."""
    definition = definition_of(request.edition)
    answers = Answers(definition, request.answers, request.portfolio)
    own = [(key, label, getattr(request, key).strip(), "") for key, label in OWN]
    asked = [
        (one.key, one.label, answers.values.get(one.key), answers.errors.get(one.key, ""))
        for one in answers.shown
        if stage.needs(one.required_at) or one.key in answers.errors
    ]
    wanted: list[tuple[str, str, Any, str]] = [*own, *asked]
    gaps = [Gap(key, label, problem) for key, label, value, problem in wanted if problem or value in ("", None, [])]
    total = len(wanted)
    if with_case and stage.needs(definition.case_required_at):
        parts, missing = case_gaps(request)
        total += parts
        gaps += [Gap("", name) for name in missing]
    return Completeness(total, tuple(gaps))
