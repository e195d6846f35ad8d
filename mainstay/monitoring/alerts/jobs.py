"""Evaluating rules as long work, and as what the server does every day."""

from typing import Any

from django.urls import reverse

from mainstay.charts import words
from mainstay.core.errors import Missing
from mainstay.core.runs import Reporter, job
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.operations import evaluate_now
from mainstay.monitoring.models import AlertRule
from mainstay.portfolio.models import Portfolio

KIND = "evaluate_alerts"


@job(KIND)
def evaluate_in_background(reporter: Reporter, portfolio: str) -> dict[str, Any]:
    """Evaluate the rules of a portfolio the person may do this in, and of everything below it."""
    rows = Portfolio.objects.visible_to(reporter.actor, Verb.ALERTS_EVALUATE)
    place = rows.filter(code=portfolio).first()
    if place is None:
        raise Missing("There is no such portfolio, or you do not evaluate alerts there.")
    reporter.progress(0.1, f"Reading the figures of {place}.")
    counts = evaluate_now(place, actor=reporter.actor).counts
    reporter.say(in_words(counts))
    return counts | {"url": f"{reverse('alerts')}?portfolio={place.code}"}


def evaluate_all() -> dict[str, int]:
    """Evaluate every rule there is, in the name of Mainstay; gives how many alerts were raised, cleared and so on."""
    counts: dict[str, int] = {}
    for place in _highest():
        for name, count in evaluate_now(place, actor=MAINSTAY).counts.items():
            counts[name] = counts.get(name, 0) + count
    return counts


def _highest() -> list[Portfolio]:
    """The portfolios with rules that lie in no other one with rules."""
    found: list[Portfolio] = []
    for place in Portfolio.objects.filter(pk__in=AlertRule.objects.values("portfolio")).order_by("path"):
        if not any(place.path.startswith(one.path) for one in found):
            found.append(place)
    return found


def in_words(counts: dict[str, int]) -> str:
    """What an evaluation came to: `3 alerts raised, 1 cleared`."""
    raised = words.counted(counts.get("raised", 0), "alert")
    more = [("back", "back"), ("cleared", "in order again"), ("due", "to be looked at again")]
    rest = [f"{counts[name]} {word}" for name, word in more if counts.get(name)]
    return ", ".join([f"{raised} raised", *rest]) + "."
