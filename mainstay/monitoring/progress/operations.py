"""Every write of packages of work and of how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import EarningRule, ProgressReading, WorkPackage
from mainstay.portfolio.models import Milestone, Project
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"position", "name", "rule", "budget", "start_date", "end_date", "units", "unit", "milestones"})
MOST_READINGS = 5_000
MOST_PACKAGES = 500
SMALLEST = Decimal("0.0001")
MOST_UNITS = Decimal(10) ** 9
LARGEST_WEIGHT = 1_000_000
LONGEST_DAYS = 40 * 366


@dataclass(frozen=True)
class Done:
    """How far a package was on a day: a share from 0 to 1, or units for packages that count units."""

    package: WorkPackage
    date: date
    share: Decimal = Decimal(0)
    units: Decimal | None = None
    source: str = ""
    note: str = ""


@operation(Verb.PACKAGE_ADD)
def add_package(project: Project, *, actor: Actor, reason: str = "", **terms: Any) -> WorkPackage:
    """Add a package of work with its budget, its days and how it earns; it comes last unless a place is given."""
    access.require(actor, Verb.SEE_FIGURES, project)
    if WorkPackage.objects.filter(project=project).count() >= MOST_PACKAGES:
        raise Impossible(f"A project has {MOST_PACKAGES} packages at most.")
    last = WorkPackage.objects.filter(project=project).aggregate(last=Max("position"))["last"]
    package = WorkPackage(project=project, position=0 if last is None else last + 1)
    change(package, FIELDS, terms)
    return history.create(_checked(package))


@operation(Verb.PACKAGE_EDIT)
def edit_package(
    package: WorkPackage, *, actor: Actor, expected_version: int | None = None, reason: str = "", **terms: Any
) -> WorkPackage:
    """Change a package of work; the plan of an earlier baseline stays as it was frozen."""
    access.require(actor, Verb.SEE_FIGURES, package.scope)
    change(package, FIELDS, terms)
    return history.save(_checked(package))


@operation(Verb.PACKAGE_REMOVE)
def remove_package(
    package: WorkPackage, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> WorkPackage:
    """Take a package away that was never reported on; what was reported stays on record."""
    if ProgressReading.objects.filter(package=package).exists():
        raise Impossible(f"Progress of {package} is on record. Set its budget to zero instead.")
    history.remove(package)
    return package


@operation(Verb.PROGRESS_RECORD)
def record_progress(project: Project, *, actor: Actor, readings: Sequence[Done], reason: str = "") -> int:
    """Say how far packages of a project are, all of it or none; a day told before is told anew.

    Gives how many readings are new or changed.
    """
    if len(readings) > MOST_READINGS:
        raise ValidationError({"readings": f"At most {MOST_READINGS:,} readings at once."})
    wanted = {(one.package.pk, one.date): _reading(project, one) for one in readings}
    if len(wanted) < len(readings):
        raise ValidationError({"readings": "A package is told of twice on one day."})
    days = {day for _, day in wanted}
    stored = ProgressReading.objects.filter(package__project=project, date__in=days).select_related("package")
    known = {(one.package_id, one.date): one for one in stored}
    changed = [_told_anew(known[key], one) for key, one in wanted.items() if key in known]
    new = [one for key, one in wanted.items() if key not in known]
    return history.save_many(changed) + len(history.create_many(new))


def _reading(project: Project, done: Done) -> ProgressReading:
    """A reading in its stored form; what cannot be is refused."""
    package = done.package
    if package.project_id != project.pk:
        raise ValidationError({"package": f"{package} belongs to another project."})
    if done.date > timezone.localdate(surrounding().now()):
        raise ValidationError({"date": "Progress is told of days that have been."})
    share = done.share.quantize(SMALLEST)
    if package.rule == EarningRule.UNITS:
        if done.units is None or not 0 <= done.units <= MOST_UNITS:
            raise ValidationError({"units": f"Say how many units of {package} are done."})
        share = min(Decimal(1), done.units / package.units).quantize(SMALLEST)
    units = done.units if package.rule == EarningRule.UNITS else None
    told = {"source": done.source.strip(), "note": done.note.strip()}
    return ProgressReading(package=package, date=done.date, share=share, units=units, **told)


def _told_anew(known: ProgressReading, told: ProgressReading) -> ProgressReading:
    for name in ("share", "units", "source", "note"):
        setattr(known, name, getattr(told, name))
    return known


def _checked(package: WorkPackage) -> WorkPackage:
    """The package in its stored form; weights belong to milestones of its project."""
    package.name = package.name.strip()
    if package.rule != EarningRule.MILESTONES:
        package.milestones = {}
    if (package.end_date - package.start_date).days > LONGEST_DAYS:
        raise ValidationError({"end_date": "A package takes forty years at most."})
    weights = package.milestones.values()
    if not all(type(one) in {int, float} and 0 < one <= LARGEST_WEIGHT for one in weights):
        raise ValidationError({"milestones": "The weight of a milestone is a number above zero."})
    known = Milestone.objects.filter(project=package.project_id).values_list("pk", flat=True)
    if package.milestones.keys() - {str(pk) for pk in known}:
        raise ValidationError({"milestones": "Only milestones of the project itself have a weight."})
    return package
