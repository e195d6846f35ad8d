"""A key result as its page shows it."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.charts import Figure, words
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.goals import CheckInForm
from mainstay.strategy.goal_page import chart_of
from mainstay.strategy.models import CheckIn, Goal, KeyResult
from mainstay.strategy.queries.progress import Measured, Point


class ResultPage:
    """One key result for one person, today or as it was known."""

    def __init__(self, asked: Asked, result_id: int, form: CheckInForm | None) -> None:
        self.asked, self.typed = asked, form
        rows = KeyResult.objects.as_of(asked.reading.as_of).visible_to(asked.reading.user)
        self.result = rows.identified_by([result_id]).select_related("owner").first()
        if self.result is None:
            raise Missing("There is no such key result, or it is not open to you.")
        goals = Goal.objects.as_of(asked.reading.as_of).identified_by([self.result.goal_id])
        self.goal = goals.select_related("portfolio").first()

    @cached_property
    def entries(self) -> list[Any]:
        """Every check-in, the latest first, each with whether it was corrected later."""
        rows = CheckIn.objects.as_of(self.asked.reading.as_of).filter(key_result_id=self.result.row_id)
        found = list(rows.select_related("by").order_by("-on_date", f"-{self.asked.reading.key}"))
        corrected = {row.corrects_id for row in found}
        for row in found:
            row.is_corrected = row.row_id in corrected
        return found

    @cached_property
    def standing(self) -> list[Any]:
        """The check-ins that count, the earliest first."""
        return [row for row in reversed(self.entries) if not row.is_corrected]

    @cached_property
    def measured(self) -> Measured:
        """The key result with its latest check-in."""
        last = self.standing[-1] if self.standing else None
        point = Point(last.value, last.on_date, last.confidence, last.note) if last else None
        return Measured(self.result, point, timezone.localdate(self.asked.reading.as_of))

    @property
    def chart(self) -> Figure | None:
        """Its check-ins against the line to its target."""
        return chart_of(self.result, self.standing)

    @property
    def form(self) -> CheckInForm:
        """The form of the next check-in."""
        return self.typed or CheckInForm(result=self.result, initial={"on_date": timezone.localdate()})

    @property
    def may_check_in(self) -> bool:
        """Whether the person may check in."""
        return self.asked.may(Verb.CHECKIN_RECORD, self.goal.portfolio)

    @property
    def may_correct(self) -> bool:
        """Whether the person may correct check-ins."""
        return self.asked.may(Verb.CHECKIN_CORRECT, self.goal.portfolio)

    @property
    def may_edit(self) -> bool:
        """Whether the person may change it."""
        return self.asked.may(Verb.RESULT_EDIT, self.goal.portfolio)

    @property
    def finding(self) -> str:
        """How it stands, in a sentence."""
        if self.measured.latest is None:
            return "Nobody has checked in yet."
        value = f"{words.number(float(self.measured.latest.value), 1)} {self.result.unit}".strip()
        when = f"{self.measured.latest.on_date:%-d %B %Y}"
        if self.result.is_measure:
            return f"{self.measured.status[1]}: {value} on {when}."
        done = words.percent(float(self.measured.progress or 0))
        return f"{self.measured.status[1]}: {value} on {when}, {done} of the way."
