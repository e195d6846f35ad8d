"""Rows of projects as lists: taken over from another system, found again by their key there."""

from datetime import datetime
from typing import Any, ClassVar

from mainstay.core import access
from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.sheets.keyed import KeyedImporter, KeyedSheet
from mainstay.portfolio.sheets.simple import found

PROJECT = Column("project", "Project", Kind.CODE, required=True, also_called=("Project code", "Project key"))
OWNER = Column("owner", "Owner", Kind.PERSON, also_called=("Assignee", "Responsible"))


class OfProjectImporter(KeyedImporter):
    """Turns entries into rows of the projects of the target; a row stays with its project."""

    model: ClassVar[Any]
    verb: ClassVar[Verb]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        place = {"path__startswith": self.target.path} if self.target.pk else {"pk": None}
        projects = Project.objects.visible_to(self.actor, self.verb).filter(**place)
        self.projects = {project.code.casefold(): project for project in projects}
        self.everybody, self.owners = self.people(), dict[int, Person]()
        rows = self.model.objects.visible_to(self.actor).filter(project__in=projects)
        self.remember(rows.select_related("project"))

    def told(self, entry: Entry) -> tuple[int, str]:
        project = found(self.projects, entry.values.get("project"), "project")
        return project.pk, (entry.values.get(self.named) or "").strip()

    def told_of(self, row: Any) -> tuple[int, str]:
        return row.project_id, str(getattr(row, self.named))

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        if entry.values.get("external_key"):
            return super().keys_of(entry)
        told = tuple((entry.values.get(name) or "").strip().casefold() for name in ("project", self.named))
        return [(self.named, told)] if all(told) else []

    def fresh(self, entry: Entry) -> Any:
        return self.model()

    def put_project(self, row: Any, value: str | None) -> None:
        """A project of the target; a row stays with its project."""
        project = found(self.projects, value, "project")
        if row.pk and row.project_id != project.pk:
            raise BadCell("The key belongs to a row of another project.", "Give the new one a key of its own.")
        row.project = project

    def put_owner(self, row: Any, value: str | None) -> None:
        """Who sees to it: somebody who may see the project."""
        row.owner_id = self.everybody.id_of(value) if value else None

    def refuse(self, row: Any) -> None:
        """Whoever newly is to see to it must be able to see it."""
        stored = self.stored.get(row.pk)
        if row.owner_id is None or (stored and stored.owner_id == row.owner_id):
            return
        if row.owner_id not in self.owners:
            self.owners[row.owner_id] = Person.objects.get(pk=row.owner_id)
        owner = self.owners[row.owner_id]
        if not access.may(owner, Verb.SEE_REGISTER, row.project):
            raise BadCell(f"{owner} may not see {row.project}.", "Give them a part in the project first.")


class OfProjectSheet(KeyedSheet):
    """Rows of projects below a portfolio, each with an owner."""

    model: ClassVar[Any]
    place = "project__portfolio"

    def writers(self) -> dict[str, Any]:
        """Project by code, owner by sign-in name."""
        return {
            "project": lambda row: row.project.code,
            "owner": lambda row: row.owner.username if row.owner else "",
        }

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every row the person may see."""
        return self.model.objects.as_of(as_of).visible_to(user).select_related("project", "owner")
