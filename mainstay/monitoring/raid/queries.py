"""What the register of risks, actions, issues and dependencies reads, of one project or of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.identification.models import Risk
from mainstay.monitoring.models import Action, Alert, Issue, IssueState, Severity
from mainstay.monitoring.raid.places import Place
from mainstay.monitoring.raid.risks import Risks
from mainstay.portfolio.models import Dependency, DependencyKind
from mainstay.portfolio.queries.chain import Chain
from mainstay.portfolio.queries.dependencies import Link, links_of
from mainstay.portfolio.queries.reading import Reading

MOST_SHOWN = 200
BADGES = {Severity.NOTICE: "none", Severity.WARNING: "warn", Severity.SERIOUS: "bad"}
STATES = {"open": "Open", "over": "Resolved and done", "all": "All"}


@dataclass(frozen=True)
class Asked:
    """Which part of a register somebody asks for."""

    whose: str = ""
    state: str = "open"
    portfolio: str = ""
    programme: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """From the parameters of an address; what is not known counts for nothing."""
        state = given.get("state", "open")
        return cls(
            "mine" if given.get("whose") == "mine" else "",
            state if state in STATES else "open",
            given.get("portfolio", "")[:40],
            given.get("programme", "")[:40],
        )


class Register:
    """Issues, actions, risks, assumptions and dependencies of a place, for one person."""

    def __init__(self, place: Place, asked: Asked) -> None:
        self.place, self.asked, self.reading = place, asked, place.reading
        self.user = place.reading.user

    @cached_property
    def risks(self) -> Risks | None:
        """The risks and assumptions; None for whoever sees no figures here."""
        if self.place.is_project:
            return Risks(self.place) if access.may(self.user, Verb.SEE_FIGURES, self.place.row.scope) else None
        return Risks(self.place) if access.may_somewhere(self.user, Verb.SEE_FIGURES) else None

    @cached_property
    def issues(self) -> list[Any]:
        """The issues asked for, the gravest first, then by the day they are due."""
        over = Q(state=IssueState.RESOLVED)
        rows = self._asked(self.place.of(Issue), over).select_related("project", "owner")
        grave = [When(severity=each, then=Value(place)) for place, each in enumerate(reversed(Severity.values))]
        order = Case(*grave, output_field=IntegerField())
        return [self._marked(row) for row in rows.order_by("state", order, _soonest("due_date"), "pk")[:MOST_SHOWN]]

    @cached_property
    def actions(self) -> list[Any]:
        """The actions asked for, those due first before the others."""
        rows = self._asked(self.place.of(Action), Q(done_date__isnull=False))
        rows = rows.select_related("project", "owner", "issue", "change")
        order = (F("done_date").desc(nulls_first=True), _soonest("due_date"), "pk")
        found = [self._marked(row) for row in rows.order_by(*order)[:MOST_SHOWN]]
        names = Names.of(self.reading, found)
        for row in found:
            row.about_words = names.about(row)
        return found

    def _asked(self, rows: Any, over: Q) -> Any:
        if self.asked.whose == "mine":
            rows = rows.filter(owner_id=self.user.pk)
        if self.asked.state == "open":
            return rows.exclude(over)
        return rows.filter(over) if self.asked.state == "over" else rows

    def _marked(self, row: Any) -> Any:
        is_open = row.done_date is None if hasattr(row, "done_date") else row.state == IssueState.OPEN
        row.is_late = is_open and row.due_date is not None and row.due_date < self.place.today
        row.badge = BADGES.get(getattr(row, "severity", ""), "none")
        return row

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many issues and actions are open, serious, late, whatever was asked for."""
        issues = self.place.of(Issue).filter(state=IssueState.OPEN)
        actions, today = self.place.of(Action).filter(done_date=None), self.place.today
        late = Q(due_date__lt=today)
        found = issues.aggregate(
            issues=Count("pk"), serious=Count("pk", filter=Q(severity=Severity.SERIOUS)),
            late_issues=Count("pk", filter=late),
        )  # fmt: skip
        return found | actions.aggregate(actions=Count("pk"), late_actions=Count("pk", filter=late))

    @cached_property
    def links(self) -> list[Link]:
        """The dependencies: of a project all of them, of more only those whose dates contradict each other."""
        if self.place.is_project:
            found = links_of(self.place.projects, self.reading)
            return Chain(self.reading).with_lateness(found) if found else []
        late = Dependency.objects.as_of(self.reading.as_of).filter(
            promised_date__gt=F("needed_date"), delivered_date=None
        )  # fmt: skip
        late = late.exclude(kind=DependencyKind.EXCLUDES)
        ends = Q(project_id__in=self.place.ids) | Q(needs_id__in=self.place.ids)
        takers = late.filter(ends).order_by().values_list("project_id", flat=True)
        taking = self.reading.projects().filter(**{f"{self.reading.key}__in": list(takers[:MOST_SHOWN])})
        found = [link for link in links_of(taking, self.reading) if link.gap > 0]
        return sorted(found, key=lambda link: -link.gap)

    @property
    def conflicts(self) -> list[Link]:
        """Those whose dates contradict each other."""
        return [link for link in self.links if link.gap > 0]

    @property
    def finding(self) -> str:
        """The register in a sentence."""
        counts = self.counts
        grave = f", {counts['serious']} serious" if counts["serious"] else ""
        late = f", {counts['late_actions']} overdue" if counts["late_actions"] else ""
        gaps = len(self.conflicts)
        ends = (
            f" {words.counted(gaps, 'hand-over')} {'is' if gaps == 1 else 'are'} promised too late." if gaps else ""
        )
        told = f"{words.counted(counts['issues'], 'open issue')}{grave}; {words.counted(counts['actions'], 'action')}"
        return f"{told} to do{late}.{ends}"


