"""The questions of a request form, as frozen data: sections with fields, conditions, and when each is required."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mainstay.core.errors import Missing


class Kind(StrEnum):
    """What a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSON = "person"
    GOAL = "goal"
    BUCKET = "bucket"
    CUSTOM = "custom"

    @property
    def label(self) -> str:
        """The kind in words."""
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.TEXT: "Short text",
    Kind.LONG_TEXT: "Long text",
    Kind.NUMBER: "Number",
    Kind.MONEY: "Money",
    Kind.DATE: "Date",
    Kind.CHOICE: "One of several",
    Kind.CHOICES: "Several of a list",
    Kind.YES_NO: "Yes or no",
    Kind.PERSON: "Person",
    Kind.GOAL: "Goal of the strategy",
    Kind.BUCKET: "Bucket",
    Kind.CUSTOM: "Custom field of projects",
}


class Stage(StrEnum):
    """When an answer has to be there."""

    NEVER = ""
    SUBMIT = "submit"
    ACCEPT = "accept"

    @property
    def label(self) -> str:
        """The stage in words."""
        return {"": "Never", "submit": "To submit", "accept": "To be accepted"}[self.value]

    def needs(self, required_at: "Stage") -> bool:
        """Whether something required at that stage has to be there at this one."""
        return required_at is not Stage.NEVER and (self is Stage.ACCEPT or required_at is Stage.SUBMIT)


@dataclass(frozen=True)
class Condition:
    """Shown only when another question has this answer; without a value: when it has any."""

    field: str
    test: str = "given"
    value: str = ""

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether it holds for what is typed so far."""
        typed = answers.get(self.field)
        if self.test == "equals":
            return str(typed or "").strip().casefold() == self.value.casefold()
        if self.test == "contains":
            among = typed if isinstance(typed, list) else [str(typed or "")]
            return any(self.value.casefold() in str(one).casefold() for one in among)
        return bool(typed)


@dataclass(frozen=True)
class Question:
    """One question: its key, what it says, what it takes and when it must be answered."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    options: tuple[str, ...] = ()
    required_at: Stage = Stage.NEVER
    shown_when: Condition | None = None
    maps_to: str = ""
    """The field of the project the answer is taken into: theme, owner, start_date, `custom.region`."""

    @property
    def takes_several(self) -> bool:
        """Whether its answer is a list."""
        return self.kind is Kind.CHOICES


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    key: str
    title: str
    help: str = ""
    fields: tuple[Question, ...] = ()
    shown_when: Condition | None = None


@dataclass(frozen=True)
class Definition:
    """Everything a form asks, and when its business case has to be complete."""

    sections: tuple[Section, ...] = ()
    case_required_at: Stage = Stage.NEVER

    def questions(self) -> Iterator[Question]:
        """Every question in its order."""
        for section in self.sections:
            yield from section.fields

    def question(self, key: str) -> Question:
        """The question with this key."""
        for question in self.questions():
            if question.key == key:
                return question
        raise Missing(f"The form has no question {key}.")

    def section(self, key: str) -> Section:
        """The section with this key."""
        for section in self.sections:
            if section.key == key:
                return section
        raise Missing(f"The form has no section {key}.")

    def shown(self, answers: Mapping[str, Any]) -> Iterator[tuple[Section, Question]]:
        """The questions that apply to what is typed so far; what hangs on a hidden question is hidden, too."""
        seen: dict[str, Any] = {}
        for section in self.sections:
            if section.shown_when and not section.shown_when.holds(seen):
                continue
            for question in section.fields:
                if question.shown_when and not question.shown_when.holds(seen):
                    continue
                seen[question.key] = answers.get(question.key)
                yield section, question

    def controllers(self) -> frozenset[str]:
        """The questions on whose answers others depend."""
        parts = [*self.sections, *self.questions()]
        return frozenset(part.shown_when.field for part in parts if part.shown_when)
