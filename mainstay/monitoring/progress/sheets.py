"""Packages of work and their progress as lists: taken over from a plan, from Jira or from a site report."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import EarningRule, ProgressReading, WorkPackage
from mainstay.monitoring.progress.operations import SMALLEST
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.sheets.keyed import KeyedImporter, KeyedSheet
from mainstay.portfolio.sheets.simple import found

PROJECT = Column("project", "Project", Kind.CODE, required=True, also_called=("Project code", "Project key"))
PACKAGES = (
    PROJECT,
    Column("name", "Package", required=True, longest=160, also_called=("Work package", "Task", "Name", "Epic")),
    Column("position", "Place", Kind.NUMBER, also_called=("Position", "Order")),
    Column("rule", "Earns by", Kind.CHOICE, choices=tuple(EarningRule.choices), also_called=("Rule", "EV method")),
    Column("budget", "Budget", Kind.MONEY, required=True, also_called=("Baseline cost", "Cost")),
    Column("start_date", "Start", Kind.DATE, required=True, also_called=("Start date", "Baseline start")),
    Column("end_date", "End", Kind.DATE, required=True, also_called=("End date", "Finish", "Baseline finish")),
    Column("units", "Units planned", Kind.NUMBER, also_called=("Quantity",)),
    Column("unit", "Unit", longest=40),
)
PROGRESS = (
    PROJECT,
    Column("package", "Package", required=True, longest=160, also_called=("Work package", "Task", "Epic")),
    Column("date", "As of", Kind.DATE, required=True, also_called=("Date", "Status date", "Day")),
    Column("share", "Done, %", Kind.NUMBER, also_called=("Done", "% complete", "Percent complete", "Complete")),
    Column("units", "Units done", Kind.NUMBER, also_called=("Quantity done",)),
    Column("source", "Source", longest=60),
    Column("note", "Note", longest=300, also_called=("Comment",)),
)


class OfPackages(KeyedImporter):
    """Turns entries into packages, or into what is told of them, of the projects of the target."""

    verb: ClassVar[Verb]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        place = {"path__startswith": self.target.path} if self.target.pk else {"pk": None}
        seen = Project.objects.visible_to(self.actor, Verb.SEE_FIGURES).values("pk")
        projects = Project.objects.visible_to(self.actor, self.verb).filter(**place, pk__in=seen)
        self.projects = {project.code.casefold(): project for project in projects}
        self.packages = WorkPackage.objects.filter(project__in=projects).select_related("project")
        self.look_up()

    def look_up(self) -> None:
        """Keep the rows that may be found again."""
        raise NotImplementedError

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        said = tuple(str(entry.values.get(name) or "").strip().casefold() for name in self.identity)
        return [(self.named, said)] if all(said) else []

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that make out a row."""
        raise NotImplementedError


class PackageImporter(OfPackages):
    """Turns entries into packages, found by project and name."""

    verb, named = Verb.PACKAGE_EDIT, "name"
    identity = ("project", "name")
    texts: ClassVar[frozenset[str]] = frozenset({"unit"})

    def look_up(self) -> None:
        self.remember_named(self.packages)

    def remember_named(self, rows: Any) -> None:
        """Keep packages by project and name."""
        self.by_told = {(row.project_id, row.name.casefold()): row for row in rows}
        self.by_key, self.stored = {}, {}

    def told(self, entry: Entry) -> tuple[int, str]:
        project = found(self.projects, entry.values.get("project"), "project")
        return project.pk, (entry.values.get("name") or "").strip().casefold()

    def fresh(self, entry: Entry) -> WorkPackage:
        return WorkPackage()

    def put_project(self, row: WorkPackage, value: str | None) -> None:
        """A project of the target; a package is found by it, so it never moves."""
        row.project = found(self.projects, value, "project")

    def put_position(self, row: WorkPackage, value: Decimal | None) -> None:
        """First where the file says nothing."""
        row.position = int(value or 0)

    def put_rule(self, row: WorkPackage, value: str | None) -> None:
        """Judged where the file says nothing."""
        row.rule = value or EarningRule.PHYSICAL


class ProgressImporter(OfPackages):
    """Turns entries into what is told of a package on a day."""

    verb, named = Verb.PROGRESS_RECORD, "package"
    identity = ("project", "package", "date")
    texts: ClassVar[frozenset[str]] = frozenset({"source", "note"})

    def look_up(self) -> None:
        self.named_packages = {(row.project_id, row.name.casefold()): row for row in self.packages}
        rows = ProgressReading.objects.filter(package__in=self.packages).select_related("package__project")
        self.by_told = {(row.package_id, row.date): row for row in rows}
        self.by_key, self.stored = {}, {}

    def told(self, entry: Entry) -> tuple[int, date | None]:
        return self._package(entry).pk, entry.values.get("date")

    def fresh(self, entry: Entry) -> ProgressReading:
        return ProgressReading(share=Decimal(0))

    def _package(self, entry: Entry) -> WorkPackage:
        project = found(self.projects, entry.values.get("project"), "project")
        name = (entry.values.get("package") or "").strip()
        package = self.named_packages.get((project.pk, name.casefold()))
        if package is None:
            raise BadCell(f"{project.code} has no package {name}.", "Import the packages first.")
        return package

    def put(self, row: ProgressReading, entry: Entry, name: str, value: Any) -> None:
        """Project and package name the package together; a day lies in the past."""
        if name == "project":
            row.package = self._package(entry)
        elif name == "date" and value and value > timezone.localdate():
            raise BadCell("Progress is told of days that have been.", "Take the row out until then.")
        elif name == "share":
            row.share = (Decimal(value or 0) / 100).quantize(SMALLEST)
        elif name != "package":
            super().put(row, entry, name, value)
        if name == list(entry.values)[-1] and entry.is_sound:
            self._settle(row)

    def _settle(self, row: ProgressReading) -> None:
        """Units done become the share done."""
        package = row.package
        if package.rule != EarningRule.UNITS:
            row.units = None
        elif row.units is None or row.units < 0:
            raise BadCell(f"{package} counts units.", "Fill in the units done.")
        else:
            row.share = min(Decimal(1), row.units / package.units).quantize(SMALLEST)


class OfPackagesSheet(KeyedSheet):
    """Rows of packages of projects below a portfolio."""

    def list_url(self, target: Portfolio) -> str:
        """The progress of the portfolio."""
        return f"{reverse('progress')}?portfolio={target.code}"


class PackageSheet(OfPackagesSheet):
    """Packages of work with budget, days and rule."""

    name, label, keys = "packages", "Work packages", ("name",)
    told, verb, reader, place = PACKAGES, Verb.PACKAGE_EDIT, PackageImporter, "project__portfolio"

    def writers(self) -> dict[str, Any]:
        """Project by code."""
        return {"project": lambda row: row.project.code}

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every package of projects whose figures the person may see."""
        return WorkPackage.objects.as_of(as_of).visible_to(user).select_related("project")


class ProgressSheet(OfPackagesSheet):
    """How far packages were, by day."""

    name, label, keys = "progress", "Progress", ("package",)
    told, verb, reader, place = PROGRESS, Verb.PROGRESS_RECORD, ProgressImporter, "package__project__portfolio"

    def writers(self) -> dict[str, Any]:
        """Project by code, package by name."""
        return {
            "project": lambda row: row.package.project.code,
            "package": lambda row: row.package.name,
            "share": lambda row: row.share * 100,
        }

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Everything told of packages of projects whose figures the person may see."""
        return ProgressReading.objects.as_of(as_of).visible_to(user).select_related("package__project")
