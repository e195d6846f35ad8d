"""Pages that tell a story: parts of dashboards below the questions that follow from each other."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

from mainstay.cockpit.dashboards.page import Board, sight_of
from mainstay.portfolio.dashboard import Question, parts_for


class Chapter(StrEnum):
    """A question a page answers, and the next one that follows from it."""

    INVESTED = "invested"
    CAME = "came"
    LEAKS = "leaks"
    GOALS = "goals"
    WELL = "well"
    CHOSEN = "chosen"
    PLAN = "plan"
    OTHERWISE = "otherwise"
    BEFORE = "before"
    FORETOLD = "foretold"
    PROCESS = "process"

    @property
    def text(self) -> str:
        """The question as it stands above its parts."""
        return TEXTS[self]


TEXTS = {
    Chapter.INVESTED: "What did we invest?",
    Chapter.CAME: "What came back?",
    Chapter.LEAKS: "Where does value leak?",
    Chapter.GOALS: "Which goals moved?",
    Chapter.WELL: "How well do we do it?",
    Chapter.CHOSEN: "What did we choose, believe and get?",
    Chapter.PLAN: "What did it choose, and what came of it?",
    Chapter.OTHERWISE: "What did choosing otherwise cost?",
    Chapter.BEFORE: "What changed against the plan before?",
    Chapter.FORETOLD: "Do our scores foretell it?",
    Chapter.PROCESS: "How does our process run?",
}
Chapters = Mapping[Chapter, tuple[str, ...]]
VALUE: Chapters = {
    Chapter.INVESTED: ("value_invested", "returns"),
    Chapter.CAME: ("value_came", "value_kinds", "value_finished"),
    Chapter.LEAKS: ("value_leaks",),
    Chapter.GOALS: ("contribution", "goals_moved"),
    Chapter.WELL: ("utilisation", "satisfaction", "new_revenue", "time_to_market", "mix"),
}
LEARNING: Chapters = {
    Chapter.CHOSEN: ("past_plans",),
    Chapter.FORETOLD: ("score_predicts",),
    Chapter.PROCESS: ("process_health",),
}
ONE_PLAN: Chapters = {
    Chapter.PLAN: ("plan_came",),
    Chapter.OTHERWISE: ("plan_by_hand", "plan_waited"),
    Chapter.BEFORE: ("plan_before",),
}


class Story(Board):
    """Parts of dashboards below the chapters of a page."""

    def __init__(
        self, request: Any, title: str, chapters: Chapters, options: Mapping[str, str] | None = None
    ) -> None:
        known = parts_for(request.user)
        groups = [(chapter, [known[key] for key in keys if key in known]) for chapter, keys in chapters.items()]
        # A chapter stands for a question here: it has a text and a name of its own.
        super().__init__(
            sight_of(request, options=options), [(cast("Question", one), parts) for one, parts in groups if parts]
        )
        self.title, self.here = title, f"{request.path}{self.sight.address()}"
