"""What customers said before and after work, over any projects: shares and scores with their intervals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mainstay.engine.benefits import customers
from mainstay.engine.benefits.customers import Measured
from mainstay.value.models import Question, Survey, When
from mainstay.value.models.survey import answers_of

MEASURES = {Question.CSAT: customers.csat, Question.NPS: customers.nps}
CHANGES = {Question.CSAT: customers.csat_change, Question.NPS: customers.nps_change}


@dataclass(frozen=True)
class Said:
    """All answers to one question: before, after, and what changed; a measure without answers is NaN."""

    question: Question
    before: Measured
    after: Measured
    change: Measured
    projects: int

    @property
    def is_shown(self) -> bool:
        """Whether the change is more than chance: its interval leaves 0 out."""
        return bool(self.change.low > 0 or self.change.high < 0)


def measured(question: str, counts: dict[str, int]) -> Measured:
    """What the answers of one survey say."""
    return MEASURES[Question(question)](answers_of(counts))


def said_of(rows: Iterable[Any]) -> list[Said]:
    """Surveys added up by question, those that were asked."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    projects: dict[str, set[int]] = {}
    for row in rows:
        sums.setdefault((row.question, row.when), Counter()).update(row.counts)
        projects.setdefault(row.question, set()).add(row.project_id)
    return [_said(question, sums, len(projects[question])) for question in Question if question in projects]


def _said(question: Question, sums: dict[tuple[str, str], Counter[str]], projects: int) -> Said:
    before, after = (answers_of(sums.get((question, when), Counter())) for when in (When.BEFORE, When.AFTER))
    measure = MEASURES[question]
    return Said(question, measure(before), measure(after), CHANGES[question](before, after), projects)


def surveys_for(user: Any, as_of: Any = None) -> Any:
    """The surveys of projects somebody may see."""
    return Survey.objects.as_of(as_of).visible_to(user).select_related("project")
