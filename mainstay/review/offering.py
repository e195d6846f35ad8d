"""Lessons offered to others: those of similar work that is over, and those similar by their own words."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from mainstay.engine.similarity import Corpus, Text
from mainstay.review.models import Lesson, LessonState
from mainstay.review.queries.lessons import lessons_for

AT_LEAST = 0.15
SEARCHED, SHOWN = 40, 4
LATE = 50
"""Versions that come late: a transaction may commit after another one with a higher number."""


def sentences_of(ids: Sequence[int]) -> dict[int, list[str]]:
    """The published lessons of projects, as whoever asks for something similar reads them."""
    rows = Lesson.objects.filter(project__in=ids, state=LessonState.PUBLISHED).order_by("pk")
    found: dict[int, list[str]] = {}
    for pk, title, told in rows.values_list("project_id", "title", "recommendation"):
        found.setdefault(pk, []).append(f"{title}. {told}")
    return found


@dataclass(frozen=True)
class _Kept:
    """The corpus and the last version of a lesson it has seen."""

    seen: int
    count: int
    corpus: Corpus


class _Shelf:
    """The published lessons of this process, read again once any of them changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: _Kept | None = None

    def current(self) -> Corpus:
        """The corpus as it is now."""
        with self.lock:
            newest = Lesson.Version.objects.aggregate(last=Max("version_id"))["last"] or 0
            count = Lesson.Version.objects.filter(version_id__gt=newest - LATE).count()
            if self.kept is None or (self.kept.seen, self.kept.count) != (newest, count):
                rows = Lesson.objects.filter(state=LessonState.PUBLISHED).order_by("pk")
                told = rows.values_list("pk", "title", "context", "cause", "effect", "recommendation")
                texts = [Text(str(pk), title, " ".join(rest)) for pk, title, *rest in told]
                self.kept = _Kept(newest, count, Corpus.of(texts))
            return self.kept.corpus


_shelf = _Shelf()


def lessons_like(title: str, body: str, user: Any) -> list[Lesson]:
    """Published lessons whose own words resemble a text, the closest first, as far as the reader may know them."""
    matches = _shelf.current().nearest(title, body, SEARCHED, at_least=AT_LEAST)
    ids = [int(match.key) for match in matches]
    rows = lessons_for(user).filter(pk__in=ids, state=LessonState.PUBLISHED) if ids else Lesson.objects.none()
    seen = {row.pk: row for row in rows}
    return [seen[pk] for pk in ids if pk in seen][:SHOWN]
