"""The nouns of review."""

from mainstay.review.models.closure import ClosingRule, Closure
from mainstay.review.models.lesson import Lesson, LessonState
from mainstay.review.models.post_review import PostReview, ReviewState, Worth

__all__ = ["ClosingRule", "Closure", "Lesson", "LessonState", "PostReview", "ReviewState", "Worth"]
