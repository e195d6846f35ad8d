"""The forms of a change: what is asked for with its effect, and the decision."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.core.forms import take_errors
from mainstay.monitoring.models import ChangeRequest
from mainstay.resources.models import Role

NO_FIGURES = "Everybody who sees the project reads it: no figures."


class ChangeForm(forms.ModelForm):
    """What changes, why, and what that does."""

    class Meta:
        model = ChangeRequest
        fields = ("title", "reason", "scope_effect", "days", "moves_milestones", "cost_effect", "benefit_effect")
        widgets = {"reason": forms.Textarea(attrs={"rows": 3}), "scope_effect": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": NO_FIGURES,
            "scope_effect": NO_FIGURES,
            "days": "42 for six weeks later; below zero for earlier.",
            "cost_effect": "In the currency of the project; below zero where it costs less.",
            "benefit_effect": "In the currency of the project; below zero where it brings less.",
        }


class HoursForm(forms.Form):
    """Hours more or less of a role."""

    role = forms.ModelChoiceField(
        Role.objects.filter(is_active=True), required=False, to_field_name="key", empty_label="No role"
    )
    hours = forms.DecimalField(label="Hours", max_digits=9, decimal_places=2, required=False)


HoursForms = forms.formset_factory(HoursForm, extra=2, max_num=20, absolute_max=20)


class ChangeForms:
    """The form of a change with its rows of hours."""

    def __init__(self, row: ChangeRequest, data: Any = None) -> None:
        self.main = ChangeForm(data, instance=row)
        held = [{"role": key, "hours": Decimal(hours)} for key, hours in row.demand_effect.items()]
        self.hours = HoursForms(data, initial=held, prefix="hours")

    def is_valid(self) -> bool:
        """Whether all of it makes sense."""
        return all([self.main.is_valid(), self.hours.is_valid()])

    @property
    def sent(self) -> dict[str, Any]:
        """What was typed."""
        hours: dict[str, Decimal] = {}
        for form in self.hours:
            role, many = form.cleaned_data.get("role"), form.cleaned_data.get("hours")
            if role is not None and many:
                hours[role.key] = hours.get(role.key, Decimal(0)) + many
        return self.main.cleaned_data | {"demand_effect": hours}

    def refuse(self, error: Any) -> None:
        """Put the refusal of an operation beside the fields it speaks of."""
        take_errors(self.main, error)


class DecisionForm(forms.Form):
    """Why it is approved or not."""

    note = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"It stays on record. {NO_FIGURES}",
    )  # fmt: skip
