"""The investment mix: what lies in each bucket of a classification, against its target."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum

from mainstay.portfolio.queries.figures import Totals
from mainstay.strategy.models import Bucket, Classification, Placement
from mainstay.strategy.models.standing import WHOLE
from mainstay.strategy.queries.work import Work, main_currency


def classifications_for(user: Any, portfolio: Any = None, as_of: Any = None) -> list[Any]:
    """The classifications in use, for a portfolio its own and those above it."""
    rows = Classification.objects.as_of(as_of).visible_to(user).open().select_related("portfolio")
    found = list(rows.order_by("position", "code"))
    if portfolio is None:
        return found
    return [row for row in found if row.portfolio_id is None or portfolio.path.startswith(row.portfolio.path)]


@dataclass(frozen=True)
class Filled:
    """A bucket with what lies in it; without a bucket, what lies in none."""

    bucket: Any
    totals: Totals
    share: Decimal | None
    """Its share of the money in the main currency, from 0 to 1."""
    amount: Decimal

    @property
    def target(self) -> Decimal | None:
        """Its target share, from 0 to 1."""
        return None if self.bucket is None else self.bucket.target_share / WHOLE

    @property
    def deviation(self) -> Decimal | None:
        """Share less target, in points of a per cent."""
        if self.share is None or self.bucket is None:
            return None
        return self.share * WHOLE - self.bucket.target_share

    @property
    def is_off(self) -> bool:
        """Whether it deviates by more than its tolerance."""
        return self.deviation is not None and abs(self.deviation) > self.bucket.tolerance

    @property
    def status(self) -> tuple[str, str]:
        """How it stands, as a kind and a word."""
        if self.deviation is None:
            return "none", "No money"
        if not self.is_off:
            return "good", "Balanced"
        return "warn", "Too much" if self.deviation > 0 else "Too little"


class Mix:
    """The work that counts, by the buckets of a classification."""

    def __init__(self, classification: Any, work: Work) -> None:
        self.classification, self.work = classification, work

    @cached_property
    def buckets(self) -> list[Any]:
        """The buckets in their order."""
        rows = Bucket.objects.as_of(self.work.reading.as_of).filter(classification_id=self.classification.row_id)
        return list(rows.order_by("position", self.work.reading.key))

    def projects(self) -> Any:
        """The projects that count and belong to the classification's portfolio, with the id of their `bucket`."""
        placed = Placement.objects.as_of(self.work.reading.as_of).filter(
            project_id=OuterRef(self.work.reading.key), classification_id=self.classification.row_id
        )
        projects = self.work.projects().annotate(bucket=Subquery(placed.order_by().values("bucket_id")[:1]))
        if self.classification.portfolio_id is None:
            return projects
        return projects.filter(portfolio_id__in=self.work.reading.below(self.classification.portfolio_id))

    @cached_property
    def by_bucket(self) -> dict[int | None, Totals]:
        """Count and cost by bucket, in one query."""
        rows = self.projects().order_by().values_list("bucket", "currency")
        found: dict[int | None, Totals] = {bucket.row_id: Totals() for bucket in self.buckets}
        for bucket, currency, count, cost, given in rows.annotate(
            rows=Count("*"), costs=Sum("cost_seen"), given=Count("cost_seen")
        ):
            found.setdefault(bucket, Totals()).add(count, currency, cost, given)
        return found

    @cached_property
    def whole(self) -> Totals:
        """Everything that counts."""
        return Totals.of(self.by_bucket.values())

    @property
    def currency(self) -> str:
        """The currency the shares are of."""
        return main_currency(self.whole, self.work.portfolio)

    @property
    def other_currencies(self) -> list[str]:
        """The currencies left out of the shares."""
        return sorted(code for code in self.whole.costs if code != self.currency)

    @cached_property
    def lines(self) -> list[Filled]:
        """The buckets with what lies in them."""
        return [self._filled(bucket) for bucket in self.buckets]

    @property
    def unplaced(self) -> Filled:
        """What lies in no bucket."""
        return self._filled(None)

    @property
    def largest(self) -> Filled | None:
        """The bucket that deviates most."""
        known = [line for line in self.lines if line.deviation is not None]
        return max(known, key=lambda line: abs(line.deviation or 0), default=None)

    def _filled(self, bucket: Any) -> Filled:
        totals = self.by_bucket.get(bucket.row_id if bucket else None, Totals())
        money, whole = totals.costs.get(self.currency), self.whole.costs.get(self.currency)
        amount = money.amount if money else Decimal(0)
        return Filled(bucket, totals, amount / whole.amount if whole and whole.amount else None, amount)
