"""How finished work of the sample ended: closed by checklist, reviewed half a year later, and what it taught."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts, milestones
from mainstay.config.sample.calibration import CAME_TO
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.staff import Staff
from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.review.checklist import ITEMS
from mainstay.review.models import Closure, Lesson, PostReview
from mainstay.review.operations import (
    add_lesson,
    complete_closure,
    edit_review,
    prepare_closure,
    publish_lesson,
    set_closing_rule,
    sign_review,
    start_review,
)

RULED, PLACE, MONTHS = -1000, "NORTHMOOR", 6
CLOSES, STARTS, WRITES, SIGNS = 7, 190, 204, 215
NOT_REVIEWED = frozenset({"DIG-008", "WAT-023"})
"""Two whose reviews are planned and nobody has begun."""
WORTH = {"WAT-005": "no", "POW-005": "partly", "DIG-008": "partly", "WAT-002": "yes"}
FINDINGS = {
    "yes": "It does what the case said it would, and those who use it would ask for it again.",
    "partly": "What was promised comes, later and less than the case said; the cost went the other way.",
    "no": "It works, but what it finds does not pay for looking. It is not repeated.",
}
WELL, BADLY = "Operations took it over without a gap.", "The estimate left out what others had to do for it."


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the rule, the closures, the reviews and the lessons into the diary."""
    lessons = {row["code"]: row for row in facts.read("endings.toml")["lesson"]}
    diary.enter(RULED, partial(_rule, staff), hour=10)
    for one in projects:
        if one.stage == "closed":
            over = one.end + milestones.slip(one)
            diary.enter(min(over + CLOSES, -1), partial(_close, one, staff, diary, over), hour=8)
            if one.code in lessons:
                diary.enter(min(over + CLOSES + 1, -1), partial(_teach, lessons[one.code], staff), hour=17)
            _enter_review(one, staff, diary, over)


def _enter_review(one: Facts, staff: Staff, diary: Diary, over: int) -> None:
    if one.code in NOT_REVIEWED or over + STARTS >= -1:
        return
    diary.enter(over + STARTS, partial(_start, one.code, staff), hour=10)
    if over + SIGNS < -1:
        diary.enter(over + WRITES, partial(_write, one, staff), hour=11)
        diary.enter(over + SIGNS, partial(_sign, one.code, staff), hour=12)


def _rule(staff: Staff) -> None:
    set_closing_rule(Portfolio.objects.get(code=PLACE), actor=staff["priya"], asks=True, months=MONTHS)


def _close(one: Facts, staff: Staff, diary: Diary, over: int) -> None:
    project = Project.objects.get(code=one.code)
    promised = money(one.cost_was or one.cost) or Decimal(0)
    final = (promised * Decimal(str(CAME_TO.get(one.code, 1)))).quantize(Decimal(1))
    answers = {item.key: {"answer": "yes", "note": ""} for item in ITEMS}
    given = {"answers": answers, "final_cost": final, "final_end": diary.day(over)}
    prepare_closure(project, actor=staff["priya"], **given)
    complete_closure(Closure.objects.get(project=project), actor=staff["priya"])


def _teach(row: Mapping[str, Any], staff: Staff) -> None:
    project = Project.objects.get(code=row["code"])
    lesson = add_lesson(project, actor=staff["priya"], **{name: row[name] for name in row if name != "code"})
    publish_lesson(Lesson.objects.get(pk=lesson.pk), actor=staff["amara"])


def _start(code: str, staff: Staff) -> None:
    start_review(Project.objects.get(code=code), actor=staff["priya"])


def _write(one: Facts, staff: Staff) -> None:
    review = PostReview.objects.select_related("project", "led_by").get(project__code=one.code)
    worth = WORTH.get(one.code, "yes")
    share = {"yes": Decimal("0.3"), "partly": Decimal("0.15"), "no": Decimal("0.05")}[worth]
    realised = ((review.project.benefit or Decimal(0)) * share).quantize(Decimal(1))
    told = {"went_well": WELL, "went_badly": BADLY, "findings": FINDINGS[worth], "benefit_realised": realised}
    edit_review(review, actor=_writer(review, staff), worth=worth, **told)


def _writer(review: PostReview, staff: Staff) -> Person:
    """Whoever leads the review, where their roles let them write it."""
    lead = review.led_by
    if lead is not None and access.may(lead, Verb.REVIEW_EDIT, review.project):
        return staff[lead.username]
    return staff["priya"]


def _sign(code: str, staff: Staff) -> None:
    review = PostReview.objects.get(project__code=code)
    signer = staff["priya"] if staff["priya"].pk not in review.written_by else staff["amara"]
    sign_review(review, actor=signer)
