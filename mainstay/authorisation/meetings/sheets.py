"""Conditions as a list: taken over from another system, found again by their key there."""

from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.authorisation.models import Condition
from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.history import values_of
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.sheets.keyed import KEY, KeyedImporter, KeyedSheet
from mainstay.portfolio.sheets.simple import found

CONDITIONS = (
    KEY,
    Column("project", "Project", Kind.CODE, required=True, also_called=("Project code",)),
    Column("text", "What must be done", required=True, longest=500, also_called=("Condition", "Text")),
    Column("owner", "Owner", Kind.PERSON, required=True, also_called=("Responsible",)),
    Column("due_date", "Due", Kind.DATE, required=True, also_called=("Due date", "Until")),
    Column("blocks", "Blocks", Kind.YES_NO, help="Empty: it blocks until it is met."),
    Column("met_on", "Met", Kind.DATE, is_read=False),
    Column("evidence", "Evidence", is_read=False),
)


class ConditionImporter(KeyedImporter):
    """Turns entries into conditions of the projects of the target; what a board or a gate set stays as it is."""

    named = "text"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        place = {"path__startswith": self.target.path} if self.target.pk else {"pk": None}
        projects = Project.objects.visible_to(self.actor, Verb.CONDITION_SET).filter(**place)
        self.projects = {project.code.casefold(): project for project in projects}
        self.everybody = self.people()
        rows = Condition.objects.visible_to(self.actor).filter(project__in=projects)
        self.remember(rows.select_related("project"))

    def told(self, entry: Entry) -> tuple[int, str]:
        project = found(self.projects, entry.values.get("project"), "project")
        return project.pk, (entry.values.get("text") or "").strip()

    def told_of(self, row: Condition) -> tuple[int, str]:
        return row.project_id, row.text

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        if entry.values.get("external_key"):
            return super().keys_of(entry)
        told = tuple((entry.values.get(name) or "").strip().casefold() for name in ("project", "text"))
        return [(self.named, told)] if all(told) else []

    def fresh(self, entry: Entry) -> Condition:
        return Condition(blocks=True)

    def put_project(self, row: Condition, value: str | None) -> None:
        """A project of the target; a condition stays with its project."""
        project = found(self.projects, value, "project")
        if row.pk and row.project_id != project.pk:
            raise BadCell("The key belongs to a condition of another project.", "Give the new one a key of its own.")
        row.project = project

    def put_owner(self, row: Condition, value: str | None) -> None:
        """Who has to see to it."""
        row.owner_id = self.everybody.id_of(value or "")

    def put_blocks(self, row: Condition, value: bool | None) -> None:
        """It blocks where the file says nothing."""
        row.blocks = value is not False

    def refuse(self, row: Condition) -> None:
        """A list changes neither what a board or a gate set, nor what is met."""
        if not row.pk or values_of(row) == values_of(self.stored[row.pk]):
            return
        if row.item_id or row.gate_review_id:
            raise BadCell("A board or a gate set this condition; a list does not change it.")
        if row.met_at is not None:
            raise BadCell("This condition is met; a list does not change it.")


class ConditionSheet(KeyedSheet):
    """What projects must still do, and what they did."""

    name, label, keys = "conditions", "Conditions", ("external_key", "text")
    told, verb, place = CONDITIONS, Verb.CONDITION_SET, "project__portfolio"
    reader: ClassVar[Any] = ConditionImporter

    def writers(self) -> dict[str, Any]:
        """Project by code, owner by sign-in name, the day on which it was met."""
        return {
            "project": lambda row: row.project.code,
            "owner": lambda row: row.owner.username,
            "met_on": lambda row: row.met_at.date() if row.met_at else None,
        }

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every condition the person may see."""
        return Condition.objects.as_of(as_of).visible_to(user).select_related("project", "owner")

    def list_url(self, target: Portfolio) -> str:
        """The list of conditions."""
        return reverse("conditions")
