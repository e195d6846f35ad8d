"""What the sample's office watches, what alerted in the last months, and what leaving five projects would cost."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import money
from mainstay.config.sample.staff import Staff
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.alerts.operations import create_rule, evaluate_now, take_alert
from mainstay.monitoring.control.operations import set_exit
from mainstay.monitoring.models import Alert, AlertState
from mainstay.portfolio.models import Portfolio, Project

WRITTEN, TERMS_SAID, TAKEN, LOOK_AGAIN = -84, -40, -12, 10
LOOKS = (-70, -56, -42, -28, -14, -2)
PLACE = "NORTHMOOR"


@dataclass(frozen=True)
class Watched:
    """A rule of the office."""

    name: str
    measure: str
    severity: str
    raise_at: float | None = None
    clear_at: float | None = None
    more: dict[str, Any] = field(default_factory=dict)


RULES = (
    Watched("Milestone five weeks late", "milestones.slip", "serious", 35.0, 14.0),
    Watched("Little left for what it still costs", "forward.ratio", "serious", 2.0, 2.2, {"side": "below"}),
    Watched("Nine tenths of the budget bound", "budget.bound", "warning", 90.0, 85.0),
    Watched("A quarter of the hours without people", "people.missing", "warning", 25.0, 15.0),
    Watched("No report for six weeks", "report.silence", "notice", more={"kind": "silence", "days": 42}),
)
# What stopping costs, what would be left, and what a month at rest costs, in millions.
TERMS = {
    "DIG-004": (1.9, 0.4, 0.06, "The supplier's licence runs on for a year; the tested interfaces stay useful."),
    "WAT-018": (2.2, 0.0, 0.09, "The half-raised spillway has to be made safe before any winter."),
    "WAT-011": (1.1, 0.2, 0.05, "Two streets are open; pipes in the yard can be used elsewhere."),
    "POW-006": (0.8, 3.1, 0.03, "The cells can be returned or sold while they are new."),
    "DIG-010": (0.3, 0.1, 0.02, "Contracts end at a month's notice."),
}
NOTE = "The contractor works weekends until the date holds again."


def enter(staff: Staff, diary: Diary) -> None:
    """Write the rules, the looks at the figures and the terms of exit into the diary."""
    diary.enter(WRITTEN, partial(_write, staff), hour=10)
    diary.enter(TERMS_SAID, partial(_say, staff), hour=10)
    for day in LOOKS:
        diary.enter(day, _look, hour=21)
    diary.enter(TAKEN, partial(_take, staff, diary), hour=11)


def _write(staff: Staff) -> None:
    place = Portfolio.objects.get(code=PLACE)
    for one in RULES:
        limits = {"raise_at": one.raise_at, "clear_at": one.clear_at}
        terms = {"name": one.name, "measure": one.measure, "severity": one.severity}
        create_rule(place, actor=staff["priya"], **terms, **limits, **one.more)


def _say(staff: Staff) -> None:
    for code, (*amounts, note) in TERMS.items():
        project = Project.objects.get(code=code)
        stop_cost, salvage, pause_cost = (money(each) or Decimal(0) for each in amounts)
        terms = {"stop_cost": stop_cost, "salvage": salvage, "pause_cost": pause_cost, "note": note}
        set_exit(project, actor=staff["priya"], **terms)


def _look() -> None:
    evaluate_now(Portfolio.objects.get(code=PLACE), actor=MAINSTAY)


def _take(staff: Staff, diary: Diary) -> None:
    """The manager of the latest milestone takes its alert over."""
    standing = Alert.objects.exclude(state=AlertState.CLEARED).filter(rule__measure="milestones.slip")
    alert = standing.filter(project__manager__isnull=False).order_by("-value", "pk").first()
    if alert is not None:
        manager = staff[alert.project.manager.username]
        take_alert(alert, actor=manager, note=NOTE, follow_up=diary.day(LOOK_AGAIN))
