"""Surveys of customers as lists: one row for each question and time, one column for each answer of the scale."""

from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core.exchange import Column, Entry, Kind
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sheets.keyed import KEY
from mainstay.portfolio.sheets.of_project import PROJECT, OfProjectImporter, OfProjectSheet
from mainstay.value.models import Survey
from mainstay.value.models.survey import Question, When

GIVEN = "answer_"
SURVEYS = (
    KEY,
    PROJECT,
    Column("question", "Question", Kind.CHOICE, required=True, choices=tuple(Question.choices)),
    Column("when", "Asked", Kind.CHOICE, required=True, choices=tuple(When.choices), also_called=("Wave",)),
    Column("starts_on", "Asked from", Kind.DATE, required=True, also_called=("From", "Start")),
    Column("ends_on", "Asked until", Kind.DATE, required=True, also_called=("Until", "End")),
    *(
        Column(
            f"{GIVEN}{answer}",
            f"Answered {answer}",
            Kind.NUMBER,
            decimals=0,
            also_called=(str(answer),),
            write=lambda row, answer=str(answer): row.counts.get(answer),
        )
        for answer in range(11)
    ),
    Column("source", "Who was asked, and how", longest=300, also_called=("Source",)),
)


class SurveyImporter(OfProjectImporter):
    """Turns entries into surveys."""

    model, verb, named = Survey, Verb.SURVEY_CORRECT, "question"
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "source"})

    def told(self, entry: Entry) -> Any:
        project, _ = super().told(entry)
        return project, *(entry.values.get(name) for name in ("question", "when", "starts_on"))

    def told_of(self, row: Survey) -> Any:
        return row.project_id, row.question, row.when, row.starts_on

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        if entry.values.get("external_key"):
            return [("external_key", entry.values["external_key"])]
        told = tuple(entry.values.get(name) for name in ("project", "question", "when", "starts_on"))
        return [(self.named, told)] if all(told) else []

    def put(self, row: Survey, entry: Entry, name: str, value: Any) -> None:
        if not name.startswith(GIVEN):
            super().put(row, entry, name, value)
            return
        answer = name.removeprefix(GIVEN)
        counts = {key: count for key, count in row.counts.items() if key != answer}
        row.counts = counts | ({answer: int(value)} if value else {})
        self.after(row, entry, name)

    def refuse(self, row: Survey) -> None:
        """Nobody answers for a survey; what the model says holds."""


class SurveySheet(OfProjectSheet):
    """What customers answered before and after work."""

    name, label, keys = "surveys", "Surveys of customers", ("external_key", "question")
    told, verb, model = SURVEYS, Verb.SURVEY_CORRECT, Survey
    reader: ClassVar[Any] = SurveyImporter

    def writers(self) -> dict[str, Any]:
        """Project by code, each answer by how often it was given."""
        answers = {column.name: column.write for column in SURVEYS if column.name.startswith(GIVEN)}
        return {"project": lambda row: row.project.code} | answers

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every survey the person may see."""
        return Survey.objects.as_of(as_of).visible_to(user).select_related("project")

    def list_url(self, target: Portfolio) -> str:
        """The page of the portfolio."""
        return reverse("portfolio", args=[target.code])
