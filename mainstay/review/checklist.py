"""The checklist of a closure: what is answered by a person, and what the register knows by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.charts import words
from mainstay.monitoring.models import Issue, IssueState
from mainstay.portfolio.models import Portfolio, Project
from mainstay.review.models import ClosingRule, Closure

YES, NOT_NEEDED = "yes", "not_needed"
ANSWERS = ((YES, "Done"), (NOT_NEEDED, "Not needed here"))
LONGEST_NOTE = 300
MONTHS = 6


@dataclass(frozen=True)
class Item:
    """One question of the checklist."""

    key: str
    label: str


ITEMS = (
    Item("handed_over", "What was delivered is accepted by those who use it"),
    Item("operations", "Operations has the documents and knows whom to ask"),
    Item("contracts", "Contracts are ended or handed over"),
    Item("money", "The books are closed: no bill is outstanding"),
    Item("people", "Everybody who worked on it is released"),
    Item("benefits", "Each benefit has an owner who tracks it from now on"),
    Item("lessons", "What was learned is written down"),
)
KEYS = frozenset(item.key for item in ITEMS)


def sound_answers(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The answers in their stored form; what is no item, no answer or has no needed reason is refused."""
    found = {}
    for key, told in given.items():
        answer, note = str(told.get("answer", "")), str(told.get("note", "")).strip()
        if key not in KEYS or answer not in {"", YES, NOT_NEEDED} or len(note) > LONGEST_NOTE:
            raise ValidationError({"answers": f"This cannot be answered so: {key[:40]}."})
        if answer == NOT_NEEDED and not note:
            raise ValidationError({"answers": f"Say why it is not needed: {_label(key)}."})
        if answer or note:
            found[key] = {"answer": answer, "note": note}
    return found


def _label(key: str) -> str:
    return next(item.label for item in ITEMS if item.key == key)


def open_items(project: Project, closure: Closure) -> list[str]:
    """What still stands in the way of a complete closure, one sentence each."""
    answered = {key for key, told in closure.answers.items() if told.get("answer")}
    found = [f"Open: {item.label}." for item in ITEMS if item.key not in answered]
    milestones = project.milestones.filter(done_date=None).count()
    issues = Issue.objects.filter(project=project, state=IssueState.OPEN).count()
    if milestones:
        found.append(f"{words.counted(milestones, 'milestone')} not done yet.")
    if issues:
        found.append(f"{words.counted(issues, 'issue')} not resolved yet.")
    if ownerless := project.benefits.filter(owner=None).count():
        found.append(f"{words.counted(ownerless, 'benefit')} without an owner.")
    return found


def rule_for(place: Any) -> ClosingRule | None:
    """The rule that holds for a project or a portfolio: its own portfolio's, else the nearest one above."""
    steps = place.path.strip("/").split("/")
    paths = ["/" + "".join(f"{step}/" for step in steps[:count]) for count in range(1, len(steps) + 1)]
    rules = ClosingRule.objects.filter(portfolio__in=Portfolio.objects.filter(path__in=paths))
    return max(rules.select_related("portfolio"), key=lambda rule: len(rule.portfolio.path), default=None)
