"""Rules and alerts in words."""

from mainstay.charts import words
from mainstay.monitoring.alerts.measures import Measure, measure_named
from mainstay.monitoring.models import Alert, AlertKind, AlertRule, Side

GONE = "a measure that is no longer known"


def rule_in_words(rule: AlertRule) -> str:
    """What a rule watches: `Budget used at 90 % or more, in order again at 85 % or less`."""
    measure = measure_named(rule.measure)
    label = measure.label if measure else GONE
    if rule.kind == AlertKind.SILENCE:
        return f"{label}: {words.counted(rule.days or 0, 'day')} or more"
    beyond, back = ("or more", "or less") if rule.side == Side.ABOVE else ("or less", "or more")
    limit = _told(measure, rule.raise_at)
    within = f" within {words.counted(rule.days or 0, 'day')}" if rule.kind == AlertKind.TREND else ""
    change = "changes by " if rule.kind == AlertKind.TREND else "at "
    again = f", in order again at {_told(measure, rule.clear_at)} {back}" if _has_second(rule) else ""
    return f"{label} {change}{limit} {beyond}{within}{again}"


def _has_second(rule: AlertRule) -> bool:
    return rule.clear_at is not None and rule.clear_at != rule.raise_at


def _told(measure: Measure | None, value: float | None, currency: str = "") -> str:
    if measure is None:
        return "not known" if value is None else words.number(value, 2)
    return measure.told(value, currency)


def value_in_words(rule: AlertRule, value: float | None, currency: str = "") -> str:
    """A value of the measure a rule watches, with its unit or currency; a change with its sign."""
    text = _told(measure_named(rule.measure), value, currency)
    return f"+{text}" if rule.kind == AlertKind.TREND and value is not None and value > 0 else text


def definition_of(rule: AlertRule) -> str:
    """What the measure of a rule means."""
    measure = measure_named(rule.measure)
    if measure is None:
        return "The field this rule watches was taken away; the rule finds nothing any more."
    if rule.kind == AlertKind.TREND:
        return f"The change over {words.counted(rule.days or 0, 'day')} of: {measure.definition}"
    return measure.definition


def alert_in_words(alert: Alert) -> str:
    """One alert as it is told to its owner."""
    return f"{alert.project}: {alert.rule}, {value_in_words(alert.rule, alert.value, alert.project.currency)}"
