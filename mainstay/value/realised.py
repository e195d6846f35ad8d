"""What benefits were to bring and have brought, of many projects at once: arrays, by two queries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast
from numpy.typing import NDArray

from mainstay.engine.basics.periods import month_number
from mainstay.engine.benefits.to_date import planned_to_date
from mainstay.value.models import Benefit, BenefitReading
from mainstay.value.models.benefit import MONEY_BENEFITS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Texts = NDArray[np.str_]

# Numbers and days come as text: made one by one into decimals and dates they would take most of the time.
FIELDS = ("project_id", "kind", "owner_id", "is_disbenefit", "profile", "waiting", "months")
AS_TEXT = {name: Cast(name, CharField()) for name in ("target", "attribution", "first_month")}
OF_READING = {
    "on": Cast("month", CharField()),
    "came": Cast("amount", CharField()),
    "is_verified": Case(When(verified_at=None, then=Value("")), default=Value("1"), output_field=CharField()),
}
UNIX_MONTH = month_number(date(1970, 1, 1))


@dataclass(frozen=True, eq=False)
class Readings:
    """What was read: (readings,) each. benefit: its place among the benefits; month: its number; amount as read."""

    benefit: Integers
    month: Integers
    amount: Floats
    is_verified: Booleans

    def only(self, chosen: Booleans) -> "Readings":
        """Some of them."""
        return Readings(*(each[chosen] for each in (self.benefit, self.month, self.amount, self.is_verified)))


@dataclass(frozen=True, eq=False)
class Benefits:
    """Benefits in the order of their ids, (benefits,) each, amounts times `factor`.

    target: below zero for a disbenefit. first: the number of the first month, see `month_number`. share: what of a
    reading is due to the project. factor: what one unit is worth in the currency of whoever asks; 1 for what is no
    money, NaN where there is no exchange rate.
    """

    ids: Integers
    project: Integers
    kind: Texts
    owner: Integers
    target: Floats
    profile: Texts
    first: Integers
    waiting: Integers
    months: Integers
    share: Floats
    factor: Floats
    readings: Readings

    @cached_property
    def is_money(self) -> Booleans:
        """(benefits,) whether they are stated in money."""
        return np.isin(self.kind, [str(kind) for kind in MONEY_BENEFITS])

    @cached_property
    def sign(self) -> Floats:
        """(benefits,) -1 for a disbenefit."""
        return np.where(np.signbit(self.target), -1.0, 1.0)

    @property
    def whole(self) -> Floats:
        """(benefits,) everything that is to come."""
        return self.target * self.factor

    @property
    def last(self) -> Integers:
        """(benefits,) the number of the last month something is to come in."""
        return self.first + self.waiting + self.months - 1

    def planned(self, month: int) -> Floats:
        """(benefits,) what was to come up to the end of a month."""
        return planned_to_date(self.whole, self.months, self.profile, self.waiting, month - self.first + 1)

    @cached_property
    def came(self) -> Floats:
        """(readings,) what came: as read, times the share due to the project; below zero for a disbenefit."""
        of = self.readings.benefit
        return self.readings.amount * (self.sign * self.share * self.factor)[of]

    @cached_property
    def due_when_read(self) -> Floats:
        """(readings,) what was to come in the very months that were read."""
        of, month = self.readings.benefit, self.readings.month
        shape = (self.whole[of], self.months[of], self.profile[of], self.waiting[of])
        elapsed = month - self.first[of] + 1
        return planned_to_date(*shape, elapsed) - planned_to_date(*shape, elapsed - 1)

    def summed(self, values: Floats) -> Floats:
        """(benefits,) the sums of (readings,) values."""
        return np.bincount(self.readings.benefit, weights=values, minlength=len(self.ids)).astype(np.float64)

    def until(self, month: int) -> "Benefits":
        """The same with what was read up to a month only."""
        return replace(self, readings=self.readings.only(self.readings.month <= month))

    def only(self, chosen: Booleans) -> "Benefits":
        """Some of the benefits, with their readings."""
        place = np.cumsum(chosen) - 1
        kept = self.readings.only(chosen[self.readings.benefit])
        names = [name for name in self.__dataclass_fields__ if name != "readings"]
        return Benefits(
            **{name: getattr(self, name)[chosen] for name in names},
            readings=replace(kept, benefit=place[kept.benefit]),
        )


@dataclass(frozen=True, eq=False)
class ToDate:
    """Benefits up to the end of a month, (benefits,) each; sums of them go over benefits of one unit only.

    planned: by then. due: of it, what was planned for the months that were read. came: what was read. is_read:
    whether anything was. verified: what came and finance verified.
    """

    planned: Floats
    due: Floats
    came: Floats
    verified: Floats
    is_read: Booleans

    @property
    def is_unmeasured(self) -> Booleans:
        """(benefits,) planned by then and never read, to be listed apart and not counted as nothing."""
        return ~self.is_read & (self.planned != 0)

    @cached_property
    def pace(self) -> Floats:
        """(benefits,) the rate so far of each, by which the rest is forecast; 1 where none was read."""
        return np.divide(self.came, self.due, out=np.ones(len(self.due)), where=self.due != 0)

    def forecast(self, whole: Floats) -> Floats:
        """(benefits,) everything that will have come: what came, and the rest of the whole at the pace so far."""
        return self.came + (whole - self.planned) * self.pace

    def rate(self, chosen: Booleans) -> float | None:
        """Sum of what came / sum of what was planned for the same months; None where nothing was."""
        due = float(self.due[chosen].sum())
        return float(self.came[chosen].sum()) / due if due > 0 else None


def to_date(benefits: Benefits, month: int) -> ToDate:
    """What was planned and what came up to the end of a month."""
    known = benefits.until(month)
    came, due = known.summed(known.came), known.summed(known.due_when_read)
    verified = known.summed(np.where(known.readings.is_verified, known.came, 0.0))
    read = np.bincount(known.readings.benefit, minlength=len(benefits.ids)) > 0
    return ToDate(benefits.planned(month), due, came, verified, read)


@dataclass(frozen=True, eq=False)
class Course:
    """Sums of benefits of one unit up to the end of each month: (months,) each.

    months: their numbers. realised: NaN after the month asked for. forecast: from that month on, each benefit at its
    own rate so far, one that was never read as planned; NaN before.
    """

    months: Integers
    planned: Floats
    realised: Floats
    forecast: Floats


def course_of(benefits: Benefits, until: int, ahead: int | None = None) -> Course:
    """How benefits were to come, came up to a month, and will come; nothing where there are none.

    ahead: how many months after that one are told; all where None.
    """
    if not len(benefits.ids):
        nothing = np.zeros(0)
        return Course(np.zeros(0, dtype=np.int64), nothing, nothing, nothing)
    known = benefits.until(until)
    first = min([int(benefits.first.min()), *known.readings.month.tolist()])
    end = max(int(benefits.last.max()), until)
    months = np.arange(first, (end if ahead is None else min(end, max(until, first) + ahead)) + 1)
    by_month = np.stack([benefits.planned(int(month)) for month in months])
    came = np.bincount(known.readings.month - first, weights=known.came, minlength=len(months))
    realised = np.where(months <= until, np.cumsum(came), np.nan)
    now = to_date(benefits, until)
    to_come = by_month - benefits.planned(until)
    forecast = np.where(months >= until, now.came.sum() + (to_come * now.pace).sum(axis=1), np.nan)
    return Course(months, by_month.sum(axis=1), realised, forecast)


def benefits_of(
    projects: Any, currencies: Mapping[int, str], factors: Mapping[str, float | None], as_of: datetime | None = None
) -> Benefits:
    """The benefits of projects (a query of their ids), as known at a moment, in two queries.

    currencies: of the projects by id; projects that are not there are left out. factors: what each currency is worth.
    Whose figures the reader may see is for the caller to say.
    """
    key = "pk" if as_of is None else "row_id"
    rows = Benefit.objects.as_of(as_of).filter(project_id__in=projects).order_by(key)
    told = rows.annotate(**{f"{name}_text": cast for name, cast in AS_TEXT.items()})
    names = (key, *FIELDS, *(f"{name}_text" for name in AS_TEXT))
    found = [row for row in told.values_list(*names) if row[1] in currencies]
    ids, project, kind, owner, minus, profile, waiting, months, target, share, first = (
        zip(*found, strict=True) if found else [()] * len(names)
    )
    money = {str(one) for one in MONEY_BENEFITS}
    worth = [
        _factor(factors.get(currencies[pk])) if one in money else 1.0 for pk, one in zip(project, kind, strict=True)
    ]
    numbers = np.array(ids, dtype=np.int64)
    return Benefits(
        ids=numbers,
        project=np.array(project, dtype=np.int64),
        kind=np.array(kind, dtype=np.str_),
        owner=np.array([one or 0 for one in owner], dtype=np.int64),
        target=_floats(target) * np.where(np.array(minus, dtype=np.bool_), -1.0, 1.0),
        profile=np.array(profile, dtype=np.str_),
        first=_month_numbers(first),
        waiting=np.array(waiting, dtype=np.int64),
        months=np.array(months, dtype=np.int64),
        share=_floats(share),
        factor=np.array(worth),
        readings=_readings(numbers, projects, as_of),
    )


def _floats(texts: Any) -> Floats:
    return np.array(texts, dtype=np.str_).astype(np.float64)


def _month_numbers(texts: Any) -> Integers:
    return np.array(texts, dtype="datetime64[M]").astype(np.int64) + UNIX_MONTH


def _readings(ids: Integers, projects: Any, as_of: datetime | None) -> Readings:
    rows = BenefitReading.objects.as_of(as_of).filter(benefit__project_id__in=projects).order_by()
    found = list(rows.annotate(**OF_READING).values_list("benefit_id", *OF_READING))
    benefit, month, amount, verified = zip(*found, strict=True) if found else [()] * 4
    of = np.array(benefit, dtype=np.int64)
    place = np.searchsorted(ids, of)
    known = place < len(ids)
    known[known] = ids[place[known]] == of[known]
    return Readings(
        place,
        _month_numbers(month),
        _floats(amount),
        np.array(verified, dtype=np.str_) != "",
    ).only(known)


def _factor(worth: float | None) -> float:
    return float("nan") if worth is None else worth
