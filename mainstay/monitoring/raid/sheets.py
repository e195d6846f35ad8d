"""Issues and actions as lists: taken over from another system, found again by their key there."""

from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core.exchange import BadCell, Column, Kind
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Action, Issue, IssueState, Severity
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sheets.keyed import KEY
from mainstay.portfolio.sheets.of_project import OWNER, PROJECT, OfProjectImporter, OfProjectSheet

DUE = Column("due_date", "Due", Kind.DATE, also_called=("Due date", "Until"))
ISSUES = (
    KEY,
    PROJECT,
    Column("title", "Issue", required=True, longest=160, also_called=("Title", "Summary", "Name")),
    Column("description", "Description", Kind.LONG_TEXT, longest=2_000),
    Column("severity", "Severity", Kind.CHOICE, choices=tuple(Severity.choices), also_called=("Priority",)),
    OWNER,
    DUE,
    Column("state", "Stands", Kind.CHOICE, choices=tuple(IssueState.choices), also_called=("State", "Status")),
    Column("resolution", "Resolution", longest=500),
    Column("resolved_on", "Resolved on", Kind.DATE, also_called=("Resolved",)),
)
ACTIONS = (
    KEY,
    PROJECT,
    Column("text", "What is done", required=True, longest=300, also_called=("Action", "Text", "Task")),
    OWNER,
    DUE,
    Column("done_date", "Done", Kind.DATE, also_called=("Done on", "Completed")),
    Column("outcome", "Outcome", longest=500, also_called=("Result",)),
)


class IssueImporter(OfProjectImporter):
    """Turns entries into issues."""

    model, verb, named = Issue, Verb.ISSUE_EDIT, "title"
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "description", "resolution"})

    def put_severity(self, row: Issue, value: str | None) -> None:
        """A warning where the file says nothing."""
        row.severity = value or Severity.WARNING

    def put_state(self, row: Issue, value: str | None) -> None:
        """Open where the file says nothing."""
        row.state = value or IssueState.OPEN

    def refuse(self, row: Issue) -> None:
        """A resolved issue says how."""
        super().refuse(row)
        if row.state == IssueState.RESOLVED and not row.resolution.strip():
            raise BadCell("It is resolved, and nothing says how.", "Fill in the resolution.")


class ActionImporter(OfProjectImporter):
    """Turns entries into actions."""

    model, verb, named = Action, Verb.ACTION_EDIT, "text"
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "outcome"})


class RaidSheet(OfProjectSheet):
    """Rows of the register of risks, issues and actions."""

    def list_url(self, target: Portfolio) -> str:
        """The register of the portfolio."""
        return f"{reverse('raid')}?portfolio={target.code}"


class IssueSheet(RaidSheet):
    """What has happened in projects and must be dealt with."""

    name, label, keys = "issues", "Issues", ("external_key", "title")
    told, verb, model = ISSUES, Verb.ISSUE_EDIT, Issue
    reader: ClassVar[Any] = IssueImporter


class ActionSheet(RaidSheet):
    """What somebody does in projects by a day."""

    name, label, keys = "actions", "Actions", ("external_key", "text")
    told, verb, model = ACTIONS, Verb.ACTION_EDIT, Action
    reader: ClassVar[Any] = ActionImporter
