"""Forms about funds."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.portfolio.models import FiscalYear, Portfolio
from mainstay.value.models import Currency, Envelope, Fund


class FundForm(forms.ModelForm):
    """A fund: its name, what it pays for, whose it is."""

    class Meta:
        model = Fund
        fields = ("key", "name", "currency", "nature", "owner", "is_open", "note")
        help_texts = {
            "key": "A short name for addresses, such as growth; it stays.",
            "currency": "All its envelopes are in this currency; it stays.",
        }

    def __init__(self, *args: Any, reader: Any, portfolio: Portfolio, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["owner"].queryset = Person.objects.visible_to(reader)
        codes = sorted({portfolio.currency, *Currency.objects.values_list("code", flat=True)})
        self.fields["currency"] = forms.ChoiceField(
            choices=[(code, code) for code in codes],
            initial=portfolio.currency,
            help_text=self.fields["currency"].help_text,
        )
        if self.instance.pk:
            del self.fields["key"], self.fields["currency"]


class EnvelopeForm(forms.ModelForm):
    """What a fund holds in a year."""

    class Meta:
        model = Envelope
        fields = ("year", "amount", "held_back")
        help_texts = {"held_back": "Kept for surprises: nobody can commit it."}

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["year"].queryset = FiscalYear.objects.filter(is_closed=False)
        self.fields["year"].label = "Fiscal year"
        self.fields["held_back"].required = False

    def clean_held_back(self) -> Any:
        """Nothing typed is nothing held back."""
        return self.cleaned_data["held_back"] or 0

    def validate_unique(self) -> None:
        """The same year again corrects the envelope, so it is no mistake."""

    def validate_constraints(self) -> None:
        """The operation finds the envelope of the year and checks it."""
