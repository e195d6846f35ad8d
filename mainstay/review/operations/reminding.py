"""Reminding those who lead reviews of what is due soon, and every month of what is late."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.models import Notice, Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.review.models import PostReview, ReviewState

SOON = timedelta(days=14)
"""How long before it is due a review is called to mind."""
MONTH = 30
LONGEST = 300


@operation(Verb.REVIEWS_REMIND)
def remind_of_reviews(reviews: Sequence[PostReview], *, actor: Actor) -> int:
    """Tell leads which reviews are due within two weeks or late: once before, once when late, then every 30 days.

    Gives the number of notices left; whoever asks twice leaves none the second time. Where nobody leads, the owner
    of the project is told; who may not see the project is not.
    """
    now = surrounding().now()
    today = timezone.localdate(now)
    wanted = {(person.pk, _text(row, today)): row.pk for row, person in _due(reviews, today)}
    known = Notice.objects.filter(text__in={text for _, text in wanted}).values_list("person_id", "text")
    fresh = sorted(wanted.keys() - set(known))
    Notice.objects.bulk_create(
        Notice(person_id=pk, text=text, url=reverse("post_review", args=[wanted[pk, text]]), at=now)
        for pk, text in fresh
    )
    return len(fresh)


def _due(reviews: Sequence[PostReview], today: date) -> list[tuple[PostReview, Person]]:
    rows = PostReview.objects.filter(pk__in=[one.pk for one in reviews], due_date__lte=today + SOON)
    rows = rows.exclude(state=ReviewState.SIGNED).select_related("led_by", "project__owner", "project__portfolio")
    told = [(row, row.led_by or row.project.owner) for row in rows]
    return [
        (row, person)
        for row, person in told
        if person is not None and person.is_active and access.may(person, Verb.SEE_REGISTER, row.project)
    ]


def _text(review: PostReview, today: date) -> str:
    days = (today - review.due_date).days
    if days <= 0:
        return f"The review of {review.project} is due on {day(review.due_date)}."[:LONGEST]
    late = f"more than {days // MONTH * MONTH} days late" if days >= MONTH else "late"
    return f"The review of {review.project} was due on {day(review.due_date)}; it is {late}."[:LONGEST]


def remind_leads(actor: Person) -> int:
    """Remind of every review a person may remind of; refused where there can be none."""
    if not access.may_somewhere(actor, Verb.REVIEWS_REMIND):
        raise Forbidden("Your roles do not let you remind anybody of reviews. Ask an administrator for a grant.")
    reviews = list(PostReview.objects.visible_to(actor, Verb.REVIEWS_REMIND))
    return remind_of_reviews(reviews, actor=actor) if reviews else 0


def remind_everybody() -> int:
    """Remind of every review in the name of Mainstay, as the server does once a day."""
    reviews = list(PostReview.objects.exclude(state=ReviewState.SIGNED))
    return remind_of_reviews(reviews, actor=MAINSTAY) if reviews else 0
