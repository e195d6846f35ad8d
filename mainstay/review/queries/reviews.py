"""Reviews a person may see: those due, late and signed, and that of one project."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from mainstay.charts import words
from mainstay.core.errors import Missing
from mainstay.core.surrounding import surrounding
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.models import PostReview, ReviewState

STANDS = {"open": "Due", "late": "Late", "signed": "Signed", "all": "All"}


def today_of(as_of: Any = None) -> date:
    """The day that is read."""
    return timezone.localdate(as_of or surrounding().now())


def review_for(user: Any, review_id: int, as_of: Any = None) -> Any:
    """A review the person may see."""
    rows = PostReview.objects.as_of(as_of).visible_to(user).identified_by([review_id])
    row = rows.select_related("project__stage", "led_by", "signed_by").first()
    if row is None:
        raise Missing("There is no such review, or it is not open to you.")
    return row


class Reviews:
    """The register of reviews for one person: of everything, or of what lies below a portfolio."""

    def __init__(self, reading: Reading, stands: str = "open", portfolio: str = "", whose: str = "") -> None:
        self.reading, self.today = reading, today_of(reading.as_of)
        self.stands = stands if stands in STANDS else "open"
        rows = PostReview.objects.as_of(reading.as_of).visible_to(reading.user)
        if whose == "mine":
            rows = rows.filter(led_by_id=reading.user.pk)
        if portfolio:
            place = next((row for row in reading.portfolios.values() if row.code == portfolio), None)
            rows = rows.filter(project__portfolio__in=reading.below(place.row_id)) if place else rows.none()
        self.everything = rows

    @property
    def rows(self) -> Any:
        """Those asked for, the earliest due first, signed ones by the day of signing."""
        signed = Q(state=ReviewState.SIGNED)
        wanted = {
            "open": ~signed,
            "late": ~signed & Q(due_date__lt=self.today),
            "signed": signed,
            "all": Q(),
        }[self.stands]
        order = ("-signed_on", "pk") if self.stands == "signed" else ("due_date", "pk")
        return self.everything.filter(wanted).select_related("project", "led_by", "signed_by").order_by(*order)

    @property
    def finding(self) -> str:
        """The register in a sentence."""
        kept = list(self.everything.order_by().values_list("state", "due_date", "worth"))
        left = [due for state, due, _ in kept if state != ReviewState.SIGNED]
        signed = [worth for state, _, worth in kept if state == ReviewState.SIGNED]
        late = sum(1 for due in left if due < self.today)
        told = f"{words.counted(len(left), 'review')} to come{f', {late} late' if late else ''}"
        good = sum(1 for worth in signed if worth == "yes")
        return f"{told}; {len(signed)} signed" + (f", {good} of them say it was worth it." if signed else ".")
