"""Forms about currencies."""

from django import forms
from django.utils import timezone

from mainstay.value.models import Currency, ExchangeRate


class CurrencyForm(forms.ModelForm):
    """A new currency."""

    class Meta:
        model = Currency
        fields = ("code", "name", "decimals")
        help_texts = {"code": "Three capital letters, as in EUR.", "decimals": "2 for most, 0 for the yen."}

    def clean_code(self) -> str:
        """A currency is known once."""
        code = self.cleaned_data["code"].upper()
        if Currency.objects.filter(code=code).exists():
            raise forms.ValidationError(f"{code} is here already.")
        return code


class RateForm(forms.ModelForm):
    """What a currency is worth from a date on."""

    class Meta:
        model = ExchangeRate
        fields = ("date", "rate")
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, currency: Currency, *args: object, **keywords: object) -> None:
        super().__init__(*args, **keywords)
        self.instance.currency = currency
        self.fields["date"].initial = timezone.localdate
        self.fields["rate"].widget.attrs["step"] = "any"

    def validate_unique(self) -> None:
        """The same date again corrects the rate, so it is no mistake."""
