"""Packages of work and their progress in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import ProgressReading
from mainstay.monitoring.progress.operations import Done, add_package, record_progress
from mainstay.portfolio.models import Project
from tests.permissions.rows import KeyOf, Room, Row

_PROJECT, _PACKAGE, _FRESH = {"code": "project"}, {"package_id": "package"}, {"package_id": "fresh_package"}
_DAYS = {"start_date": "2026-01-01", "end_date": "2026-06-30"}
_NEW = {"name": "Civil works", "budget": "600.00", "rule": "physical", **_DAYS}
_CHANGED = _NEW | {"version": "1", "position": "0"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A package that was told of and a fresh one, in Networks and where it is secret."""
    return _planned(world.pumps, "Civil works"), _planned(world.heron, "Works zq7secret")


def _planned(project: Project, name: str) -> dict[str, Any]:
    days = {"start_date": date(2026, 1, 1), "end_date": date(2026, 6, 30)}
    made = add_package(project, actor=MAINSTAY, name=name, budget=Decimal("77123.45"), **days)
    fresh = add_package(project, actor=MAINSTAY, name=f"{name}, second part", budget=Decimal(1), **days)
    record_progress(project, actor=MAINSTAY, readings=[Done(made, date(2026, 1, 31), Decimal("0.1"), note=name)])
    return {"package": made.pk, "fresh_package": fresh.pk, "reading": ProgressReading.objects.latest("pk").pk}


ROOM = Room(
    pages={
        "progress": Row(Verb.SEE_FIGURES, place="somewhere"),
        "project_progress": Row(Verb.SEE_FIGURES, arguments=_PROJECT),
        "progress_record": Row(
            Verb.PROGRESS_RECORD, Verb.PROGRESS_RECORD, arguments=_PROJECT, sent={"date": "2026-02-28"}
        ),
        "package_new": Row(Verb.PACKAGE_ADD, Verb.PACKAGE_ADD, arguments=_PROJECT, sent=_NEW),
        "package": Row(Verb.SEE_FIGURES, Verb.PACKAGE_EDIT, arguments=_FRESH, sent=_CHANGED),
        "package_removal": Row(None, Verb.PACKAGE_REMOVE, arguments=_FRESH),
    },
    arguments={"package_id": "fresh_package"},
    sent={
        "package.add": _NEW,
        "package.edit": {"name": "Civil works, both sides"},
        "progress.record": {"date": "2026-02-28", "packages": [{"package": KeyOf("fresh_package"), "share": "0.4"}]},
    },
    reads={
        "see.package": Verb.SEE_FIGURES,
        "see.project.earnedvalue": Verb.SEE_FIGURES,
        "see.portfolio.earnedvalue": Verb.SEE_FIGURES,
    },
    placed=frozenset({"package", "fresh_package"}),
    furnish=furnish,
)
