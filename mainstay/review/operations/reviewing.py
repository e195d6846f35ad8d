"""Starting, writing and signing the review of a project; nobody signs what they wrote."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Project
from mainstay.portfolio.operations.tree import change
from mainstay.review.comparing import compared
from mainstay.review.models import PostReview, ReviewState

REVIEW_FIELDS = frozenset({"worth", "benefit_realised", "score_realised", "went_well", "went_badly", "findings"})
TERMS = frozenset({"due_date", "led_by"})


@operation(Verb.REVIEW_START)
def start_review(
    project: Project, *, actor: Actor, led_by: Person | None = None, due_date: date | None = None, reason: str = ""
) -> PostReview:
    """Begin the review of a project that is over or closes, planned or not, and say who leads it until when."""
    review = PostReview.objects.select_for_update(of=("self",)).filter(project=project).first()
    if project.stage.phase in {Phase.PIPELINE, Phase.DROPPED}:
        raise Impossible("Only work that was carried out is reviewed.")
    if review and review.state != ReviewState.PLANNED:
        raise Impossible("The review has begun already.")
    review = review or PostReview(project=project)
    before = review.led_by_id
    review.led_by = led_by or review.led_by or project.owner
    review.due_date = due_date or review.due_date or timezone.localdate(surrounding().now())
    review.state = ReviewState.STARTED
    _refuse_stranger(review)
    saved = history.save(review) if review.pk else history.create(review)
    _tell_lead(saved, before, actor)
    return saved


@operation(Verb.REVIEW_EDIT)
def edit_review(
    review: PostReview, *, actor: Actor, expected_version: int | None = None, reason: str = "", **fields: Any
) -> PostReview:
    """Write what was found, or change when the review is due and who leads it."""
    if review.state == ReviewState.SIGNED:
        raise Impossible("The review is signed; what is signed stands.")
    before = review.led_by_id
    change(review, REVIEW_FIELDS | TERMS, fields)
    _refuse_stranger(review)
    if fields.keys() & REVIEW_FIELDS:
        if review.state == ReviewState.PLANNED:
            raise Impossible("Start the review first.")
        review.written_by = sorted({*review.written_by, actor.pk or 0})
    saved = history.save(review)
    _tell_lead(saved, before, actor)
    return saved


@operation(Verb.REVIEW_SIGN)
def sign_review(
    review: PostReview, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> PostReview:
    """Stand by a review somebody else wrote; planned against actual is kept as it is today."""
    if review.state != ReviewState.STARTED:
        raise Impossible("Only a review that was started and is not signed can be signed.")
    if not review.findings.strip() or not review.worth:
        raise Impossible("The review does not say yet what was found and whether it was worth it.")
    if actor.pk in review.written_by:
        raise Forbidden("You wrote this review; somebody else signs it.")
    review.facts = compared(review.project, review)
    review.state = ReviewState.SIGNED
    review.signed_by_id, review.signed_on = actor.pk, timezone.localdate(surrounding().now())
    return history.save(review)


def _refuse_stranger(review: PostReview) -> None:
    if review.led_by is not None and not access.may(review.led_by, Verb.SEE_REGISTER, review.project):
        raise ValidationError({"led_by": f"{review.led_by} may not see {review.project}; give them a part in it."})


def _tell_lead(review: PostReview, before: int | None, actor: Actor) -> None:
    lead: Person | None = review.led_by
    if lead is not None and lead.pk not in {before, actor.pk} and lead.is_active:
        text = f"You lead the review of {review.project}, due on {day(review.due_date)}."
        transaction.on_commit(partial(tell, [lead], text, reverse("project_review", args=[review.project.code])))
