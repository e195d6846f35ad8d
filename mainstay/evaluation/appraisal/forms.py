"""Forms of appraisal: a discount rate."""

from typing import Any

from django import forms
from django.utils import timezone

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import DiscountRate
from mainstay.portfolio.models import Portfolio


class DiscountForm(forms.ModelForm):
    """A rate from a date on, for the organisation or for a portfolio and everything below it."""

    class Meta:
        model = DiscountRate
        fields = ("portfolio", "from_date", "rate", "convention", "is_real")
        widgets = {"from_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "portfolio": "The nearest portfolio above a project decides.",
            "rate": "6 is 6% a year.",
            "is_real": "Without inflation: amounts are in today's prices.",
        }

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        field = self.fields["portfolio"]
        field.queryset = Portfolio.objects.visible_to(user, Verb.DISCOUNT_SET).order_by("path")
        field.required = not access.may(user, Verb.DISCOUNT_SET)
        field.empty_label = "The organisation"
        self.fields["from_date"].initial = timezone.localdate

    def validate_unique(self) -> None:
        """The same date again corrects the rate, so it is no mistake."""

    def validate_constraints(self) -> None:
        """The same holds for the rules of the database."""
