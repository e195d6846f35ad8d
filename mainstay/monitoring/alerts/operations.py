"""Making and changing rules, evaluating them, and taking an alert over."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.evaluating import Findings, limit_of, look
from mainstay.monitoring.alerts.keeping import Outcome, keep
from mainstay.monitoring.alerts.measures import measure_named
from mainstay.monitoring.models import Alert, AlertKind, AlertRule, AlertState, Side
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset(
    {"name", "measure", "kind", "side", "raise_at", "clear_at", "days", "severity", "owner", "is_active"}
)


@operation(Verb.ALERTRULE_CREATE)
def create_rule(portfolio: Portfolio, *, actor: Actor, reason: str = "", **terms: Any) -> AlertRule:
    """Watch a measure of every running project of a portfolio and of everything below it."""
    rule = AlertRule(portfolio=portfolio)
    change(rule, FIELDS, terms)
    return history.create(checked(rule))


@operation(Verb.ALERTRULE_EDIT)
def edit_rule(
    rule: AlertRule, *, actor: Actor, expected_version: int | None = None, reason: str = "", **terms: Any
) -> AlertRule:
    """Change what a rule watches; what it found before stays on record and is looked at anew the next time."""
    change(rule, FIELDS, terms)
    return history.save(checked(rule))


@operation(Verb.ALERTRULE_REMOVE)
def remove_rule(rule: AlertRule, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> AlertRule:
    """Take a rule away that never found anything; one that did is taken out of use, so that its alerts stay."""
    if Alert.objects.filter(rule=rule).exists():
        raise Impossible(f"{rule} has raised alerts, which stay on record. Take it out of use instead.")
    history.remove(rule)
    return rule


@operation(Verb.ALERTS_EVALUATE)
def evaluate_alerts(portfolio: Portfolio, *, actor: Actor, findings: Findings) -> Outcome:
    """Keep what a look at the figures found: raise, clear and bring back alerts, and tell each owner once."""
    return keep(portfolio, findings, actor)


@operation(Verb.ALERT_TAKE)
def take_alert(
    alert: Alert,
    *,
    actor: Actor,
    note: str,
    follow_up: date | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Alert:
    """Say that one follows up, what is done, and when to look again."""
    access.require(actor, Verb.SEE_FIGURES, alert.scope)
    if alert.state == AlertState.CLEARED:
        raise Impossible("It is in order again; there is nothing to follow up.")
    if not note.strip():
        raise ValidationError({"note": "Say what is done."})
    if follow_up is not None and follow_up <= timezone.localdate(surrounding().now()):
        raise ValidationError({"follow_up": "Look again on a day to come."})
    alert.state, alert.note, alert.follow_up = AlertState.TAKEN, note.strip(), follow_up
    alert.owner = actor if isinstance(actor, Person) else alert.owner
    return history.save(alert)


def evaluate_now(portfolio: Portfolio, *, actor: Actor) -> Outcome:
    """Look at the figures outside any transaction, then keep what was found."""
    access.require(actor, Verb.ALERTS_EVALUATE, portfolio)
    return evaluate_alerts(portfolio, actor=actor, findings=look(portfolio))


def checked(rule: AlertRule) -> AlertRule:
    """The rule in its stored form; what makes no sense is refused beside its field."""
    rule.name = rule.name.strip()
    measure = measure_named(rule.measure)
    if measure is None:
        raise ValidationError({"measure": "Choose one of the measures."})
    if rule.kind == AlertKind.SILENCE:
        if not measure.is_silence:
            raise ValidationError({"measure": "Silence is watched on measures that count days without news."})
        rule.side, rule.raise_at, rule.clear_at = Side.ABOVE, None, None
    if rule.kind == AlertKind.THRESHOLD:
        rule.days = None
    rule.clean_fields(exclude=["portfolio", "owner"])
    rule.clean()
    limit_of(rule)
    return rule
