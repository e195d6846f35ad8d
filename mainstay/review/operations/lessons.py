"""Writing down lessons, and offering them to others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.tree import change
from mainstay.review.models import Lesson, LessonState

LESSON_FIELDS = frozenset({"title", "context", "cause", "effect", "recommendation", "tags", "external_key"})
MOST_TAGS, LONGEST_TAG = 12, 40


@operation(Verb.LESSON_ADD)
def add_lesson(project: Project, *, actor: Actor, reason: str = "", **fields: Any) -> Lesson:
    """Write down what a project taught; it is a draft until it is published."""
    lesson = Lesson(project=project)
    change(lesson, LESSON_FIELDS, fields)
    return history.create(_sound(lesson))


@operation(Verb.LESSON_EDIT)
def edit_lesson(
    lesson: Lesson, *, actor: Actor, expected_version: int | None = None, reason: str = "", **fields: Any
) -> Lesson:
    """Change a lesson; one that is published is a draft again until somebody publishes the new words."""
    change(lesson, LESSON_FIELDS, fields)
    lesson.state, lesson.published_on = LessonState.DRAFT, None
    return history.save(_sound(lesson))


@operation(Verb.LESSON_REMOVE)
def remove_lesson(lesson: Lesson, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Take a lesson away; its history stays."""
    history.remove(lesson)


@operation(Verb.LESSON_PUBLISH)
def publish_lesson(lesson: Lesson, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> Lesson:
    """Offer a lesson to others: those who ask for something similar read it."""
    if lesson.state == LessonState.PUBLISHED:
        raise Impossible("The lesson is published already.")
    lesson.state, lesson.published_on = LessonState.PUBLISHED, timezone.localdate(surrounding().now())
    return history.save(lesson)


def _sound(lesson: Lesson) -> Lesson:
    lesson.title, lesson.recommendation = lesson.title.strip(), lesson.recommendation.strip()
    lesson.tags = sound_tags(lesson.tags)
    return lesson


def sound_tags(given: Any) -> list[str]:
    """Tags in small letters, each once; too many or too long ones are refused."""
    told = sorted({str(tag).strip().casefold() for tag in given or () if str(tag).strip()})
    if len(told) > MOST_TAGS or any(len(tag) > LONGEST_TAG or "," in tag for tag in told):
        raise ValidationError({"tags": f"Up to {MOST_TAGS} tags of {LONGEST_TAG} letters."})
    return told
