"""Forms about money."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.portfolio.models import Phase, Stage

SOME = Decimal("0.01")
MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2, "min_value": SOME}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MORE_ROWS = 3


class CommitmentForm(forms.Form):
    """Money of an envelope for a project."""

    envelope = forms.TypedChoiceField(coerce=int, label="From")
    amount = forms.DecimalField(**MONEY)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, envelopes: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["envelope"].choices = [
            (row.pk, f"{row}: {row.fund.currency} {balance.available:,.2f} left") for row, balance in envelopes
        ]


class TrancheForm(forms.Form):
    """A part of a commitment and the stage that lets it go."""

    title = forms.CharField(max_length=120, required=False)
    amount = forms.DecimalField(**MONEY, required=False)
    gate = forms.ModelChoiceField(
        Stage.objects.none(), required=False, label="After entering", empty_label="No stage"
    )
    due_date = forms.DateField(label="Expected", required=False, widget=DAY)

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["gate"].queryset = Stage.objects.filter(phase__in=[Phase.COMMITTED, Phase.FINISHED])
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "gate" else "form-control"


TrancheForms = forms.formset_factory(TrancheForm, extra=MORE_ROWS, max_num=24)


class ReturnForm(forms.Form):
    """How much of a commitment goes back, and why."""

    amount = forms.DecimalField(**MONEY)
    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, currency: str, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["amount"].label = f"Amount, {currency}"


class CarryForm(forms.Form):
    """How much is carried from one year of a fund into another, and why."""

    origin = forms.TypedChoiceField(coerce=int, label="From")
    target = forms.TypedChoiceField(coerce=int, label="Into")
    amount = forms.DecimalField(**MONEY)
    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, years: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if currency := next((one.envelope.fund.currency for one in years), ""):
            self.fields["amount"].label = f"Amount, {currency}"
        left = [(one.envelope.pk, f"{one.envelope.year}: {one.balance.available:,.2f} left") for one in years]
        self.fields["origin"].choices = left
        self.fields["target"].choices = [
            (one.envelope.pk, str(one.envelope.year)) for one in years if not one.envelope.year.is_closed
        ]
