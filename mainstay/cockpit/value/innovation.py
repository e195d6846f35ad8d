"""How quick and how new: from idea to finish in days, what each phase lets through, and how much revenue is new."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Min

from mainstay.charts import words
from mainstay.cockpit.value.facts import NOUNS, benefits_url, register_of
from mainstay.core.roles import Role
from mainstay.engine.benefits.innovation import stage_yield, vitality_index
from mainstay.portfolio.dashboard import PLACES, Content, Empty, Indicator, Part, Question, Sight
from mainstay.portfolio.models import Phase, Project
from mainstay.value.models.benefit import BenefitKind

DAY = timedelta(days=1)
YEARS, MONTHS = 3, 12
DEFINITIONS = {
    "market": "Days from the first entry in the register to the end of the work, the middle value over finished "
    "projects.",
    "decide": "Days from the first entry in the register to the first commitment, the middle value over what was "
    "ever committed.",
    "deliver": "Days from the first commitment to the end of the work, the middle value over finished projects.",
    "chosen": "Proposals that were committed, as a share of all on which was decided: committed or dropped.",
    "finished": "Committed projects that were finished, as a share of those that ended: finished or dropped.",
    "new": "Of the revenue read in the last twelve months, the part from benefits that first came within three years "
    "(vitality index).",
}
Times = dict[str, Any]


def _times(sight: Sight) -> Content:
    reached, now = _reached(sight), dict(sight.projects().order_by().values_list(sight.reading.key, "stage__phase"))
    if not now:
        return Content(empty=Empty("No project here yet."))
    ever = [times for pk, times in reached.items() if pk in now]
    ended = [reached[pk] for pk, phase in now.items() if phase == Phase.FINISHED and Phase.FINISHED in reached[pk]]
    spans = (
        ("From idea to end", "market", ended, "first", Phase.FINISHED),
        ("From idea to decision", "decide", ever, "first", Phase.COMMITTED),
        ("From decision to end", "deliver", ended, Phase.COMMITTED, Phase.FINISHED),
    )
    figures = [_span(label, key, _days(rows, begin, end), sight) for label, key, rows, begin, end in spans]
    figures += _yields(now, reached, sight)
    headline = f"work takes {figures[0].value} days from idea to end" if figures[0].amount is not None else ""
    return Content("", headline, tuple(figures))


def _reached(sight: Sight) -> dict[int, Times]:
    """When each project was first known, and first known in each phase."""
    rows = Project.Version.objects.filter(row_id__in=sight.projects().order_by().values(sight.reading.key))
    if sight.as_of is not None:
        rows = rows.filter(known_from__lte=sight.as_of)
    found: dict[int, Times] = defaultdict(dict)
    for pk, phase, moment in rows.order_by().values_list("row_id", "stage__phase").annotate(Min("known_from")):
        found[pk][phase] = moment
    for times in found.values():
        times["first"] = min(times.values())
    return found


def _days(rows: Sequence[Times], begin: str, end: str) -> list[float]:
    return [(row[end] - row[begin]) / DAY for row in rows if begin in row and end in row]


def _span(label: str, key: str, days: list[float], sight: Sight) -> Indicator:
    middle = statistics.median(days) if days else None
    text = words.MISSING if middle is None else words.number(middle)
    phases = (Phase.COMMITTED, Phase.FINISHED) if key == "decide" else (Phase.FINISHED,)
    counted = words.counted(len(days), "project")
    return Indicator(
        label, text, DEFINITIONS[key], sight.links.records(*phases), counted if days else "",
        unit="days" if days else "", amount=middle,
    )  # fmt: skip


def _yields(now: dict[int, str], reached: dict[int, Times], sight: Sight) -> list[Indicator]:
    """What the decision and the work itself let through."""
    chosen = sum(1 for pk in now if Phase.COMMITTED in reached[pk] or Phase.FINISHED in reached[pk])
    dropped = sum(1 for pk, phase in now.items() if phase == Phase.DROPPED)
    early = sum(1 for pk, phase in now.items() if phase == Phase.DROPPED and Phase.COMMITTED not in reached[pk])
    finished = sum(1 for phase in now.values() if phase == Phase.FINISHED)
    entered, passed = (chosen + early, finished + dropped - early), (chosen, finished)
    shares = stage_yield(entered, passed).tolist()
    records = sight.links.records
    urls = (records(Phase.COMMITTED, Phase.FINISHED), records(Phase.FINISHED))
    named = (("Chosen of decided", "chosen"), ("Finished of ended", "finished"))
    return [
        Indicator(
            label, words.MISSING if share != share else words.percent(share), DEFINITIONS[key], url,
            amount=None if share != share else share, have=have, of=of,
        )
        for (label, key), share, url, have, of in zip(named, shares, urls, passed, entered, strict=True)
    ]  # fmt: skip


def _new(sight: Sight) -> Content:
    register = register_of(sight)
    benefits, until = register.benefits.until(register.until), register.until
    recent = benefits.readings.month > until - MONTHS
    revenue = benefits.summed(np.where(recent, benefits.came, 0.0))
    chosen = (benefits.kind == str(BenefitKind.REVENUE)) & register.money & (benefits.target > 0) & (revenue > 0)
    if not chosen.any():
        return Content(empty=Empty("No revenue was read in the last twelve months.", benefits_url(sight), "Register"))
    age = np.maximum(until - benefits.first[chosen], 0) / MONTHS
    share = vitality_index(revenue[chosen], age, YEARS)
    whole = words.money(float(revenue[chosen].sum()), sight.currency)
    told = f"of {whole} in twelve months"
    one = Indicator(
        "New revenue", words.percent(share), DEFINITIONS["new"], benefits_url(sight), told, amount=share,
        have=int((age <= YEARS).sum()), of=int(chosen.sum()), noun="sources of revenue",
    )  # fmt: skip
    return Content(indicators=(one,))


PARTS = (
    Part(
        "time_to_market",
        "How quick we are",
        Question.COURSE,
        _times,
        PLACES,
        "How long work takes from the idea to the decision and to its end, and how much of it each decision lets "
        "through.",
        (Role.PMO_DIRECTOR,),
        is_wide=True,
        position=65,
    ),
    Part(
        "new_revenue",
        "How new our revenue is",
        Question.COURSE,
        _new,
        NOUNS,
        "How much of the revenue that benefits brought in the last twelve months comes from what is not three years "
        "old.",
        (Role.FINANCE,),
        position=66,
    ),
)
