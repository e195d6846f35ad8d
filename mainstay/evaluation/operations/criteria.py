"""Criteria as somebody wants them: checked together, and written so that those of the same name stay the same row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.evaluation.models import Criterion, CriterionKind, ScoreModel, Way
from mainstay.evaluation.sources import known_sources

MOST_CRITERIA = 30
LEVELS = range(2, 12)
ALL = Decimal(100)


@dataclass(frozen=True)
class Level:
    """One answer to a judged criterion: the points it earns, and what it means in words."""

    points: Decimal
    words: str


@dataclass(frozen=True)
class Wanted:
    """A criterion as somebody wants it: what counts, what earns nothing, what earns all, and how much it weighs.

    A judged criterion has levels instead of a source; a gate has a threshold that a project must reach.
    """

    label: str
    source: str
    worst: Decimal
    best: Decimal
    weight: Decimal
    worst_words: str = ""
    best_words: str = ""
    kind: str = CriterionKind.VALUE
    way: str = Way.MEASURED
    question: str = ""
    levels: tuple[Level, ...] = ()
    is_gate: bool = False
    threshold: Decimal | None = None

    @property
    def is_judged(self) -> bool:
        """Whether people judge it by levels in words."""
        return self.way == Way.JUDGED


def judged(label: str, weight: Decimal, levels: Sequence[tuple[float, str]], **more: Any) -> Wanted:
    """A criterion that people judge; levels are points and words, the least first."""
    told = tuple(Level(Decimal(str(points)), words) for points, words in levels)
    return Wanted(label, "", Decimal(0), ALL, weight, way=Way.JUDGED, levels=told, **more)


def replace_criteria(model: ScoreModel, criteria: Sequence[Wanted]) -> bool:
    """Make the criteria as wanted, keeping those with the same label; whether anything changed."""
    refuse_nonsense(criteria)
    known = {criterion.label: criterion for criterion in model.criteria.all()}
    versions = {criterion.pk: criterion.version for criterion in known.values()}
    gone = known.keys() - {wanted.label.strip() for wanted in criteria}
    for label in gone:
        history.remove(known[label])
    changed = bool(gone)
    for position, wanted in enumerate(criteria):
        row = set_criterion(known.get(wanted.label.strip()) or Criterion(model=model), wanted, position)
        row = history.save(row) if row.pk else history.create(row)
        changed |= versions.get(row.pk) != row.version
    return changed


def set_criterion(row: Criterion, wanted: Wanted, position: int) -> Criterion:
    """The row as wanted, not yet written."""
    row.label, row.position = wanted.label.strip(), position
    row.kind, row.way, row.question = wanted.kind, wanted.way, wanted.question.strip()
    row.source = "" if wanted.is_judged else wanted.source
    row.levels = [{"points": float(level.points), "words": level.words.strip()} for level in wanted.levels]
    row.worst, row.best = (Decimal(0), ALL) if wanted.is_judged else (_four(wanted.worst), _four(wanted.best))
    row.weight = wanted.weight.quantize(Decimal("0.01"))
    row.worst_words, row.best_words = wanted.worst_words.strip(), wanted.best_words.strip()
    row.is_gate = wanted.is_gate
    row.threshold = _four(wanted.threshold) if wanted.is_gate and wanted.threshold is not None else None
    return row


def _four(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.0001"))


def refuse_nonsense(criteria: Sequence[Wanted]) -> None:
    """What only all criteria together can get wrong."""
    sources = known_sources()
    labels = [wanted.label.strip() for wanted in criteria]
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise ValidationError({"criteria": f"A score model has 1 to {MOST_CRITERIA} criteria."})
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise ValidationError({"criteria": f"The criterion {twice} stands there twice."})
    for wanted in criteria:
        if problem := _problem(wanted, sources):
            raise ValidationError({"criteria": f"{wanted.label} {problem}"})
    if (total := sum((wanted.weight for wanted in criteria), Decimal())) != ALL:
        raise ValidationError({"criteria": f"The weights add up to {total.normalize():f}%; make them 100%."})


def _problem(wanted: Wanted, sources: Any) -> str:
    """What is wrong with one criterion; nothing: an empty text."""
    if not wanted.is_judged:
        return "" if wanted.source in sources else "is judged by a field that does not exist."
    return level_problem([(level.points, level.words) for level in wanted.levels])


def level_problem(levels: Sequence[tuple[Decimal, str]]) -> str:
    """What is wrong with the levels of a judged criterion; nothing: an empty text."""
    points = [point for point, _ in levels]
    if len(levels) not in LEVELS:
        return f"needs {LEVELS.start} to {LEVELS.stop - 1} levels to choose from."
    if any(not 0 <= point <= ALL for point in points):
        return "has a level outside 0 to 100 points."
    if any(later <= earlier for earlier, later in pairwise(points)):
        return "has levels that do not rise; begin with the one that earns least."
    if any(not words.strip() for _, words in levels):
        return "has a level without words."
    return ""
