"""Whose an alert is, and telling everybody once, however many alerts there are."""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.reactions import tell
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.wording import alert_in_words
from mainstay.monitoring.models import Alert, AlertRule
from mainstay.portfolio.models import Project

MOST_NAMED = 3


def owners_of(alerts: list[Alert]) -> None:
    """Set whose each alert is: the rule's owner, else the manager, else the owner of the project, who may see it."""
    _with_rows(alerts)
    known = _people(alerts)
    for alert in alerts:
        wanted = (alert.rule.owner_id, alert.project.manager_id, alert.project.owner_id)
        people = (known.get(pk) for pk in wanted if pk is not None)
        may = (one for one in people if one and access.may(one, Verb.SEE_FIGURES, alert.project))
        alert.owner = next(may, None)


def _people(alerts: list[Alert]) -> dict[int, Person]:
    wanted = {pk for one in alerts for pk in (one.rule.owner_id, one.project.manager_id, one.project.owner_id)}
    rows: QuerySet[Person] = Person.objects.filter(pk__in=wanted - {None}, is_active=True)
    return {person.pk: person for person in rows}


def _with_rows(alerts: list[Alert]) -> None:
    """Put rule and project into alerts, each read once."""
    rules = AlertRule.objects.in_bulk({one.rule_id for one in alerts})
    projects = {
        project.pk: project
        for project in Project.objects.filter(pk__in={one.project_id for one in alerts}).defer("description")
    }
    for alert in alerts:
        alert.rule, alert.project = rules[alert.rule_id], projects[alert.project_id]


def tell_owners(alerts: list[Alert], actor: Actor) -> None:
    """Leave everybody one notice about all alerts that are theirs."""
    _with_rows(alerts)
    theirs: dict[int, list[Alert]] = defaultdict(list)
    for alert in alerts:
        if alert.owner_id is not None:
            theirs[alert.owner_id].append(alert)
    for person in Person.objects.filter(pk__in=theirs, is_active=True):
        mine = theirs[person.pk]
        transaction.on_commit(partial(tell, [person], _text(mine), _address(mine)))


def _text(alerts: list[Alert]) -> str:
    if len(alerts) == 1:
        return f"Alert: {alert_in_words(alerts[0])}."
    named = "; ".join(alert_in_words(one) for one in alerts[:MOST_NAMED])
    more = len(alerts) - MOST_NAMED
    rest = f"; and {words.number(more)} more" if more > 0 else ""
    return f"{words.counted(len(alerts), 'alert')}: {named}{rest}."


def _address(alerts: list[Alert]) -> str:
    return reverse("alert", args=[alerts[0].pk]) if len(alerts) == 1 else f"{reverse('alerts')}?whose=mine"
