"""Closing by checklist, reviewing what is over, and lessons that reach others."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.identification.alike import similar_to
from mainstay.identification.offered import lessons_like
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.checklist import ITEMS, open_items
from mainstay.review.comparing import compared, shown
from mainstay.review.models import Closure, Lesson, PostReview
from mainstay.review.operations import (
    add_lesson,
    complete_closure,
    edit_lesson,
    edit_review,
    prepare_closure,
    publish_lesson,
    set_closing_rule,
    sign_review,
    start_review,
)
from mainstay.review.queries.lessons import Wanted, found_lessons, lessons_for
from mainstay.review.queries.reviews import Reviews
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db
ALL_DONE = {item.key: {"answer": "yes", "note": ""} for item in ITEMS}


@pytest.fixture
def closing(world: Any) -> Project:
    """The pumps, about to be closed, owned by Grace and managed by Jonas."""
    running = let_run(world.pumps, manager=world.project_manager, owner=world.sponsor)
    return advance(running, "closing")


def advance(project: Project, key: str) -> Project:
    """The project in another stage."""
    advance_project(project, actor=MAINSTAY, target=Stage.objects.get(key=key))
    return Project.objects.get(pk=project.pk)


def closed(project: Project) -> Project:
    """The project closed by checklist."""
    complete_closure(prepare_closure(project, actor=MAINSTAY, answers=ALL_DONE), actor=MAINSTAY)
    return advance(project, "closed")


def test_without_a_rule_and_without_a_closure_work_closes_as_before(closing: Project) -> None:
    assert advance(closing, "closed").stage.key == "closed"


def test_a_portfolio_that_asks_lets_nothing_close_before_the_checklist_is_complete(
    world: Any, closing: Project
) -> None:
    set_closing_rule(world.top, actor=MAINSTAY, asks=True, months=3)
    with pytest.raises(Impossible, match="asks for a closure"):
        advance(closing, "closed")
    set_closing_rule(world.networks, actor=MAINSTAY, asks=False, months=3)
    assert advance(closing, "closed").stage.key == "closed"


def test_an_open_item_refuses_with_the_list_and_nothing_is_frozen(world: Any, closing: Project) -> None:
    answers = ALL_DONE | {"money": {"answer": "", "note": ""}}
    closure = prepare_closure(closing, actor=world.project_manager, answers=answers)
    told = "Open: The books are closed: no bill is outstanding."
    assert open_items(closing, closure) == [told]
    with pytest.raises(Impossible) as refusal:
        complete_closure(closure, actor=world.project_manager)
    assert refusal.value.message == told
    with pytest.raises(Impossible, match="not complete"):
        advance(closing, "closed")
    assert (Closure.objects.get().closed_on, PostReview.objects.count()) == (None, 0)
    with pytest.raises(ValidationError, match="Say why it is not needed"):
        prepare_closure(closing, actor=world.project_manager, answers={"money": {"answer": "not_needed"}})


def test_who_saves_a_checklist_second_is_told(closing: Project) -> None:
    prepare_closure(closing, actor=MAINSTAY, shown=0, answers=ALL_DONE)
    with pytest.raises(Stale):
        prepare_closure(closing, actor=MAINSTAY, shown=0, answers={})
    assert Closure.objects.get().answers == ALL_DONE


def test_a_complete_closure_freezes_figures_plans_the_review_and_tells_its_lead(
    world: Any, closing: Project, django_capture_on_commit_callbacks: Any
) -> None:
    set_closing_rule(world.networks, actor=MAINSTAY, asks=True, months=3)
    with django_capture_on_commit_callbacks(execute=True):
        given = {"answers": ALL_DONE, "final_cost": Decimal("90000.00"), "final_end": date(2026, 11, 2)}
        complete_closure(prepare_closure(closing, actor=MAINSTAY, **given), actor=world.project_manager)
    closure, review = Closure.objects.get(), PostReview.objects.get()
    assert (closure.final_cost, closure.closed_by) == (Decimal("90000.00"), world.project_manager)
    assert closure.planned_benefit == closing.benefit
    months = (review.due_date.year - closure.closed_on.year) * 12 + review.due_date.month - closure.closed_on.month
    assert (review.led_by, months, review.due_date.day) == (world.sponsor, 3, 1)
    assert Notice.objects.get(person=world.sponsor, text__startswith="You lead the review").url.endswith("/PUMPS/")
    assert advance(closing, "closed").stage.key == "closed"
    with pytest.raises(Impossible, match="its closure stands"):
        prepare_closure(closing, actor=MAINSTAY, answers={})


def test_nobody_signs_what_they_wrote_and_what_is_signed_stands(world: Any, closing: Project) -> None:
    review = start_review(closed(closing), actor=world.portfolio_manager)
    with pytest.raises(Impossible, match="does not say yet"):
        sign_review(review, actor=world.director)
    review = edit_review(
        review, actor=world.sponsor, findings="It pays", worth="yes", benefit_realised=Decimal("5.00")
    )
    with pytest.raises(Forbidden, match="somebody else signs"):
        sign_review(review, actor=world.sponsor)
    assert PostReview.objects.get().state == "started"
    signed = sign_review(review, actor=world.portfolio_manager)
    assert (signed.signed_by, signed.facts["benefit"]["actual"]) == (world.portfolio_manager, "5.00")
    with pytest.raises(Impossible, match="what is signed stands"):
        edit_review(signed, actor=world.sponsor, findings="Other")
    assert PostReview.objects.get().findings == "It pays"
    assert Reviews(Reading(world.sponsor, None)).finding == (
        "0 reviews to come; 1 signed, 1 of them say it was worth it."
    )


def test_planned_against_actual_goes_by_what_the_closure_kept(world: Any, closing: Project) -> None:
    closing.end_date = date(2026, 10, 1)
    closing.save()
    given = {"answers": ALL_DONE, "final_cost": closing.cost + 10, "final_end": date(2026, 10, 31)}
    complete_closure(prepare_closure(closing, actor=MAINSTAY, **given), actor=MAINSTAY)
    told = compared(closing, PostReview.objects.get())
    assert told["cost"]["difference"] == "10.00"
    assert told["end"] == {"planned": "2026-10-01", "actual": "2026-10-31", "difference": 30}
    assert told["benefit"]["difference"] is None
    assert shown(told)["cost"]["difference"] == Decimal(10)
    assert shown(told)["end"] == {"planned": date(2026, 10, 1), "actual": date(2026, 10, 31), "difference": 30}


def test_a_published_lesson_is_offered_by_the_project_it_is_from_and_by_its_own_words(
    world: Any, closing: Project
) -> None:
    project = closed(closing)
    told = {"title": "Order transformers early", "recommendation": "Ask two suppliers", "tags": ["Supply", "supply"]}
    lesson = add_lesson(project, actor=world.project_manager, **told)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.REQUESTER, path=world.networks.path)
    asker = world.stranger
    assert lesson.tags == ["supply"]
    assert list(lessons_for(asker)) == []
    assert lessons_like("Order transformers", "", asker) == []
    with pytest.raises(Forbidden):
        publish_lesson(lesson, actor=world.project_manager)
    publish_lesson(lesson, actor=world.portfolio_manager)
    assert [one.title for one in lessons_like("Order transformers", "", asker)] == ["Order transformers early"]
    found = similar_to("Replace the pumps", "", asker)[0]
    assert found.outcome.lessons == ("Order transformers early. Ask two suppliers",)
    edit_lesson(Lesson.objects.get(), actor=world.project_manager, recommendation="Ask three")
    assert lessons_like("Order transformers", "", asker) == []


def test_lessons_of_what_is_confidential_or_goes_on_reach_nobody_who_may_not_see_it(
    world: Any, closing: Project
) -> None:
    give_grant(world.stranger, actor=MAINSTAY, role=Role.REQUESTER, path=world.top.path)
    for project in (closing, world.heron):
        told = {"title": "Transformers come late", "recommendation": "Order early"}
        publish_lesson(add_lesson(project, actor=MAINSTAY, **told), actor=MAINSTAY)
    asker = world.stranger
    seen = [one.project for one in lessons_for(asker) if one.project.seal]
    assert (seen, [one.project for one in lessons_like("Transformers come late", "", asker) if one.project.seal]) == (
        [],
        [],
    )


def test_lessons_are_found_by_words_tag_and_portfolio(world: Any, closing: Project) -> None:
    for title, tags in (("Order early", ["supply"]), ("Test with users", ["people"])):
        add_lesson(closing, actor=MAINSTAY, title=title, recommendation="So", tags=tags)
    reading = Reading(world.portfolio_manager, None)
    for wanted in (Wanted(words="order pumps"), Wanted(tag="supply")):
        assert [one.title for one in found_lessons(reading, wanted)] == ["Order early"]
    assert found_lessons(reading, Wanted(portfolio="NET")).count() == 2
    assert found_lessons(reading, Wanted(portfolio="UND")).count() == 0
