"""What waits for one person: by what they own, and by what their roles let them do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mainstay.authorisation.models import SelectionState
from mainstay.authorisation.queries import selections_for
from mainstay.charts import words
from mainstay.cockpit.queries.mine import Mine
from mainstay.core import access
from mainstay.core.models import Grant, Person, Run, RunState
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.evaluation import rounds, sessions
from mainstay.portfolio.models import Project
from mainstay.resources.models import StaffingRequest
from mainstay.resources.queries.waiting import overbooked, waiting_for
from mainstay.value.queries import with_latest_rate

FAILED_DAYS = 7
OLD_RATE_DAYS = 100


@dataclass(frozen=True)
class Item:
    """One thing that waits: what, why, and where to deal with it; `kind` is bad, warn or none."""

    kind: str
    word: str
    text: str
    detail: str
    url: str


def attention(user: Any, mine: list[Mine]) -> list[Item]:
    """Everything that waits for the person, the worst first."""
    found = [*_projects(mine), *_selections(user), *_queues(user), *_runs(user), *_notices(user), *_rates(user)]
    found += [*_newcomers(user), *_judging(user), *_people(user)]
    order = {"bad": 0, "warn": 1, "none": 2}
    return sorted(found, key=lambda item: order[item.kind])


def _projects(mine: list[Mine]) -> Iterator[Item]:
    for project in mine:
        url = f"/projects/{project.code}/"
        if project.is_running and project.health == "red":
            yield Item("bad", "Off track", project.name, project.last_word, url)
        if late := project.late:
            days = (project.on_date - late[0].due_date).days
            more = f" and {len(late) - 1} more" if len(late) > 1 else ""
            text = f"{project.name}: {late[0].name}{more}"
            yield Item("warn", "Overdue", text, f"Due {words.counted(days, 'day')} ago", url)


def _selections(user: Any) -> Iterator[Item]:
    solved = [row for row in selections_for(user) if row.state == SelectionState.SOLVED]
    for selection in [row for row in solved if access.may(user, Verb.SELECTION_ADOPT, row.portfolio)][:5]:
        url = reverse("selection", args=[selection.pk])
        yield Item(
            "warn", "To decide", selection.name, f"Solved for {selection.portfolio}; it waits for adoption", url
        )


def _queues(user: Any) -> Iterator[Item]:
    """Proposals that wait for those who judge them."""
    roles = {held.role for held in access.held_by(user)}
    if roles & {Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR}:
        yield from _queue(user, "proposed", "To admit", "waits for a first look", "wait for a first look")
    if Role.EVALUATOR in roles:
        yield from _queue(user, "under_evaluation", "To judge", "is under evaluation", "are under evaluation")


def _queue(user: Any, stage: str, word: str, one: str, many: str) -> Iterator[Item]:
    count = Project.objects.visible_to(user).filter(stage__key=stage).count()
    if count:
        text = f"{words.counted(count, 'proposal')} {one if count == 1 else many}"
        yield Item("none", word, text, "", f"/projects/?stage={stage}")


def _judging(user: Any) -> Iterator[Item]:
    """Projects to judge and pairs to compare."""
    for held, left in rounds.waiting_for(user):
        yield Item(
            "warn", "To score", f"{left} to score in {held.name}", _until(held), reverse("judging", args=[held.pk])
        )
    for session, left in sessions.waiting_for(user):
        pairs = words.counted(left, "pair")
        yield Item(
            "warn",
            "To compare",
            f"{pairs} in {session.name}",
            _until(session),
            reverse("comparing", args=[session.pk]),
        )


def _people(user: Any) -> Iterator[Item]:
    """Staffing requests to answer, and people with more to do than they can."""
    if any(access.may_somewhere(user, verb) for verb in (Verb.STAFFING_OFFER, Verb.STAFFING_ACCEPT)):
        count = StaffingRequest.objects.visible_to(user).filter(waiting_for(user)).count()
        if count:
            text = f"{words.counted(count, 'staffing request')} {'waits' if count == 1 else 'wait'} for your answer"
            yield Item("warn", "To staff", text, "", f"{reverse('staffing')}?waits=on")
    if access.may_somewhere(user, Verb.BOOKING_EDIT):
        count = overbooked(user, timezone.localdate())
        if count:
            text = "1 person is" if count == 1 else f"{count} people are"
            yield Item("warn", "Overbooked", f"{text} overbooked this month", "", f"{reverse('capacity')}?by=person")


def _until(asked: Any) -> str:
    return f"Until {asked.due_date:%-d %B %Y}" if asked.due_date else ""


def _runs(user: Any) -> Iterator[Item]:
    recent = timezone.now() - timedelta(days=FAILED_DAYS)
    runs = Run.objects.visible_to(user)
    for run in runs.filter(state=RunState.FAILED, finished_at__gte=recent)[:3]:
        yield Item("bad", "Failed", run.title, run.step, reverse("run", args=[run.pk]))
    for run in runs.unfinished()[:3]:
        yield Item("none", "Running", run.title, f"{run.percent_done} % done", reverse("run", args=[run.pk]))


def _notices(user: Any) -> Iterator[Item]:
    for notice in user.notices.unread()[:5]:
        yield Item("none", "Notice", notice.text, "", notice.url or reverse("notices"))


def _rates(user: Any) -> Iterator[Item]:
    """Currencies whose rate is missing or old, for those who set rates."""
    if not access.may(user, Verb.RATE_SET):
        return
    old = timezone.localdate() - timedelta(days=OLD_RATE_DAYS)
    for currency in with_latest_rate():
        url = reverse("currency", args=[currency.code])
        if not currency.is_base and currency.latest_date is None:
            yield Item("warn", "No rate", f"{currency.name} has no exchange rate", "Sums leave it out", url)
        elif not currency.is_base and currency.latest_date < old:
            age = words.counted((timezone.localdate() - currency.latest_date).days, "day")
            yield Item("none", "Old rate", f"The rate of the {currency.name.lower()} is {age} old", "", url)


def _newcomers(user: Any) -> Iterator[Item]:
    """People without a role, for those who give roles."""
    if not access.may(user, Verb.PERSON_CREATE):
        return
    count = Person.objects.active().exclude(pk__in=Grant.objects.in_force().values("person_id")).count()
    if count:
        text = (
            f"{words.counted(count, 'person', 'people')} can sign in but {'holds' if count == 1 else 'hold'} no role"
        )
        yield Item("none", "No role", text, "", reverse("people"))
