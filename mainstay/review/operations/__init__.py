"""The operations of review."""

from mainstay.review.operations.closing import complete_closure, prepare_closure, set_closing_rule
from mainstay.review.operations.lessons import add_lesson, edit_lesson, publish_lesson, remove_lesson
from mainstay.review.operations.reminding import remind_of_reviews
from mainstay.review.operations.reviewing import edit_review, sign_review, start_review

__all__ = [
    "add_lesson", "complete_closure", "edit_lesson", "edit_review", "prepare_closure", "publish_lesson",
    "remind_of_reviews", "remove_lesson", "set_closing_rule", "sign_review", "start_review",
]  # fmt: skip
