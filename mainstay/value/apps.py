"""Registers the room with Django."""

from django.apps import AppConfig


class ValueRoom(AppConfig):
    """Value."""

    name = "mainstay.value"
    label = "value"

    def ready(self) -> None:
        """Make the room's operations, sheets and pages known."""
        from mainstay.charts import words
        from mainstay.core.context import add_entry
        from mainstay.core.daily import every_day
        from mainstay.core.exchange import register
        from mainstay.core.verbs import Verb
        from mainstay.portfolio.sections import Group, add_section
        from mainstay.value import operations  # noqa: F401  (register themselves)
        from mainstay.value.benefits.sheets import BenefitSheet, ReadingSheet
        from mainstay.value.funds.sheets import EnvelopeSheet
        from mainstay.value.operations import reminding
        from mainstay.value.surveys.sheets import SurveySheet

        add_entry("Value", "Benefits", "benefits", "trend", Verb.SEE_FIGURES)
        add_section("Benefits", "project_benefits", Verb.SEE_FIGURES, group=Group.VALUE)
        add_section("Customers", "project_surveys", Verb.SEE_REGISTER, group=Group.VALUE)
        add_entry("Value", "Currencies", "currencies", "money")
        for sheet in (EnvelopeSheet(), BenefitSheet(), ReadingSheet(), SurveySheet()):
            register(sheet)
        every_day("benefits", lambda: f"{words.counted(reminding.remind_everybody(), 'notice')} left.")
