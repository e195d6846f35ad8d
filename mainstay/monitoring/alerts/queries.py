"""What the pages about alerts read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from mainstay.charts import words
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.engine.control import watch
from mainstay.monitoring.alerts import wording
from mainstay.monitoring.alerts.evaluating import findings, limit_of
from mainstay.monitoring.models import Action, Alert, AlertRule, AlertState, Severity
from mainstay.portfolio.models import Portfolio, Project

STATES = {"standing": "Standing", "cleared": "In order again", "all": "All"}
MOST_PREVIEWED = 200
BADGES = {Severity.NOTICE: "none", Severity.WARNING: "warn", Severity.SERIOUS: "bad"}


@dataclass(frozen=True)
class Asked:
    """Which alerts somebody asks for."""

    whose: str = ""
    portfolio: str = ""
    state: str = "standing"
    rule: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """From the parameters of an address; what is not known counts for nothing."""
        state = given.get("state", "standing")
        return cls(
            "mine" if given.get("whose") == "mine" else "",
            given.get("portfolio", "")[:40],
            state if state in STATES else "standing",
            rule if (rule := given.get("rule", "")).isdecimal() and len(rule) < 10 else "",
        )


@dataclass(frozen=True)
class Shown:
    """An alert as a list shows it."""

    alert: Any

    @property
    def badge(self) -> str:
        """The status colour of its severity."""
        return BADGES[Severity(self.alert.rule.severity)]

    @property
    def value(self) -> str:
        """The value when it was raised."""
        return wording.value_in_words(self.alert.rule, self.alert.value, self.alert.project.currency)

    @property
    def latest(self) -> str:
        """The value at the last look."""
        return wording.value_in_words(self.alert.rule, self.alert.latest, self.alert.project.currency)

    @property
    def watches(self) -> str:
        """What the rule watches."""
        return wording.rule_in_words(self.alert.rule)

    @property
    def definition(self) -> str:
        """What the measure means."""
        return wording.definition_of(self.alert.rule)


def alerts_for(user: Any, asked: Asked, as_of: datetime | None = None) -> Any:
    """The alerts somebody asks for and may see, the gravest and then the newest first."""
    rows = _seen(user, as_of)
    if asked.whose == "mine":
        rows = rows.filter(owner_id=user.pk)
    if asked.portfolio:
        place = Portfolio.objects.visible_to(user).filter(code=asked.portfolio).first()
        rows = rows.filter(project__path__startswith=place.path) if place else rows.none()
    if asked.rule:
        rows = rows.filter(rule_id=int(asked.rule))
    if asked.state == "standing":
        rows = rows.exclude(state=AlertState.CLEARED)
    if asked.state == "cleared":
        rows = rows.filter(state=AlertState.CLEARED)
    order = Case(
        When(state=AlertState.CLEARED, then=Value(9)),
        *(When(rule__severity=each, then=Value(place)) for place, each in enumerate(reversed(Severity.values))),
        output_field=IntegerField(),
    )
    return rows.order_by(order, "-raised_at", "pk")


def _seen(user: Any, as_of: datetime | None = None) -> Any:
    rows = Alert.objects.as_of(as_of).visible_to(user)
    return rows.select_related("rule__portfolio", "project__stage", "project__portfolio", "owner")


def alert_for(user: Any, alert_id: int, as_of: datetime | None = None) -> Any:
    """One alert the person may see."""
    row = _seen(user, as_of).identified_by([alert_id]).first()
    if row is None:
        raise Missing("There is no such alert, or it is not open to you.")
    return row


def actions_about(alert: Any, as_of: datetime | None = None) -> list[Any]:
    """What is done about an alert."""
    rows = Action.objects.as_of(as_of).filter(alert_id=alert.row_id).select_related("owner")
    return list(rows.order_by("done_date", "due_date"))


def finding_of(user: Any, as_of: datetime | None = None) -> str:
    """How many alerts stand, in a sentence."""
    standing = _seen(user, as_of).exclude(state=AlertState.CLEARED).order_by()
    rows = Counter(standing.values_list("rule__severity", "owner_id", "state"))
    count = sum(rows.values())
    if not count:
        return "Everything that rules watch is in order."
    serious = sum(each for (severity, *_), each in rows.items() if severity == Severity.SERIOUS)
    mine = sum(each for (_, owner, _), each in rows.items() if owner == user.pk)
    untaken = sum(each for (*_, state), each in rows.items() if state == AlertState.OPEN)
    grave = f", {serious} of them serious" if serious else ""
    yours = f" {words.counted(mine, 'is yours', 'are yours')}." if mine else ""
    stand = f"{words.counted(count, 'alert')} {'stands' if count == 1 else 'stand'}{grave}"
    return f"{stand}; nobody follows up {untaken} yet.{yours}"


def rules_for(user: Any, as_of: datetime | None = None) -> list[Any]:
    """The rules somebody may see, with `standing`: how many alerts of theirs the person sees standing."""
    rules = list(AlertRule.objects.as_of(as_of).visible_to(user).select_related("portfolio", "owner"))
    rows = Alert.objects.as_of(as_of).visible_to(user).exclude(state=AlertState.CLEARED).order_by()
    counted = dict(rows.values_list("rule_id").annotate(count=Count("pk")))
    for rule in rules:
        rule.standing, rule.watches = counted.get(rule.row_id, 0), wording.rule_in_words(rule)
        rule.badge = BADGES[Severity(rule.severity)]
    return sorted(rules, key=lambda rule: (rule.portfolio.name, rule.name))


def rule_for(user: Any, rule_id: int) -> AlertRule:
    """One rule the person may see."""
    row = AlertRule.objects.visible_to(user).filter(pk=rule_id).select_related("portfolio", "owner").first()
    if row is None:
        raise Missing("There is no such rule, or it is not open to you.")
    return row


@dataclass(frozen=True)
class Preview:
    """What a rule would find now: projects with their values, how many it looks at, and how many it knows."""

    rule: AlertRule
    found: list[tuple[Any, str]]
    count: int
    looked_at: int
    known: int

    @property
    def finding(self) -> str:
        """That in a sentence."""
        of = f"of {words.counted(self.looked_at, 'running project')}"
        unknown = self.looked_at - self.known
        rest = f" For {unknown} the measure is not known." if unknown else ""
        return f"{words.counted(self.count, 'project')} {of} would alert now.{rest}"


def preview_of(rule: AlertRule, user: Any) -> Preview:
    """What a rule that need not be stored would find now among projects whose figures the person may see."""
    rule.pk = rule.pk or 0
    seen = findings(rule.portfolio, [rule]).by_rule[rule.pk]
    rows = Project.objects.visible_to(user, Verb.SEE_FIGURES).within(rule.portfolio)
    open_ones = {project.pk: project for project in rows.filter(seal=rule.portfolio.seal).select_related("stage")}
    value_of = {
        pk: value for pk, value in zip(seen.ids.tolist(), seen.values.tolist(), strict=True) if pk in open_ones
    }
    raised = watch(limit_of(rule), seen.values, [False] * len(seen.ids)).raised
    found = [pk for pk in seen.ids[raised].tolist() if pk in open_ones]
    worst = sorted(found, key=lambda pk: value_of[pk], reverse=limit_of(rule).above)
    shown = [open_ones[pk] for pk in worst[:MOST_PREVIEWED]]
    told = [(one, wording.value_in_words(rule, value_of[one.pk], one.currency)) for one in shown]
    known = sum(value == value for value in value_of.values())
    return Preview(rule, told, len(found), len(value_of), known)


def open_alerts_of(projects: list[int]) -> dict[int, int]:
    """How many alerts of each project stand."""
    rows = Alert.objects.filter(~Q(state=AlertState.CLEARED), project__in=projects).order_by()
    return dict(rows.values_list("project_id").annotate(count=Count("pk")))