def _soonest(name: str) -> Any:
    return F(name).asc(nulls_last=True)


@dataclass(frozen=True)
class Names:
    """What actions are about, as far as a reader may know it: risks and alerts are for those who see figures."""

    risks: Mapping[int, str]
    alerts: Mapping[int, str]

    @classmethod
    def of(cls, reading: Reading, actions: Sequence[Any]) -> "Names":
        """The names for some actions."""
        risks = [row.risk_id for row in actions if row.risk_id]
        alerts = [row.alert_id for row in actions if row.alert_id]
        return cls(_names(Risk, reading, risks, "name"), _names(Alert, reading, alerts, "rule__name"))

    def about(self, action: Any) -> str:
        """What an action is about; nothing where it stands by itself."""
        if action.risk_id:
            return f"Risk: {self.risks[action.risk_id]}" if action.risk_id in self.risks else "A risk"
        if action.alert_id:
            return f"Alert: {self.alerts[action.alert_id]}" if action.alert_id in self.alerts else "An alert"
        if action.issue_id:
            return f"Issue: {action.issue.title}"
        return f"Change {action.change.number}: {action.change.title}" if action.change_id else ""


def _names(model: Any, reading: Reading, ids: list[int], name: str) -> dict[int, str]:
    if not ids:
        return {}
    rows = model.objects.as_of(reading.as_of).visible_to(reading.user).identified_by(ids)
    return dict(rows.order_by().values_list(reading.key, name))


def issue_for(user: Any, issue_id: int, as_of: Any = None) -> Any:
    """An issue the person may see."""
    return _seen(Issue, user, issue_id, as_of, "project__stage", "owner")


def action_for(user: Any, action_id: int, as_of: Any = None) -> Any:
    """An action the person may see."""
    return _seen(Action, user, action_id, as_of, "project__stage", "owner", "issue", "change")


def _seen(model: Any, user: Any, row_id: int, as_of: Any, *related: str) -> Any:
    rows = model.objects.as_of(as_of).visible_to(user).identified_by([row_id])
    row = rows.select_related(*related).first()
    if row is None:
        raise Missing("There is nothing here, or it is not open to you.")
    return row
