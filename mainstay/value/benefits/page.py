"""What the page of a benefit shows."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mainstay.charts import Figure
from mainstay.charts.realisation_curve import RealisedMonth, realisation_curve
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_number, month_of
from mainstay.portfolio.models import Project
from mainstay.value.benefits.forms import NeedsForm, ReadingForm
from mainstay.value.models import Benefit, BenefitNeed, BenefitReading
from mainstay.value.realised import Benefits, Course, ToDate, benefits_of, course_of, to_date

RATE = "What came up to now, times the share due to the project, divided by what was planned for the same months."


def benefit_for(user: Any, pk: int, as_of: datetime | None = None) -> Any:
    """A benefit the person may see."""
    row = Benefit.objects.as_of(as_of).visible_to(user).identified_by([pk]).select_related("project", "owner").first()
    if row is None:
        raise Missing("There is no such benefit, or it is not open to you.")
    return row


def figure_of(course: Course, unit: str) -> Figure:
    """The curve of a course."""
    columns = zip(course.months, course.planned, course.realised, course.forecast, strict=True)
    return realisation_curve(
        [
            RealisedMonth(f"{month_of(int(month)):%Y-%m}", float(planned), _known(came), _known(ahead))
            for month, planned, came, ahead in columns
        ],
        unit,
    )


def _known(amount: float) -> float | None:
    return None if amount != amount else float(amount)


@dataclass
class BenefitPage:
    """A benefit with its curve, its readings and what one may do."""

    request: HttpRequest
    row: Any
    form: Any = None
    needs_form: Any = None

    @property
    def as_of(self) -> datetime | None:
        """As known when."""
        return self.request.as_of if self.request.method == "GET" else None

    @property
    def unit(self) -> str:
        """In what it is stated."""
        return self.row.project.currency if self.row.is_money else self.row.unit

    @cached_property
    def until(self) -> int:
        """The last month that has ended on the day that is read."""
        return month_number(timezone.localdate(self.as_of)) - 1

    @cached_property
    def _one(self) -> Benefits:
        project = self.row.project
        found = benefits_of([project.pk], {project.pk: project.currency}, {project.currency: 1.0}, self.as_of)
        return found.only(found.ids == self.row.row_id)

    @cached_property
    def now(self) -> ToDate:
        """Planned and realised to the same date."""
        return to_date(self._one, self.until)

    @property
    def figure(self) -> Figure:
        """The realisation curve."""
        return figure_of(course_of(self._one, self.until), self.unit)

    @property
    def planned(self) -> float:
        """What was planned up to now."""
        return float(self.now.planned.sum())

    @property
    def came(self) -> float:
        """What came up to now."""
        return float(self.now.came.sum())

    @property
    def rate(self) -> float | None:
        """The realisation rate to date; None where nothing was planned for the months read."""
        return self.now.rate(self.now.is_read)

    @property
    def last_month(self) -> date:
        """The last month that counts."""
        return month_of(self.until)

    @cached_property
    def readings(self) -> list[Any]:
        """What was read, the last month first."""
        rows = BenefitReading.objects.as_of(self.as_of).filter(benefit_id=self.row.row_id)
        return list(rows.select_related("recorded_by", "verified_by").order_by("-month"))

    @property
    def others(self) -> list[Any]:
        """Other benefits on the same measure that the reader may see."""
        if not self.row.measure:
            return []
        rows = Benefit.objects.as_of(self.as_of).visible_to(self.request.user).select_related("project")
        same = rows.filter(measure__iexact=self.row.measure, unit__iexact=self.row.unit)
        return [one for one in same if one.row_id != self.row.row_id]

    @property
    def needs(self) -> list[Any]:
        """The benefits it hangs on, as far as the reader may see them."""
        needed = BenefitNeed.objects.as_of(self.as_of).filter(benefit_id=self.row.row_id).values("needed_id")
        seen = Benefit.objects.visible_to(self.request.user).filter(pk__in=needed)
        return list(seen.select_related("project"))

    def shown(self, status: int = 200) -> HttpResponse:
        """The page itself."""
        user, project = self.request.user, self.row.project
        now = self.as_of is None
        may_edit = now and access.may(user, Verb.BENEFIT_EDIT, project)
        may_record = may_edit or (now and self.row.owner_id == user.pk)
        form = self.form or (ReadingForm(instance=BenefitReading(benefit=_today(self.row))) if may_record else None)
        context = {
            "page": self,
            "benefit": self.row,
            "project": project,
            "form": form,
            "needs_form": self.needs_form or (NeedsForm(benefit=_today(self.row), user=user) if may_edit else None),
            "may_remove": now and access.may(user, Verb.READING_REMOVE, project),
            "may_edit": may_edit,
            "may_verify": now and access.may(user, Verb.READINGS_VERIFY, project) and self.row.owner_id != user.pk,
            "rate_definition": RATE,
        }
        return render(self.request, "value/benefit.html", context, status=status)


def _today(row: Any) -> Benefit:
    return row if isinstance(row, Benefit) else Benefit.objects.get(pk=row.row_id)


def projects_seen(user: Any, as_of: datetime | None) -> Any:
    """The projects whose figures somebody may see."""
    return Project.objects.as_of(as_of).visible_to(user, Verb.SEE_FIGURES).visible_to(user)
