"""Health by the figures: schedule, cost, scope, people and benefits, and all of them together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Sum
from django.db.models.functions import Abs

from mainstay.authorisation.models import Baseline
from mainstay.charts import words
from mainstay.engine.health import Light, health, lights, parts
from mainstay.engine.health.parts import UTILISATION
from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.monitoring.alerts.measures_of_plan import days_overdue, unstaffed
from mainstay.monitoring.models import ChangeRequest, ChangeState
from mainstay.monitoring.money.queries import money_of

COLOURS = {Light.UNKNOWN: "", Light.RED: "red", Light.AMBER: "amber", Light.GREEN: "green"}
ORDER = {colour: int(light) for light, colour in COLOURS.items()}
PARTS = {
    "schedule": "Schedule", "cost": "Cost", "scope_health": "Scope", "resources": "People", "benefits": "Benefits",
}  # fmt: skip
DEFINITION = (
    "Schedule: days of the current baseline, else of the project / those days and what the end or an open "
    "milestone lies behind. "
    "Cost: budget / what it will have cost; without both by month the cost of the baseline / the cost now. "
    "Scope: 1 less what approved changes moved of the cost. People: of the hours needed in three months, the share "
    "somebody is booked for. Benefits: the benefit now / that of the baseline. Green from 95 %, amber from 85 %. "
    "Overall is their weighted mean, and never green where a part is red."
)


@dataclass(frozen=True)
class Part:
    """A part of a project's health: a colour ("" where nothing is known), a score from 0 to 1, and why."""

    key: str
    colour: str
    score: float | None
    told: str

    @property
    def label(self) -> str:
        """Its name."""
        return PARTS[self.key]


@dataclass(frozen=True)
class Computed:
    """The health of a project by its figures."""

    overall: str
    score: float | None
    parts: tuple[Part, ...]

    @property
    def kept(self) -> dict[str, Any]:
        """As a published report keeps it."""
        told = [{"key": one.key, "colour": one.colour, "score": one.score, "told": one.told} for one in self.parts]
        return {"overall": self.overall, "score": self.score, "parts": told}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Computed":
        """As a published report kept it."""
        return cls(kept["overall"], kept["score"], tuple(Part(**one) for one in kept["parts"])) if kept else NOTHING

    def worse_than(self, declared: Any) -> list[str]:
        """The names of what a report declares better than the figures say."""
        said = [("Overall", declared.overall, self.overall)]
        said += [(one.label, getattr(declared, one.key), one.colour) for one in self.parts]
        return [label for label, told, found in said if told and found and ORDER[told] > ORDER[found]]


NOTHING = Computed("", None, tuple(Part(key, "", None, "Nothing is known yet.") for key in PARTS))


