"""Packages of work in the sample, and how far they were month by month: running work, and what has closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from mainstay.config.sample import milestones
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import FILES, Facts, money
from mainstay.config.sample.staff import Staff
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import EarningRule, WorkPackage
from mainstay.monitoring.progress.operations import Done, add_package, record_progress
from mainstay.portfolio.models import Milestone, Project

RUNNING, FINISHED = frozenset({"active", "closing"}), "closed"
MOST_RUNNING, MOST_FINISHED, MONTHS, PLANNED_AFTER = 5, 3, 12, 4
PACE = {"green": 1.0, "amber": 0.9, "red": 0.76}
SOURCE = {"build": "Site report", "network": "Site report", "digital": "Jira", "change": "Project diary"}
NOTES = {
    "red": ("Ground worse than the survey said", "Second crew still not on site", "Tests failed and are run again"),
    "amber": ("Waiting for a road closure", "Supplier two weeks behind", "One designer short since May"),
}


@dataclass(frozen=True)
class Part:
    """A package of a kind of work: its share of the cost, and where it lies between start and end, 0 to 1."""

    name: str
    rule: str
    share: float
    begin: float
    end: float
    units: int = 0
    unit: str = ""
    weights: tuple[tuple[str, int], ...] = ()


MANAGEMENT = Part("Project management", EarningRule.EFFORT, 0.08, 0.0, 1.0)
CONSENTS = (("Outline design agreed", 2), ("Consents granted", 3), ("Construction contract awarded", 1))
PARTS = {
    "build": (
        Part("Design, consents and contract", EarningRule.MILESTONES, 0.16, 0.0, 0.35, weights=CONSENTS),
        Part("Access roads and site set-up", EarningRule.HALVES, 0.1, 0.1, 0.3),
        Part("Main structure", EarningRule.PHYSICAL, 0.44, 0.22, 0.8),
        Part("Pumps, pipes and controls", EarningRule.PHYSICAL, 0.22, 0.45, 0.95),
        MANAGEMENT,
    ),
    "network": (
        Part("Survey and design", EarningRule.PHYSICAL, 0.1, 0.0, 0.2),
        Part("Materials delivered to the yard", EarningRule.ALL_AT_END, 0.2, 0.12, 0.34),
        Part("Laying and jointing", EarningRule.UNITS, 0.5, 0.22, 0.92, 18_400, "metres"),
        Part("Switching over and reinstatement", EarningRule.PHYSICAL, 0.12, 0.45, 1.0),
        MANAGEMENT,
    ),
    "digital": (
        Part("Requirements and design", EarningRule.PHYSICAL, 0.15, 0.0, 0.25),
        Part("Licences and platform", EarningRule.ALL_AT_END, 0.2, 0.15, 0.35),
        Part("Releases", EarningRule.UNITS, 0.42, 0.25, 0.85, 24, "releases"),
        Part("Data and training", EarningRule.HALVES, 0.15, 0.6, 1.0),
        MANAGEMENT,
    ),
    "change": (
        Part("Consultation", EarningRule.PHYSICAL, 0.2, 0.0, 0.3),
        Part("Pilot", EarningRule.HALVES, 0.3, 0.2, 0.55),
        Part("In use everywhere", EarningRule.PHYSICAL, 0.42, 0.45, 1.0),
        MANAGEMENT,
    ),
}


def enter(projects: list[Facts], _: Staff, diary: Diary) -> None:
    """Write the packages and what was told of them into the diary."""
    known = [one for one in projects if one.cost and one.portfolio != "HERON" and one.kind in PARTS]
    running = _some([one for one in known if one.stage in RUNNING], MOST_RUNNING)
    finished = _some([one for one in known if one.stage == FINISHED], MOST_FINISHED)
    for facts in (*running, *finished):
        diary.enter(facts.start + PLANNED_AFTER, partial(_plan, facts, diary), hour=16)
    for facts in finished:
        told = partial(_record, facts, diary, list(_life(facts, diary)))
        diary.enter(facts.end + milestones.slip(facts) + 4, told, hour=16)
    for facts in running:
        for last in _year(facts, diary):
            diary.enter((last - diary.today).days + 3, partial(_record, facts, diary, [last]), hour=17)


def _some(projects: list[Facts], most: int) -> list[Facts]:
    """The first few of each portfolio."""
    places = [[one for one in projects if one.portfolio == place][:most] for place in FILES]
    return [one for place in places for one in place]


def _year(facts: Facts, diary: Diary) -> Iterator[date]:
    """The last days of the past year's months in which the project ran."""
    for back in range(MONTHS, 0, -1):
        last = month_after(diary.today, 1 - back) - timedelta(days=1)
        if last > diary.day(facts.start + 14) and (last - diary.today).days + 3 < 0:
            yield last


