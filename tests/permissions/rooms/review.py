"""Closures, reviews and lessons in the permission table."""

from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.projects import propose_project
from mainstay.review.checklist import ITEMS
from mainstay.review.models import Closure, PostReview
from mainstay.review.operations import add_lesson, edit_review, prepare_closure, publish_lesson, start_review
from tests.monitoring.going import let_run
from tests.permissions.rows import SIGNED_IN, Room, Row

FIGURE, HIDDEN = Decimal("1234567.89"), Decimal("77123456.78")
_PROJECT, _REVIEW, _LESSON = {"code": "ending"}, {"post_review_id": "post_review"}, {"lesson_id": "lesson"}
_BEGUN, _PLACE = {"code": "unbegun"}, {"code": "portfolio"}
_TOLD = {"title": "Order early", "recommendation": "Order a year ahead"}
_WRITTEN = {"findings": "It pays", "worth": "yes"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A project whose closure is ready, with a review written and a lesson, in Networks and where it is secret."""
    for project in (world.pumps, world.heron):
        Closure.objects.create(project=project)
    inside = _ending(world.networks, "VALVES", "New valves", world.director, FIGURE)
    return inside, _ending(world.secret, "ZQ7VALVES", "Valves zq7secret", world.director, HIDDEN)


def _ending(portfolio: Portfolio, code: str, name: str, manager: Any, figure: Decimal) -> dict[str, Any]:
    for each, words in ((code, name), (f"{code}2", f"{name} again")):
        made = propose_project(portfolio, actor=MAINSTAY, code=each, name=words, cost=figure, benefit=figure)
        let_run(made, manager=manager)
    project, other = Project.objects.get(code=code), Project.objects.get(code=f"{code}2")
    answers = {item.key: {"answer": "yes", "note": f"Of {name}"} for item in ITEMS}
    prepare_closure(project, actor=MAINSTAY, answers=answers, note=f"Keys of {name}", final_cost=figure)
    review = _written(project)
    lesson = add_lesson(project, actor=MAINSTAY, title=f"Order {name} early", recommendation="Ask", tags=["supply"])
    told = add_lesson(project, actor=MAINSTAY, title=f"Test {name} late", recommendation="Wait")
    publish_lesson(told, actor=MAINSTAY)
    return {"ending": code, "unbegun": other.code, "post_review": review.pk, "lesson": lesson.pk}


def _written(project: Project) -> PostReview:
    review = start_review(project, actor=MAINSTAY)
    return edit_review(
        review, actor=MAINSTAY, findings=f"Found of {project}", worth="partly", benefit_realised=project.cost
    )


ROOM = Room(
    pages={
        "project_review": Row(arguments=_PROJECT),
        "closure": Row(Verb.CLOSURE_PREPARE, Verb.CLOSURE_PREPARE, arguments=_PROJECT, sent={"version": "1"}),
        "closure_completion": Row(None, Verb.CLOSURE_COMPLETE, arguments=_PROJECT, sent={"version": "1"}),
        "closing_rule": Row(
            Verb.CLOSINGRULE_SET, Verb.CLOSINGRULE_SET, arguments=_PLACE, sent={"asks": "on", "months": "6"}
        ),
        "reviews": Row(SIGNED_IN),
        "review_reminders": Row(None, Verb.REVIEWS_REMIND, place="somewhere"),
        "review_start": Row(Verb.REVIEW_START, Verb.REVIEW_START, arguments=_BEGUN, sent={"due_date": "2091-01-01"}),
        "post_review": Row(Verb.SEE_REGISTER, Verb.REVIEW_EDIT, arguments=_REVIEW, sent=_WRITTEN | {"version": "2"}),
        "review_signing": Row(None, Verb.REVIEW_SIGN, arguments=_REVIEW, sent={"version": "2"}),
        "lessons": Row(SIGNED_IN),
        "lesson_new": Row(Verb.LESSON_ADD, Verb.LESSON_ADD, arguments=_PROJECT, sent=_TOLD),
        "lesson": Row(Verb.SEE_REGISTER, Verb.LESSON_EDIT, arguments=_LESSON, sent=_TOLD | {"version": "1"}),
        "lesson_removal": Row(None, Verb.LESSON_REMOVE, arguments=_LESSON),
        "lesson_publication": Row(None, Verb.LESSON_PUBLISH, arguments=_LESSON, sent={"version": "1"}),
    },
    arguments={"post_review_id": "post_review", "lesson_id": "lesson"},
    sent={
        "closingrule.set": {"asks": True, "months": 6},
        "closure.prepare": {"note": "Keys"},
        "closure.complete": {},
        "review.start": {},
        "review.edit": _WRITTEN,
        "review.sign": {},
        "lesson.add": _TOLD,
        "lesson.edit": {"title": "Order earlier"},
        "lesson.publish": {},
    },
    reads={
        "see.closure": Verb.SEE_REGISTER,
        "see.postreview": Verb.SEE_REGISTER,
        "see.postreview.figures": Verb.SEE_FIGURES,
        "see.lesson": Verb.SEE_REGISTER,
    },
    placed=frozenset({"ending", "unbegun", "post_review", "lesson"}),
    furnish=furnish,
)
