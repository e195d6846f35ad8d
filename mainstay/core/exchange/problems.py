"""What is wrong with a file, said by row and column with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mainstay.core.errors import Unreadable

MOST_TOLD = 1_000


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (as the file counts), what, and what to do."""

    message: str
    advice: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """Row and column in words, as far as they are known."""
        parts = [f"row {self.row}"] if self.row is not None else []
        if self.column:
            parts.append(f"column “{self.column}”")
        return ", ".join(parts)

    @property
    def sentence(self) -> str:
        """Everything in one line."""
        place = self.place[:1].upper() + self.place[1:]
        return " ".join(part for part in (f"{place}:" if place else "", self.message, self.advice) if part)

    def as_dict(self) -> dict[str, Any]:
        """The problem for programs."""
        return {"row": self.row, "column": self.column, "message": self.message, "advice": self.advice}


class BadFile(Unreadable):
    """A file that cannot be read as a list at all; nothing of it was taken."""

    status = 422
    title = "The file cannot be read"

    def __init__(self, message: str, advice: str = "", row: int | None = None, column: str = "") -> None:
        self.problem = Problem(message, advice, row, column)
        super().__init__(self.problem.sentence)


class BadCell(ValueError):
    """A cell that does not hold what its column takes."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@dataclass
class Problems:
    """The problems of a file: the first thousand are told, all are counted."""

    told: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(problem)

    def extend(self, others: "Problems") -> None:
        """Take over the problems of another collection."""
        self.count += others.count
        self.told.extend(others.told[: MOST_TOLD - len(self.told)])

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.told)
