"""Reminding those who own conditions: before a condition is due, and every week once it is overdue."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from mainstay.authorisation.models import Condition
from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.models import Notice, Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase

BEFORE = timedelta(days=7)
LONGEST = 300
WEEK = 7


@operation(Verb.CONDITIONS_REMIND)
def remind_of_conditions(conditions: list[Condition], *, actor: Actor) -> int:
    """Tell the owners of what is due within a week or overdue, and of that the project managers; each once a week.

    Gives the number of notices left; whoever asks twice in a week leaves none the second time.
    """
    now = surrounding().now()
    wanted = {pair for one in waiting(conditions) for pair in _told(one, now.date())}
    known = set(Notice.objects.filter(text__in={text for _, text in wanted}).values_list("person_id", "text"))
    fresh = sorted(wanted - known)
    url = reverse("conditions")
    Notice.objects.bulk_create([Notice(person_id=pk, text=text, url=url, at=now) for pk, text in fresh])
    return len(fresh)


def waiting(conditions: list[Condition]) -> list[Condition]:
    """Those that hold, are not met, and whose project goes on."""
    rows = Condition.objects.in_force().filter(pk__in=[one.pk for one in conditions], met_at=None)
    rows = rows.exclude(project__stage__phase__in=[Phase.DROPPED, Phase.FINISHED])
    return list(rows.select_related("project", "owner"))


def remind_within(actor: Person) -> int:
    """Remind of every condition a person may remind of; refused where there can be none."""
    if not access.may_somewhere(actor, Verb.CONDITIONS_REMIND):
        raise Forbidden("Your roles do not let you remind anybody of conditions. Ask an administrator for a grant.")
    conditions = list(Condition.objects.visible_to(actor, Verb.CONDITIONS_REMIND).in_force().filter(met_at=None))
    return remind_of_conditions(conditions, actor=actor) if conditions else 0


def remind_everybody() -> int:
    """Remind of every condition in the name of Mainstay, as the server does once a day."""
    conditions = list(Condition.objects.in_force().filter(met_at=None))
    return remind_of_conditions(conditions, actor=MAINSTAY) if conditions else 0


def _told(one: Condition, today: date) -> Iterator[tuple[int, str]]:
    """Who is told what about a condition today. The text says which week it is, so that it is told once in it."""
    if today > one.due_date:
        weeks = (today - one.due_date).days // WEEK
        late = f"since {day(one.due_date)}" + (f", for more than {words.counted(weeks, 'week')}" if weeks else "")
        if one.owner.is_active:
            yield one.owner_id, f"A condition you own is overdue {late}: {one.text}"[:LONGEST]
        if one.project.manager_id and one.project.manager_id != one.owner_id:
            yield one.project.manager_id, f"A condition of {one.project} is overdue {late}: {one.text}"[:LONGEST]
    elif one.due_date - today <= BEFORE and one.owner.is_active:
        blocks = "; until it is met the project goes no further" if one.blocks else ""
        yield one.owner_id, f"A condition you own is due on {day(one.due_date)}{blocks}: {one.text}"[:LONGEST]
