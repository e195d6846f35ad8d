"""Business cases, their risks and their assumptions as lists, each known by its project."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from mainstay.core.exchange import Column, Entry, Importer, Kind, NewField
from mainstay.core.verbs import Verb
from mainstay.identification.models import (
    Assumption,
    Belief,
    BusinessCase,
    Grain,
    Option,
    OptionKind,
    Response,
    Risk,
    RiskKind,
)
from mainstay.identification.operations.cases import DO_NOTHING, PROPOSAL
from mainstay.identification.operations.options import add_option
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found

PROJECT = Column(
    "project", "Project", Kind.CODE, required=True, also_called=("Project code", "Project key", "External key", "Key")
)
OWNER = Column("owner", "Owner", Kind.PERSON, also_called=("Responsible", "Answers for it"))


class OfProjects(RegisterSheet):
    """A list whose rows belong to projects by way of their business case."""

    model: ClassVar[Any]
    to_project: ClassVar[str]
    """The way from a row to the id of its project."""

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The columns of the list, written from a row."""
        return tuple(replace(column, write=self.writer(column.name)) for column in self.columns())

    def writer(self, name: str) -> Any:
        """What writes a column; the project stands there by its code."""
        if name == "project":
            return lambda row: self.project_of(row).code
        if name == "owner":
            return lambda row: row.owner.username if row.owner_id else ""
        return lambda row: getattr(row, name)

    def project_of(self, row: Any) -> Any:
        """The project a row belongs to."""
        for step in self.to_project.removesuffix("_id").split("__"):
            row = getattr(row, step)
        return row

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The rows of the cases the person may read, of projects only."""
        rows = self.model.objects.as_of(as_of).visible_to(user).filter(**{f"{self.to_project}__isnull": False})
        rows = rows.select_related(self.to_project.removesuffix("_id")).order_by(self.to_project, "pk")
        if within is None:
            return rows
        below = Reading(user, as_of).below(within.pk)
        return rows.filter(**{f"{self.to_project.removesuffix('_id')}__portfolio__in": below})


class OfProjectsImporter(SimpleImporter):
    """Finds projects and their cases, once for the whole file."""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        projects = Project.objects.visible_to(actor, Verb.ROWS_IMPORT).filter(path__startswith=target.path)
        self.projects: dict[str, Project] = {}
        for project in projects.only("code", "external_key", "name", "path", "seal", "currency", "start_date"):
            self.projects[project.external_key.casefold()] = project
            self.projects[project.code.casefold()] = project
        self.projects.pop("", None)
        rows = BusinessCase.objects.filter(project__path__startswith=target.path).select_related("project")
        self.cases = {case.project_id: case for case in rows}
        self.owners = self.people()

    def project(self, entry: Entry) -> Project:
        """The project a row of the file names."""
        project: Project = found(self.projects, entry.values.get("project"), "project")
        return project

    def case(self, entry: Entry) -> BusinessCase:
        """The case of that project."""
        project = self.project(entry)
        cases = {project.code.casefold(): self.cases[project.pk]} if project.pk in self.cases else {}
        case: BusinessCase = found(cases, project.code, "business case of")
        return case

    def put_project(self, row: Any, value: str | None) -> None:
        """The project is what the row was found by."""

    def put_owner(self, row: Any, value: str | None) -> None:
        """Who answers for it."""
        row.owner_id = self.owners.id_of(value) if value else None


class CaseSheet(OfProjects):
    """Business cases: why, and over which time."""

    name = "cases"
    label = "Business cases"
    keys = ("project",)
    model = BusinessCase
    to_project = "project_id"

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """The words of a case and its periods."""
        return (
            PROJECT,
            Column("problem", "Problem and purpose", Kind.LONG_TEXT, longest=10_000, is_figure=True),
            Column("consequences", "If nothing is done", Kind.LONG_TEXT, longest=10_000, is_figure=True),
            Column("grain", "Periods are", Kind.CHOICE, choices=tuple(Grain.choices), also_called=("Grain",)),
            Column("first_period", "First period starts", Kind.DATE, required=True, also_called=("First period",)),
            Column("periods", "Number of periods", Kind.NUMBER, decimals=0, also_called=("Periods",)),
            Column("currency", "Currency", longest=3),
        )

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into cases."""
        return CaseImporter(entries, target, actor, columns)

    def follow(self, rows: Sequence[Any], actor: Any) -> None:
        """A new case gets doing nothing as its baseline, and the proposal."""
        for case in rows:
            add_option(case, actor=actor, name=DO_NOTHING, kind=OptionKind.DO_NOTHING)
            add_option(case, actor=actor, name=PROPOSAL, is_preferred=True)


