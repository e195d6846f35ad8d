"""The queue of running work: continue, pause or stop, by what going on is worth from here."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone

from mainstay.charts import words
from mainstay.core.surrounding import surrounding
from mainstay.core.verbs import Verb
from mainstay.engine.control import Advice
from mainstay.monitoring.alerts.batch import Batch
from mainstay.monitoring.alerts.queries import open_alerts_of
from mainstay.monitoring.control.course import SOURCES, course_of
from mainstay.monitoring.control.scarce import Scarce, hours_needed, scarce_role
from mainstay.monitoring.running import RESTING, in_flight
from mainstay.portfolio.models import Project
from mainstay.value.queries import rates_on

SORTS = {
    "cost": "By value for each unit of remaining cost",
    "hour": "By value for each scarce hour",
    "net": "By how much better than stopping",
}
WORDS = {Advice.CONTINUE: "Continue", Advice.PAUSE: "Pause", Advice.STOP: "Stop", Advice.UNKNOWN: "Not known"}
BADGES = {Advice.CONTINUE: "good", Advice.PAUSE: "warn", Advice.STOP: "bad", Advice.UNKNOWN: "none"}


@dataclass(frozen=True)
class Standing:
    """A project in the queue; money in the currency of the queue, None where it is not known."""

    project: Any
    benefit: float | None
    forecast: float | None
    spent: float | None
    remaining: float | None
    stop_cost: float | None
    salvage: float | None
    pause_cost: float | None
    value: float | None
    per_cost: float | None
    net: float | None
    hours: float | None
    per_hour: float | None
    advice: Advice
    source: str
    has_terms: bool
    currency: str
    alerts: int = 0

    @property
    def is_resting(self) -> bool:
        """Whether it rests already."""
        return bool(self.project.stage.key == RESTING)

    @property
    def word(self) -> str:
        """What the figures advise."""
        return WORDS[self.advice]

    @property
    def badge(self) -> str:
        """The status colour of the advice."""
        return BADGES[self.advice]

    @property
    def why(self) -> str:
        """The advice in a sentence, with what counts and what does not."""
        if self.net is None or self.remaining is None or self.benefit is None:
            return "It gives no benefit or no cost, so nothing can be said."
        money = lambda amount: words.money(amount, self.currency)  # noqa: E731
        exit = f"; stopping costs {money(self.stop_cost)} and leaves {money(self.salvage)}" if self.has_terms else ""
        told = (
            f"Going on brings {money(self.benefit)} for {money(self.remaining)} still to be spent{exit}: "
            f"{money(abs(self.net))} {'better' if self.net >= 0 else 'worse'} than stopping."
        )
        rest = " Its scarce hours bring more in work that waits." if self.advice == Advice.PAUSE else ""
        return told + rest


@dataclass(frozen=True)
class Queue:
    """Running work in one currency, what calls for a decision first."""

    rows: list[Standing]
    currency: str
    scarce: Scarce | None
    hurdle: float
    missing: tuple[str, ...]

    @property
    def below(self) -> list[Standing]:
        """Those whose value for each unit of remaining cost lies below the hurdle."""
        return [row for row in self.rows if row.per_cost is not None and row.per_cost < self.hurdle]

    @property
    def finding(self) -> str:
        """The queue in a sentence."""
        if not self.rows:
            return "Nothing runs here whose figures are open to you."
        counts = Counter(row.advice for row in self.rows)
        whole = words.counted(len(self.rows), "running project")
        parts = [f"{counts[Advice.STOP]} of {whole} would be worth more stopped"]
        if counts[Advice.PAUSE] and self.scarce:
            hold = "holds" if counts[Advice.PAUSE] == 1 else "hold"
            parts.append(f"{counts[Advice.PAUSE]} {hold} hours of {self.scarce.role} that bring more elsewhere")
        return f"{'; '.join(parts)}."


def queue_of(
    user: Any, place: Any = None, *, sort: str = "cost", hurdle: float = 1.0, as_of: datetime | None = None
) -> Queue:
    """Running and resting projects of a portfolio (None: everywhere) whose figures somebody may see."""
    known = Project.objects.as_of(as_of).visible_to(user, Verb.SEE_FIGURES).visible_to(user)
    known = in_flight(known if place is None else known.filter(path__startswith=place.path))
    key = "pk" if as_of is None else "row_id"
    ids = list(known.order_by().values_list(key, flat=True))
    today = timezone.localdate(as_of or surrounding().now())
    batch = Batch(Project.objects.filter(pk__in=ids), today, as_of)
    scarce = scarce_role(user, today, as_of)
    currency = place.currency if place is not None else _usual_currency(batch)
    rows, missing = _standings(batch, scarce, currency)
    return Queue(_sorted(rows, sort), currency, scarce, hurdle, missing)


def _usual_currency(batch: Batch) -> str:
    counted = Counter(row.currency for row in batch.rows)
    return max(sorted(counted), key=lambda code: counted[code], default="GBP")


def _standings(batch: Batch, scarce: Scarce | None, currency: str) -> tuple[list[Standing], tuple[str, ...]]:
    rate_of = _rates(batch, currency)
    rate = batch.column((row.row_id, rate_of[row.currency]) for row in batch.rows)
    course = course_of(batch)
    hours = hours_needed(batch, scarce.role) if scarce else np.full(len(batch.ids), np.nan)
    elsewhere = scarce.per_hour if scarce and scarce.currency == currency else 0.0
    ahead = course.ahead(hours, elsewhere, rate)
    money = (course.benefit, course.forecast, course.spent, course.remaining)
    money = (*money, course.stop_cost, course.salvage, course.pause_cost)
    columns = [*(each * rate for each in money), ahead.value, ahead.per_cost, ahead.net, hours, ahead.per_hour]
    told = zip(*([_known(value) for value in each.tolist()] for each in columns), strict=True)
    projects, alerts = _projects(batch), open_alerts_of(batch.ids.tolist())
    rows = [
        Standing(
            projects[pk], *figures, Advice(int(ahead.advice[place])), SOURCES[int(course.source[place])],
            bool(course.has_terms[place]), currency, alerts.get(pk, 0),
        )
        for place, (pk, figures) in enumerate(zip(batch.ids.tolist(), told, strict=True))
    ]  # fmt: skip
    return rows, tuple(sorted(code for code, factor in rate_of.items() if np.isnan(factor)))


def _rates(batch: Batch, currency: str) -> dict[str, float]:
    """What each currency of the projects is worth in one currency on the day; NaN where nobody gave a rate."""
    codes = {row.currency for row in batch.rows}
    rates = rates_on(batch.today, codes | {currency}, batch.as_of)
    known = {code for code in codes if rates.knows(code) and rates.knows(currency)}
    worth = {code: float(rates.worth[code] / rates.worth[currency]) for code in known}
    return dict.fromkeys(codes, np.nan) | worth | {currency: 1.0}


def _projects(batch: Batch) -> dict[int, Any]:
    rows = Project.objects.as_of(batch.as_of)
    rows = rows.filter(**{"pk__in" if batch.as_of is None else "row_id__in": batch.chosen})
    rows = rows.select_related("stage", "owner", "portfolio").defer("description", "given_text")
    return {row.row_id: row for row in rows}


def _known(value: float) -> float | None:
    return None if value != value else value


def _sorted(rows: list[Standing], sort: str) -> list[Standing]:
    """The least worth going on with first; what is not known comes last."""
    name = {"hour": "per_hour", "net": "net"}.get(sort, "per_cost")

    def place(row: Standing) -> tuple[bool, float, str]:
        value = getattr(row, name)
        return value is None, value or 0.0, row.project.code

    return sorted(rows, key=place)


def standing_of(user: Any, project: Any, as_of: datetime | None = None) -> Standing | None:
    """One project of the queue; None where it does not run."""
    if not in_flight(Project.objects.as_of(as_of).identified_by([project.row_id])).exists():
        return None
    today = timezone.localdate(as_of or surrounding().now())
    batch = Batch(Project.objects.filter(pk=project.row_id), today, as_of)
    rows, _ = _standings(batch, scarce_role(user, today, as_of), project.currency)
    return rows[0]
