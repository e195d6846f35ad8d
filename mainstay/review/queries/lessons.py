"""Lessons a person may read: those of projects they see, and published ones of work that is open to requesters."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from mainstay.core.errors import Missing
from mainstay.identification.outcomes import open_to_requesters
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.models import Lesson, LessonState

WORDS = ("title", "context", "cause", "effect", "recommendation", "project__name")
MOST_WORDS = 8


@dataclass(frozen=True)
class Wanted:
    """Which lessons somebody looks for."""

    words: str = ""
    tag: str = ""
    portfolio: str = ""


def lessons_for(user: Any, as_of: Any = None) -> Any:
    """The lessons a person may read, as known at a moment."""
    rows = Lesson.objects.as_of(as_of)
    of_seen = rows.visible_to(user).order_by().values("version_id" if as_of else "pk")
    offered = Q(project__in=open_to_requesters(user).order_by().values("pk"), state=LessonState.PUBLISHED)
    return rows.filter(Q(pk__in=of_seen) | offered).select_related("project")


def lesson_for(user: Any, lesson_id: int, as_of: Any = None) -> Any:
    """One of them; 404 where there is none for the person."""
    row = lessons_for(user, as_of).identified_by([lesson_id]).select_related("project__stage").first()
    if row is None:
        raise Missing("There is nothing here, or it is not open to you.")
    return row


def found_lessons(reading: Reading, wanted: Wanted) -> Any:
    """The lessons that have every word and the tag, below a portfolio."""
    rows = lessons_for(reading.user, reading.as_of)
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(*[(f"{name}__icontains", word) for name in WORDS], _connector=Q.OR))
    if wanted.tag:
        rows = rows.filter(tags__icontains=f'"{wanted.tag.casefold()}"')
    if wanted.portfolio:
        place = next((row for row in reading.portfolios.values() if row.code == wanted.portfolio), None)
        rows = rows.filter(project__portfolio__in=reading.below(place.row_id)) if place else rows.none()
    return rows.order_by("-published_on", "-pk")


def tags_known(user: Any, as_of: Any = None) -> list[str]:
    """Every tag of the lessons a person may read."""
    return sorted({tag for tags in lessons_for(user, as_of).values_list("tags", flat=True) for tag in tags or ()})