def _life(facts: Facts, diary: Diary) -> Iterator[date]:
    """The last day of each month from start to hand-over, and the day of that."""
    over = diary.day(facts.end + milestones.slip(facts))
    last = month_after(diary.day(facts.start), 1) - timedelta(days=1)
    while last < over:
        yield last
        last = month_after(last, 2) - timedelta(days=1)
    yield over


def _health(facts: Facts) -> str:
    return facts.reports[-1].health if facts.reports else "green"


def _plan(facts: Facts, diary: Diary) -> None:
    project, cost = Project.objects.get(code=facts.code), money(facts.cost_was or facts.cost) or Decimal(0)
    due = {row.name: str(row.pk) for row in Milestone.objects.filter(project=project)}
    long = facts.end - facts.start
    for part in PARTS[facts.kind]:
        add_package(
            project,
            actor=project.manager,
            name=part.name,
            rule=part.rule,
            budget=(cost * Decimal(str(part.share))).quantize(Decimal("1E3")).quantize(Decimal("0.01")),
            start_date=diary.day(facts.start + long * part.begin),
            end_date=diary.day(facts.start + long * part.end),
            units=part.units or None,
            unit=part.unit,
            milestones={due[name]: weight for name, weight in part.weights},
        )


def _record(facts: Facts, diary: Diary, days: list[date]) -> None:
    project = Project.objects.get(code=facts.code)
    packages = {row.name: row for row in WorkPackage.objects.filter(project=project)}
    told = [
        one
        for part in PARTS[facts.kind]
        if part.rule not in {EarningRule.EFFORT, EarningRule.MILESTONES}
        for one in _told(facts, part, packages[part.name], days, diary)
    ]
    if told:
        record_progress(project, actor=project.manager, readings=told)


def _told(facts: Facts, part: Part, package: WorkPackage, days: list[date], diary: Diary) -> Iterator[Done]:
    """What was told of a package on days on which it had begun."""
    dice = Random(f"{facts.code} {part.name}")  # noqa: S311  (invented figures, the same every time)
    uneven, lag = dice.uniform(-0.02, 0.03), dice.uniform(0.0, 0.02)
    for day in days:
        share = _share(facts, part, (day - diary.day(facts.start)).days, uneven - lag)
        if share <= 0:
            continue
        units = round(part.units * share) if part.units else None
        notes = NOTES.get(_health(facts), ())
        note = notes[day.month % len(notes)] if notes and share < 1 and day.month % 3 == facts.number % 3 else ""
        yield Done(
            package, day, Decimal(f"{share:.2f}"), None if units is None else Decimal(units), SOURCE[facts.kind], note
        )


def _share(facts: Facts, part: Part, passed: int, uneven: float) -> float:
    """How much of a package is done after some days: slow at both ends, slower in troubled projects."""
    long = facts.end - facts.start + (milestones.slip(facts) if facts.stage == FINISHED else 0)
    pace = 1.0 if facts.stage == FINISHED else PACE[_health(facts)]
    way = (passed / long * pace + uneven * (facts.stage != FINISHED) - part.begin) / (part.end - part.begin)
    way = min(max(way, 0.0), 1.0)
    return 0.6 * way + 0.4 * way * way * (3 - 2 * way)
