"""What became of projects that are over, and what was learned: open to whoever asks for something similar.

The rule: of a finished or dropped project that is not confidential, title, stage, reason and lessons are open to
those who may make requests where it lies. Figures never are, nor is anything else of the project.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Project

OVER = (Phase.FINISHED, Phase.DROPPED)
Source = Callable[[Sequence[int]], dict[int, list[str]]]
_sources: list[Source] = []


@dataclass(frozen=True)
class Outcome:
    """How a project ended: when it entered its last stage, why, and what was learned."""

    at: datetime | None
    reason: str
    lessons: tuple[str, ...]


def add_source(source: Source) -> Source:
    """Let an upper room tell lessons: for the numbers of projects, the sentences that were learned from each."""
    if source not in _sources:
        _sources.append(source)
    return source


def open_to_requesters(user: Any) -> Any:
    """The projects of which somebody who may ask there may know how they ended."""
    return Project.objects.visible_to(user, Verb.REQUEST_DRAFT).filter(seal="").in_phase(*OVER)


def outcomes_of(projects: Iterable[Project]) -> dict[int, Outcome]:
    """How each of these projects came into the stage it is in now, and what was learned."""
    stages = {project.pk: project.stage_id for project in projects}
    entered: dict[int, tuple[datetime | None, str]] = {}
    before: dict[int, int] = {}
    kept = Project.Version.objects.filter(row_id__in=stages).order_by("version_id")
    for row, stage, at, reason in kept.values_list("row_id", "stage_id", "known_from", "event__reason"):
        if stage == stages[row] and before.get(row) != stage:
            entered[row] = at, reason or ""
        before[row] = stage
    lessons = _lessons(list(stages))
    return {pk: Outcome(*entered.get(pk, (None, "")), tuple(lessons.get(pk, ()))) for pk in stages}


def _lessons(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for source in _sources:
        for pk, sentences in source(ids).items():
            found.setdefault(pk, []).extend(sentences)
    return found
