"""What came up while the sample's work runs: risks, issues, actions, changes, and what is handed over when."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Person
from mainstay.identification.models import BusinessCase, Risk
from mainstay.identification.operations.cases import open_case
from mainstay.identification.operations.risks import add_risk
from mainstay.monitoring.changes.operations import decide_change, draft_change, submit_change
from mainstay.monitoring.models import Action, ChangeRequest, Issue, IssueState
from mainstay.monitoring.raid.operations import add_action, add_issue, edit_action, edit_issue
from mainstay.portfolio.models import Dependency, Project
from mainstay.portfolio.operations.parts import edit_dependency

DECIDES = "amara"
Row = Mapping[str, Any]


def enter(staff: Staff, diary: Diary) -> None:
    """Write all of it into the diary."""
    told, course = facts.read("course.toml"), _Course(staff, diary)
    for name, enter_one in (
        ("risk", course.risk),
        ("issue", course.issue),
        ("action", course.action),
        ("change", course.change),
        ("handover", course.handover),
    ):
        for row in told[name]:
            enter_one(row)


class _Course:
    """Enters one row after the other."""

    def __init__(self, staff: Staff, diary: Diary) -> None:
        self.staff, self.diary = staff, diary

    def risk(self, row: Row) -> None:
        """A risk of running work, in its business case."""
        self.diary.enter(row["day"], partial(self._foresee, row), hour=9)

    def issue(self, row: Row) -> None:
        """An issue with its actions, and how it ended."""
        self.diary.enter(row["day"], partial(self._raise, row), hour=10)
        for text, owner, due, *done in row.get("actions", ()):
            action = {"code": row["code"], "text": text, "owner": owner, "due": due, "issue": row["title"]}
            action |= {"day": row["day"] + 2} | dict(zip(("done", "outcome"), done, strict=False))
            self.action(action)
        if "resolved" in row:
            self.diary.enter(row["resolved"], partial(self._resolve, row), hour=15)

    def action(self, row: Row) -> None:
        """An action, and that it was done."""
        self.diary.enter(row["day"], partial(self._agree, row), hour=11)
        if "done" in row:
            self.diary.enter(row["done"], partial(self._do, row), hour=16)

    def change(self, row: Row) -> None:
        """A change asked for, and what was decided."""
        self.diary.enter(row["day"], partial(self._ask, row), hour=12)
        if "decided" in row:
            self.diary.enter(row["decided"], partial(self._decide, row), hour=14)

    def handover(self, row: Row) -> None:
        """What one project hands to another, promised and needed on days."""
        self.diary.enter(row["day"], partial(self._promise, row), hour=13)

    def _foresee(self, row: Row) -> None:
        project = _project(row["code"])
        manager, impact = self._person(project, "manager"), facts.money(row["impact"])
        known = BusinessCase.objects.filter(project=project).first()
        case = known or open_case(project, actor=manager, problem=project.description)
        fields = {name: row.get(name, "") for name in ("name", "cause", "effect", "response", "plan")}
        if "residual" in row:
            left, amount = row["residual"]
            fields |= {"residual_probability": Decimal(str(left)), "residual_impact": facts.money(amount)}
        add_risk(
            case, actor=manager, owner=manager, probability=Decimal(str(row["probability"])), impact=impact, **fields
        )

    def _raise(self, row: Row) -> None:
        project = _project(row["code"])
        fields = {name: row.get(name, "") for name in ("title", "description", "severity")}
        fields |= {"owner": self._person(project, row["owner"]), "due_date": self.diary.day(row["due"])}
        if "risk" in row:
            fields["risk"] = Risk.objects.get(case__project=project, name=row["risk"])
        add_issue(project, actor=self._person(project, "manager"), **fields)

    def _resolve(self, row: Row) -> None:
        issue = Issue.objects.get(project__code=row["code"], title=row["title"])
        ended = {"state": IssueState.RESOLVED, "resolution": row["resolution"]}
        edit_issue(issue, actor=self._person(issue.project, "manager"), **ended)

    def _agree(self, row: Row) -> None:
        project = _project(row["code"])
        fields = {"owner": self._person(project, row["owner"]), "due_date": self.diary.day(row["due"])}
        if "issue" in row:
            fields["issue"] = Issue.objects.get(project=project, title=row["issue"])
        add_action(project, actor=self._person(project, "manager"), text=row["text"], **fields)

    def _do(self, row: Row) -> None:
        action = Action.objects.get(project__code=row["code"], text=row["text"])
        done = {"done_date": self.diary.day(row["done"]), "outcome": row["outcome"]}
        edit_action(action, actor=self._person(action.project, "manager"), **done)

    def _ask(self, row: Row) -> None:
        project = _project(row["code"])
        actor = self._person(project, "manager")
        fields = {"title": row["title"], "reason": row["reason"], "scope_effect": row.get("scope", "")}
        fields |= {f"{name}_effect": facts.money(row.get(name)) or Decimal(0) for name in ("cost", "benefit")}
        submit_change(draft_change(project, actor=actor, days=row["later"], **fields), actor=actor)

    def _decide(self, row: Row) -> None:
        change = ChangeRequest.objects.get(project__code=row["code"], title=row["title"])
        decide_change(change, actor=self.staff[DECIDES], approve=row["approve"], note=row["note"])

    def _promise(self, row: Row) -> None:
        link = Dependency.objects.get(project__code=row["project"], needs__code=row["needs"])
        days = {f"{name}_date": self.diary.day(row[name]) for name in ("promised", "needed")}
        taker = link.project
        actor = self._person(taker, "manager") if taker.manager else self.staff[DECIDES]
        edit_dependency(taker, actor=actor, dependency=link, subject=row["subject"], **days)

    def _person(self, project: Project, part: str) -> Person:
        person: Any = project.manager if part == "manager" else project.owner
        return self.staff[person.username]


def _project(code: str) -> Project:
    return Project.objects.select_related("manager", "owner", "stage").get(code=code)
