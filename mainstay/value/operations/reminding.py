"""Reminding those who answer for benefits of months they have not read, also after the work was closed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.models import Notice, Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after, month_number
from mainstay.portfolio.models import Phase
from mainstay.value.models import Benefit, BenefitReading

AFTER = timedelta(days=10)
"""How long after its end a month should be read."""
LONGEST = 300


@operation(Verb.READINGS_REMIND)
def remind_of_readings(benefits: Sequence[Benefit], *, actor: Actor) -> int:
    """Tell owners which benefits have no reading of the last month that is over; each once for a month.

    Gives the number of notices left; whoever asks twice leaves none the second time.
    """
    now = surrounding().now()
    month = month_due(now.date())
    wanted = {(one.owner_id, _text(one, month)): one.pk for one in unread(benefits, month)}
    known = Notice.objects.filter(text__in={text for _, text in wanted}).values_list("person_id", "text")
    fresh = sorted(wanted.keys() - set(known))
    Notice.objects.bulk_create(
        Notice(person_id=pk, text=text, url=reverse("benefit", args=[wanted[pk, text]]), at=now) for pk, text in fresh
    )
    return len(fresh)


def month_due(today: date) -> date:
    """The last month that ended so long ago that it should have been read."""
    return month_after(today - AFTER, -1)


def unread(benefits: Sequence[Benefit], month: date) -> list[Benefit]:
    """Those of which something was to come in a month, that are tracked, have an owner, and were not read for it."""
    rows = Benefit.objects.filter(pk__in=[one.pk for one in benefits], owner__is_active=True)
    rows = rows.filter(Q(tracked_until=None) | Q(tracked_until__gte=month)).exclude(
        project__stage__phase=Phase.DROPPED
    )
    read = set(BenefitReading.objects.filter(month=month, benefit__in=rows).values_list("benefit_id", flat=True))
    return [one for one in rows.select_related("project") if one.pk not in read and _comes_in(one, month)]


def _comes_in(benefit: Benefit, month: date) -> bool:
    place = month_number(month) - month_number(benefit.first_month) - benefit.waiting
    return 0 <= place < benefit.months


def _text(benefit: Benefit, month: date) -> str:
    return f"Say what came of {benefit} in {month:%B %Y} ({benefit.project})."[:LONGEST]


def remind_owners(actor: Person) -> int:
    """Remind of every benefit a person may remind of; refused where there can be none."""
    if not access.may_somewhere(actor, Verb.READINGS_REMIND):
        raise Forbidden("Your roles do not let you remind anybody of benefits. Ask an administrator for a grant.")
    benefits = list(Benefit.objects.visible_to(actor, Verb.READINGS_REMIND))
    return remind_of_readings(benefits, actor=actor) if benefits else 0


def remind_everybody() -> int:
    """Remind of every benefit in the name of Mainstay, as the server does once a day."""
    benefits = list(Benefit.objects.all())
    return remind_of_readings(benefits, actor=MAINSTAY) if benefits else 0
