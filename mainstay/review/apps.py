"""Registers the room with Django."""

from django.apps import AppConfig


class ReviewRoom(AppConfig):
    """Review."""

    name = "mainstay.review"
    label = "review"

    def ready(self) -> None:
        """Make the room's operations, pages, lists and lessons known."""
        from mainstay.charts import words
        from mainstay.core.context import add_entry
        from mainstay.core.daily import every_day
        from mainstay.core.exchange import register
        from mainstay.identification.offered import register_lessons
        from mainstay.identification.outcomes import add_source
        from mainstay.portfolio.sections import Group, add_section
        from mainstay.review import guards, operations  # noqa: F401  (register themselves)
        from mainstay.review.calibration import setting as calibration_setting
        from mainstay.review.offering import lessons_like, sentences_of
        from mainstay.review.operations import reminding
        from mainstay.review.sheets import LessonSheet

        add_entry("Review", "Reviews", "reviews", "check")
        add_entry("Review", "Lessons", "lessons", "book", None)
        add_section("Review", "project_review", group=Group.VALUE)
        register(LessonSheet())
        add_source(sentences_of)
        register_lessons(lessons_like)
        every_day("reviews", lambda: f"{words.counted(reminding.remind_everybody(), 'notice')} left.")
        calibration_setting.make_known()
