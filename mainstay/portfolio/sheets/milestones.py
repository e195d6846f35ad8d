"""Milestones as a list, each known by its project and its name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mainstay.core.exchange import Column, Entry, Importer, Kind, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Milestone, Portfolio, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found


class MilestoneSheet(RegisterSheet):
    """Milestones of the projects in a portfolio."""

    name = "milestones"
    label = "Milestones"
    keys = ("name",)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Project, name and dates."""
        return (
            Column("project", "Project", Kind.CODE, required=True, also_called=("Project code", "Project key")),
            Column("name", "Name", required=True, longest=200, also_called=("Milestone", "Title")),
            Column("due_date", "Due", Kind.DATE, required=True, also_called=("Due date", "Planned", "Baseline")),
            Column("forecast_date", "Forecast", Kind.DATE, also_called=("Forecast date", "Expected")),
            Column("done_date", "Done", Kind.DATE, also_called=("Done date", "Actual", "Completed")),
        )

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, written from a milestone."""
        codes = dict(Reading(user, as_of).projects().values_list(Reading(user, as_of).key, "code"))
        special = {"project": lambda row: codes.get(row.project_id, "")}
        return tuple(
            replace(column, write=special.get(column.name) or _attribute(column.name)) for column in self.columns()
        )

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The milestones of the projects the person may see, by project and date."""
        rows = Milestone.objects.as_of(as_of).visible_to(user).order_by("project_id", "due_date", "pk")
        if within is None:
            return rows
        return rows.filter(project__portfolio__in=Reading(user, as_of).below(within.pk))

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into milestones."""
        return MilestoneImporter(entries, target, actor, columns)


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class MilestoneImporter(SimpleImporter):
    """Turns entries into milestones."""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        projects = Project.objects.visible_to(actor, Verb.ROWS_IMPORT).filter(path__startswith=target.path)
        self.projects: dict[str, Project] = {}
        for project in projects.only("code", "external_key", "name", "path", "seal"):
            self.projects[project.external_key.casefold()] = project
            self.projects[project.code.casefold()] = project
        self.projects.pop("", None)
        rows = Milestone.objects.filter(project__path__startswith=target.path).select_related("project")
        self.known = {(row.project_id, row.name): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        project = (entry.values.get("project") or "").casefold()
        return [("name", (project, entry.values.get("name")))]

    def existing(self, entry: Entry) -> Milestone | None:
        project = found(self.projects, entry.values.get("project"), "project")
        return self.known.get((project.pk, entry.values.get("name") or ""))

    def fresh(self, entry: Entry) -> Milestone:
        return Milestone(project=found(self.projects, entry.values.get("project"), "project"))

    def put_project(self, row: Milestone, value: str | None) -> None:
        """The project is what the milestone was found by."""
