"""A goal as its page shows it: key results with their charts, contributions, causes, and what the person may do."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from mainstay.charts import Figure, words
from mainstay.charts.progress_line import Aim, CheckInPoint, progress_line
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.goals import KeyResultForm, WorkForm
from mainstay.strategy.models import Cause, CheckIn, Contribution, Goal
from mainstay.strategy.models.standing import WHOLE
from mainstay.strategy.queries.progress import Measured


@dataclass(frozen=True)
class Given:
    """A contribution with the work behind it, and whether the person may change it."""

    row: Any
    may_change: bool

    @property
    def url(self) -> str:
        """The record of the work."""
        return reverse("project" if self.row.project_id else "programme", args=[self.row.work.code])


class GoalPage:
    """One goal for one person, today or as it was known."""

    def __init__(
        self, asked: Asked, code: str, result_form: KeyResultForm | None = None, work_form: WorkForm | None = None
    ) -> None:
        self.asked = asked
        self.node = next((node for node in asked.strategy.nodes if node.goal.code == code), None)
        if self.node is None:
            raise Missing("There is no such goal, or it is not open to you.")
        self.goal = self.node.goal
        self._forms = (result_form, work_form)

    @property
    def above(self) -> list[tuple[str, str]]:
        """The way from the top to this goal."""
        way, seen = [], self.goal.parent_id
        while (parent := self.asked.strategy.by_id.get(seen)) is not None:
            way.append((parent.goal.name, reverse("goal", args=[parent.goal.code]) + self.asked.query))
            seen = parent.goal.parent_id
        return [("Strategy", reverse("strategy") + self.asked.query), *reversed(way)]

    @cached_property
    def given(self) -> list[Given]:
        """What contributes, as far as the person may see it."""
        rows = Contribution.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        named = rows.filter(goal_id=self.goal.row_id).select_related("project__stage", "programme", "key_result")
        may_ever = self.asked.may_somewhere(Verb.CONTRIBUTION_SET)
        return [Given(row, may_ever and self._may(row)) for row in named.order_by("-share", self.asked.reading.key)]

    def _may(self, row: Any) -> bool:
        return access.may(self.asked.reading.user, Verb.CONTRIBUTION_SET, row.project or row.programme)

    @property
    def taken(self) -> Decimal:
        """The share of the goal that is given away, in percent."""
        return self.node.taken * WHOLE

    @property
    def hidden(self) -> Decimal:
        """The share that is given by work out of sight, in percent."""
        return self.taken - sum((one.row.share for one in self.given), Decimal(0))

    @property
    def left(self) -> Decimal:
        """The share nothing is expected to give, in percent."""
        return WHOLE - self.taken

    @cached_property
    def results(self) -> list[tuple[Measured, Figure | None]]:
        """The key results, each with its chart where it has check-ins."""
        rows = CheckIn.objects.as_of(self.asked.reading.as_of).filter(key_result__goal_id=self.goal.row_id).standing()
        by_result: dict[int, list[Any]] = {}
        for row in rows.order_by("on_date", self.asked.reading.key):
            by_result.setdefault(row.key_result_id, []).append(row)
        return [(one, chart_of(one.result, by_result.get(one.result.row_id, []))) for one in self.node.results]

    def _causes(self, here: str, there: str) -> list[Any]:
        rows = Cause.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        ids = rows.filter(**{here: self.goal.row_id}).values_list(there, flat=True)
        goals = Goal.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        return list(goals.identified_by(list(ids)).order_by("name"))

    @cached_property
    def helps(self) -> list[Any]:
        """The goals it helps."""
        return self._causes("source_id", "target_id")

    @cached_property
    def helped_by(self) -> list[Any]:
        """The goals that help it."""
        return self._causes("target_id", "source_id")

    @property
    def themed(self) -> int:
        """How many projects name this theme in their text and contribute to no goal: a hint to link them."""
        return self.asked.figures.orphaned().filter(theme__iexact=self.goal.name).count()

    def may(self, verb: Verb) -> bool:
        """Whether the person may do this to the goal."""
        return self.asked.may(verb, self.goal.portfolio)

    @property
    def may_edit(self) -> bool:
        """Whether the goal may be changed."""
        return self.may(Verb.GOAL_EDIT)

    @property
    def may_add_result(self) -> bool:
        """Whether key results may be added."""
        return self.may(Verb.RESULT_ADD) and not self.goal.is_closed

    @property
    def may_contribute(self) -> bool:
        """Whether the person may say somewhere what work gives."""
        takes = self.goal.kind != "vision" and not self.goal.is_closed
        return takes and self.asked.may_somewhere(Verb.CONTRIBUTION_SET)

    @property
    def result_form(self) -> KeyResultForm:
        """The form of a new key result."""
        return self._forms[0] or KeyResultForm(user=self.asked.reading.user)

    @property
    def work_form(self) -> WorkForm:
        """The form of a new contribution."""
        current = Goal.objects.get(pk=self.goal.row_id)
        return self._forms[1] or WorkForm(user=self.asked.reading.user, goal=current)

    @property
    def finding(self) -> str:
        """How the goal stands, in a sentence."""
        told = []
        if self.node.progress is not None:
            told.append(f"{words.percent(float(self.node.progress))} of the way is done")
        told.append(f"{words.counted(len(self.node.work), 'project')} counted behind it")
        if self.goal.kind != "vision":
            left = f"{words.number(float(self.left))}% of it is given to nobody"
            told.append(left if self.left else "all of it is given")
        text = "; ".join(told)
        return f"{text[:1].upper()}{text[1:]}."


def chart_of(result: Any, check_ins: list[Any]) -> Figure | None:
    """The check-ins of a key result against the line to its target; none for a measure or without check-ins."""
    if not check_ins or result.is_measure:
        return None
    points = [CheckInPoint(row.on_date, float(row.value), row.confidence, row.note) for row in check_ins]
    begins: date = min(result.start_date or points[0].on_date, result.due_date - timedelta(days=1))
    aim = Aim(begins, result.due_date, float(result.start_value), float(result.target_value))
    return progress_line(points, aim, result.name, result.unit)
