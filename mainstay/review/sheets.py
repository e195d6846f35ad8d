"""Lessons as a list: taken over from another system or a workbook, found again by their key there."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.urls import reverse

from mainstay.core.exchange import BadCell, Column, Kind
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sheets.keyed import KEY
from mainstay.portfolio.sheets.of_project import PROJECT, OfProjectImporter, OfProjectSheet
from mainstay.review.models import Lesson, LessonState
from mainstay.review.operations.lessons import sound_tags


def _long(name: str, label: str, *more: str, required: bool = False) -> Column:
    return Column(name, label, Kind.LONG_TEXT, required=required, longest=2_000, also_called=more)


LESSONS = (
    KEY,
    PROJECT,
    Column("title", "Lesson", required=True, longest=160, also_called=("Title", "Name")),
    _long("context", "Context", "Situation"),
    _long("cause", "Cause", "Reason"),
    _long("effect", "Effect", "Impact"),
    _long("recommendation", "Recommendation", "Advice", required=True),
    Column("tags", "Tags", longest=500, also_called=("Keywords",)),
)


class LessonImporter(OfProjectImporter):
    """Turns entries into lessons; what is new or changed is a draft."""

    model, verb, named = Lesson, Verb.LESSON_EDIT, "title"
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "context", "cause", "effect", "recommendation"})

    def put_tags(self, row: Lesson, value: str | None) -> None:
        """Words apart by commas."""
        try:
            row.tags = sound_tags((value or "").split(","))
        except ValidationError as error:
            raise BadCell(error.messages[0], "Use fewer or shorter tags.") from error

    def refuse(self, row: Lesson) -> None:
        """Words nobody approved are not offered to others."""
        stored = self.stored.get(row.pk)
        told = ("title", "context", "cause", "effect", "recommendation", "tags")
        if stored is None or any(getattr(stored, name) != getattr(row, name) for name in told):
            row.state, row.published_on = LessonState.DRAFT, None


class LessonSheet(OfProjectSheet):
    """What finished work taught."""

    name, label, keys = "lessons", "Lessons", ("external_key", "title")
    told, verb, model = LESSONS, Verb.LESSON_EDIT, Lesson
    reader: ClassVar[Any] = LessonImporter

    def writers(self) -> dict[str, Any]:
        """Project by code, tags apart by commas."""
        return {"project": lambda row: row.project.code, "tags": lambda row: ", ".join(row.tags or ())}

    def rows(self, user: Any, as_of: Any) -> Any:
        """Every lesson of projects the person may see."""
        return Lesson.objects.as_of(as_of).visible_to(user).select_related("project")

    def list_url(self, target: Portfolio) -> str:
        """The register of the portfolio."""
        return f"{reverse('lessons')}?portfolio={target.code}"
