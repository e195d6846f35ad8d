"""Forms of a business case: its words and periods, options, assumptions, risks, publishing."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.identification.models import Assumption, BusinessCase, Option, Risk


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CaseForm(forms.ModelForm):
    """The words of a case and the time it looks at."""

    drops_amounts = forms.BooleanField(
        label="Amounts in periods that go may go with them", required=False, help_text="Only asked for when needed."
    )

    class Meta:
        model = BusinessCase
        fields = ("problem", "consequences", "grain", "first_period", "periods", "currency")
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 6}),
            "consequences": forms.Textarea(attrs={"rows": 4}),
            "first_period": _date(),
        }
        help_texts = {
            "problem": "What is wrong or missing today, for whom, and what the money is for.",
            "consequences": "What happens, and when, if nobody does anything.",
            "grain": "Amounts in longer periods are added up, in shorter ones laid evenly.",
        }

    def clean_currency(self) -> str:
        """Three capital letters."""
        code = self.cleaned_data["currency"].strip().upper()
        if len(code) != 3 or not code.isalpha():
            raise forms.ValidationError("A currency is three letters, as in GBP.")
        return code


class OptionForm(forms.ModelForm):
    """One way to meet the need."""

    class Meta:
        model = Option
        fields = ("name", "kind", "description", "is_preferred")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: Any = None, **keywords: Any) -> None:
        super().__init__(*args, **keywords)


class NewOptionForm(OptionForm):
    """A new option, empty or as a copy of another one."""

    copy_of = forms.ModelChoiceField(
        queryset=Option.objects.none(), required=False, label="Begin with the lines of", empty_label="Nothing"
    )

    def __init__(self, *args: Any, case: BusinessCase, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["copy_of"].queryset = case.options.all()
        self.fields["copy_of"].label_from_instance = lambda option: option.name


class OwnedForm(forms.ModelForm):
    """A part somebody answers for."""

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        known = Person.objects.filter(pk=self.instance.owner_id)
        self.fields["owner"].queryset = (Person.objects.visible_to(user).active() | known).distinct()


class AssumptionForm(OwnedForm):
    """Something the case takes for true."""

    class Meta:
        model = Assumption
        fields = ("text", "owner", "belief", "check_by", "evidence")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
            "check_by": _date(),
        }
        help_texts = {"evidence": "What speaks for it: a source, a figure, a date."}


class RiskForm(OwnedForm):
    """Something that may go otherwise."""

    class Meta:
        model = Risk
        fields = (
            "name", "kind", "cause", "effect", "owner", "probability", "impact", "response", "plan",
            "residual_probability", "residual_impact", "is_closed",
        )  # fmt: skip
        help_texts = {
            "probability": "0.3 is 30%.",
            "impact": "What it would cost, or bring if it is an opportunity.",
            "residual_probability": "Leave both empty while nothing is decided.",
        }


class RangeForm(forms.Form):
    """Low and high estimates as shares of the likely ones, for every line of a sheet."""

    low_percent = forms.DecimalField(label="Low is likely less (%)", min_value=0, max_value=100, initial=10)
    high_percent = forms.DecimalField(label="High is likely plus (%)", min_value=0, max_value=900, initial=30)

    @property
    def factors(self) -> dict[str, Decimal]:
        """What likely amounts are multiplied by."""
        given = self.cleaned_data
        return {"low": 1 - given["low_percent"] / 100, "high": 1 + given["high_percent"] / 100}