class Indices:
    """The indices of many projects, each table read once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        rows = batch.of(Baseline).filter(is_current=True)
        found = list(rows.values_list("project_id", "start_date", "end_date", "figures"))
        self.start = batch.column((pk, start) for pk, start, _, _ in found)
        self.end = batch.column((pk, end) for pk, _, end, _ in found)
        self.cost = batch.column((pk, figures.get("cost")) for pk, _, _, figures in found)
        self.benefit = batch.column((pk, figures.get("benefit")) for pk, _, _, figures in found)

    @property
    def behind(self) -> Floats:
        """(projects,) days the end lies behind the baseline, or an open milestone behind its day, the larger."""
        slip = self.batch.field("end_date") - self.end
        return np.maximum(np.nan_to_num(slip), days_overdue(self.batch))

    @property
    def schedule(self) -> Floats:
        """(projects,) planned days / expected days; without a baseline the days of the project as it stands."""
        own = self.batch.field("end_date") - self.batch.field("start_date")
        planned = np.where(np.isnan(self.end - self.start), own, self.end - self.start)
        return _ratio(planned, planned + self.behind)

    @property
    def money(self) -> Floats:
        """(projects,) budget / outlook; without a budget or a forecast the cost of the baseline / the cost now."""
        month = self.batch.today.replace(day=1)
        sums = money_of(self.batch.rows, as_of=self.batch.as_of)
        budget = self.batch.column((pk, one.total("budget")) for pk, one in sums.items())
        outlook = self.batch.column((pk, one.outlook(month)) for pk, one in sums.items())
        forecast = self.batch.column((pk, one.total("forecast")) for pk, one in sums.items())
        planned = _ratio(np.where((budget > 0) & (forecast > 0), budget, np.nan), outlook)
        return np.where(np.isnan(planned), _ratio(self.cost, self.batch.field("cost")), planned)

    @property
    def scope(self) -> tuple[Floats, Floats]:
        """(projects,) 1 - what approved changes moved of the cost, and how many there were."""
        rows = self.batch.of(ChangeRequest).filter(state=ChangeState.APPROVED)
        moved = self.batch.summed(rows, Sum(Abs("cost_effect")))
        return np.maximum(1 - _ratio(moved, self.batch.field("cost")), 0), self.batch.summed(rows, Count("pk"))

    @property
    def people(self) -> Floats:
        """(projects,) the share of the hours needed in three months that somebody is booked for."""
        return np.clip(1 - unstaffed(self.batch) / 100, 0, 1)

    @property
    def value(self) -> Floats:
        """(projects,) the benefit now / that of the baseline."""
        return _ratio(self.batch.field("benefit"), self.benefit)


def read(batch: Batch) -> Iterator[tuple[int, Computed]]:
    """The computed health of every project of a batch."""
    if not len(batch.ids):
        return
    known = Indices(batch)
    behind, schedule, money, people, value = known.behind, known.schedule, known.money, known.people, known.value
    scope, changes = known.scope
    found = health(parts(schedule, money, np.full(len(batch.ids), np.nan), UTILISATION * people, value))
    colours = lights(scope)
    scores = np.stack([schedule, money, scope, people, value], 1)
    shown = np.stack(
        [*(found.parts.light[:, at] for at in (0, 1)), colours, *(found.parts.light[:, at] for at in (3, 4))], 1
    )
    for place, pk in enumerate(batch.ids):
        told = _told(float(behind[place]), scores[place], int(changes[place]))
        rows = zip(PARTS, shown[place], scores[place], told, strict=True)
        made = tuple(Part(key, COLOURS[Light(light)], _known(score), said) for key, light, score, said in rows)
        overall = found.light[place]
        lowered = overall == Light.GREEN and colours[place] == Light.RED
        yield int(pk), Computed(COLOURS[Light.AMBER if lowered else Light(overall)], _known(found.score[place]), made)


def _told(behind: float, scores: Floats, changes: int) -> list[str]:
    """Why each part is as it is, in a sentence."""
    days = (
        f"{words.counted(int(behind), 'day')} behind the baseline or a milestone"
        if behind > 0
        else "Nothing is behind"
    )
    texts = (
        f"{days}.", f"The budget is {_percent(scores[1])} of what it will have cost.",
        f"{words.counted(changes, 'approved change')} of its cost." if changes else "No change was approved.",
        f"{_percent(scores[3])} of the hours needed in three months are booked.",
        f"{_percent(scores[4])} of the benefit that was promised.",
    )  # fmt: skip
    unknown = (
        "It has no days to compare with.", "Neither a budget nor a baseline to compare with.",
        "The cost is not known.",
        "Nobody has said what people it needs.", "No benefit was promised in a baseline.",
    )  # fmt: skip
    return [no if np.isnan(score) else text for score, text, no in zip(scores, texts, unknown, strict=True)]


def _percent(share: float) -> str:
    return "" if np.isnan(share) else f"{round(100 * share)} %"


def _known(score: float) -> float | None:
    return None if np.isnan(score) else round(float(score), 4)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """part / whole, not below zero; NaN where there is no whole."""
    return np.maximum(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0), 0)