class CaseImporter(OfProjectsImporter):
    """Turns entries into business cases."""

    texts = frozenset({"problem", "consequences"})

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("project", (entry.values.get("project") or "").casefold())]

    def existing(self, entry: Entry) -> BusinessCase | None:
        return self.cases.get(self.project(entry).pk)

    def fresh(self, entry: Entry) -> BusinessCase:
        project = self.project(entry)
        return BusinessCase(project=project, currency=project.currency)

    def put_grain(self, row: BusinessCase, value: str | None) -> None:
        """Nothing given leaves the length of the periods alone."""
        row.grain = value or row.grain

    def put_periods(self, row: BusinessCase, value: Any) -> None:
        """Nothing given leaves their number alone."""
        row.periods = int(value) if value is not None else row.periods

    def put_currency(self, row: BusinessCase, value: str | None) -> None:
        """Nothing given leaves the currency alone."""
        row.currency = (value or row.currency).upper()


class RiskSheet(OfProjects):
    """Risks of business cases."""

    name = "case-risks"
    label = "Business cases: risks"
    keys = ("name",)
    model = Risk
    to_project = "case__project_id"

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """A risk with its figures."""
        return (
            PROJECT,
            Column("name", "Risk", required=True, longest=160, is_figure=True, also_called=("Name",)),
            Column("kind", "Kind", Kind.CHOICE, choices=tuple(RiskKind.choices)),
            Column("cause", "Cause", longest=500, is_figure=True),
            Column("effect", "Effect", longest=500, is_figure=True),
            OWNER,
            Column("probability", "Probability (0 to 1)", Kind.NUMBER, required=True, decimals=3, is_figure=True,
                   also_called=("Probability",)),
            Column("impact", "Impact", Kind.MONEY, required=True, is_figure=True),
            Column("response", "Response", Kind.CHOICE, choices=tuple(Response.choices)[1:]),
            Column("plan", "What we do", longest=500, is_figure=True, also_called=("Plan", "Action")),
            Column("residual_probability", "Probability after the response", Kind.NUMBER, decimals=3, is_figure=True),
            Column("residual_impact", "Impact after the response", Kind.MONEY, is_figure=True),
            Column("is_closed", "Closed", Kind.YES_NO),
        )  # fmt: skip

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into risks."""
        return PartImporter(entries, target, actor, columns, Risk, "name")


class AssumptionSheet(OfProjects):
    """Assumptions of business cases."""

    name = "case-assumptions"
    label = "Business cases: assumptions"
    keys = ("text",)
    model = Assumption
    to_project = "case__project_id"

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """An assumption with its evidence."""
        return (
            PROJECT,
            Column("text", "We assume that", required=True, longest=500, is_figure=True, also_called=("Assumption",)),
            OWNER,
            Column("evidence", "Evidence", Kind.LONG_TEXT, longest=2_000, is_figure=True),
            Column("belief", "State", Kind.CHOICE, choices=tuple(Belief.choices)),
            Column("check_by", "Check by", Kind.DATE),
        )

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into assumptions."""
        return PartImporter(entries, target, actor, columns, Assumption, "text")


class PartImporter(OfProjectsImporter):
    """Turns entries into risks or assumptions, found again by the case and their words."""

    texts = frozenset({"cause", "effect", "plan", "evidence", "response"})

    def __init__(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column], model: Any, key: str
    ) -> None:
        super().__init__(entries, target, actor, columns)
        self.model, self.key = model, key
        cases = {case.pk: case for case in self.cases.values()}
        self.known: dict[tuple[int, str], Any] = {}
        for row in model.objects.filter(case__in=cases):
            row.case = cases[row.case_id]
            self.known[row.case_id, getattr(row, key)] = row

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        project = (entry.values.get("project") or "").casefold()
        return [(self.key, (project, entry.values.get(self.key)))]

    def existing(self, entry: Entry) -> Any:
        return self.known.get((self.case(entry).pk, entry.values.get(self.key) or ""))

    def fresh(self, entry: Entry) -> Any:
        return self.model(case=self.case(entry))

    def put_kind(self, row: Risk, value: str | None) -> None:
        """Nothing given leaves it alone."""
        row.kind = value or row.kind

    def put_belief(self, row: Assumption, value: str | None) -> None:
        """Nothing given leaves it alone."""
        row.belief = value or row.belief

    def put_is_closed(self, row: Risk, value: bool | None) -> None:
        """Nothing given means open."""
        row.is_closed = bool(value)


def option_of(options: Sequence[Option], name: str | None) -> Option | None:
    """The option of that name; without one the preferred."""
    if not name:
        return next((option for option in options if option.is_preferred), None)
    called = [option for option in options if option.name.casefold() == name.casefold()]
    if called:
        return called[0]
    kinds = {label.casefold(): kind for kind, label in OptionKind.choices}
    return next((option for option in options if option.kind == kinds.get(name.casefold())), None)
