"""The forms of studies, made from their terms."""

from dataclasses import fields
from typing import Any

from django import forms

from mainstay.authorisation.result import Result
from mainstay.authorisation.studies.terms import LIMITS, FrontierTerms
from mainstay.authorisation.studies.weighting import is_weighed

WEIGHTS = "weights"
NUMBERS = {float: forms.FloatField, int: forms.IntegerField}


class TermsForm(forms.Form):
    """The terms of one study; what they may be is stated with the terms."""

    def __init__(self, terms: Any, result: Result, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.terms = terms
        if terms is FrontierTerms:
            choices = [(each.id, each.name) for each in result.limits if result.problem.limit(each.id).total]
            self.fields["limit"] = forms.ChoiceField(label="Vary", choices=choices, initial=FrontierTerms.limit)
        for field in fields(terms):
            if field.name in LIMITS and (field.name != WEIGHTS or is_weighed(result)):
                self.fields[field.name] = self._number(field)

    def _number(self, field: Any) -> forms.Field:
        bounds = LIMITS[field.name]
        return NUMBERS[field.type](
            label=bounds.label,
            help_text=bounds.help,
            min_value=bounds.least,
            max_value=bounds.most,
            initial=f"{field.default:g}" if field.type is float else field.default,
        )

    def read(self) -> Any:
        """The terms as they were given."""
        return self.terms.read(self.cleaned_data)
