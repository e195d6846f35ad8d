"""Leads of reviews are told what is due and what is late."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.core.errors import Forbidden
from mainstay.core.models import Notice
from mainstay.core.system import MAINSTAY
from mainstay.review.models import PostReview
from mainstay.review.operations import edit_review, remind_of_reviews, sign_review, start_review
from mainstay.review.operations.reminding import remind_everybody, remind_leads
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def review(world: Any) -> PostReview:
    """The review of the running pumps, led by Grace and due in a fortnight."""
    project = let_run(world.pumps, manager=world.project_manager, owner=world.sponsor)
    made = start_review(project, actor=MAINSTAY, due_date=TODAY + timedelta(days=14))
    Notice.objects.all().delete()
    return made


def due(review: PostReview, days: int) -> PostReview:
    """The review, due so many days ago."""
    PostReview.objects.filter(pk=review.pk).update(due_date=TODAY - timedelta(days=days))
    return PostReview.objects.get(pk=review.pk)


def told() -> list[tuple[str, str]]:
    return [(row.person.username, row.text) for row in Notice.objects.order_by("pk")]


def test_a_lead_is_told_before_when_late_and_every_month_after(world: Any, review: PostReview) -> None:
    assert remind_of_reviews([due(review, -15)], actor=MAINSTAY) == 0
    assert remind_of_reviews([due(review, -14)], actor=MAINSTAY) == 1
    assert remind_everybody() == 0
    assert [remind_of_reviews([due(review, days)], actor=MAINSTAY) for days in (1, 30, 59, 60)] == [1, 1, 1, 1]
    assert {who for who, _ in told()} == {world.sponsor.username}
    texts = [text for _, text in told()]
    assert texts[0].startswith("The review of Replace the pumps is due on ")
    assert [text.rsplit("; ", 1)[1] for text in texts[1:]] == [
        "it is late.",
        "it is more than 30 days late.",
        "it is more than 30 days late.",
        "it is more than 60 days late.",
    ]
    assert {row.url for row in Notice.objects.all()} == {f"/reviews/{review.pk}/"}


def test_the_same_is_told_once_and_of_signed_reviews_nothing(world: Any, review: PostReview) -> None:
    late = due(review, 40)
    assert [remind_leads(world.director), remind_leads(world.director)] == [1, 0]
    written = edit_review(late, actor=world.sponsor, findings="It pays", worth="yes")
    sign_review(written, actor=world.director)
    Notice.objects.all().delete()
    assert remind_everybody() == 0
    assert told() == []


def test_without_a_lead_the_owner_is_told_and_nobody_who_may_not_see_it(world: Any, review: PostReview) -> None:
    PostReview.objects.filter(pk=review.pk).update(led_by=None)
    due(review, 3)
    assert remind_everybody() == 1
    assert told()[0][0] == world.sponsor.username
    Notice.objects.all().delete()
    PostReview.objects.filter(pk=review.pk).update(led_by=world.stranger)
    assert remind_everybody() == 0


def test_who_may_not_remind_is_refused(world: Any, review: PostReview) -> None:
    due(review, 3)
    with pytest.raises(Forbidden):
        remind_leads(world.project_manager)
    assert told() == []
