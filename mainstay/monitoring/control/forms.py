"""The forms of control: terms of exit, a step of running work, and setting running work free in a scenario."""

from typing import Any

from django import forms
from django.utils import timezone

from mainstay.monitoring.control.operations import LONGEST_PAUSE
from mainstay.monitoring.models import ExitTerms

DAY = {"type": "date"}
LONGEST_REASON = 500


class ExitForm(forms.ModelForm):
    """What it would cost to stop or rest a project, and what would be left of it."""

    class Meta:
        model = ExitTerms
        fields = ("stop_cost", "salvage", "pause_cost", "note")
        help_texts = {
            "stop_cost": "Contracts to end, people to move, sites to make safe.",
            "salvage": "What could be sold or used elsewhere, were it stopped today.",
            "pause_cost": "What a month at rest costs: storage, guarding, standing fees.",
        }


class StepForm(forms.Form):
    """From when on, and why."""

    on = forms.DateField(label="From", widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record, and everybody who sees the project reads it: no figures.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})


class StopForm(StepForm):
    """Whether money that is not released goes back."""

    returns_money = forms.BooleanField(
        label="Money not released yet goes back to its fund", required=False, initial=True
    )
    field_order = ("on", "returns_money", "reason")


class PauseForm(StopForm):
    """For how long it rests."""

    months = forms.IntegerField(label="For so many months", min_value=1, max_value=LONGEST_PAUSE, initial=6)
    field_order = ("on", "months", "returns_money", "reason")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.initial["months"] = 6


class FreeingForm(forms.Form):
    """What a scenario in which running work is free plans with."""

    name = forms.CharField(max_length=120)
    budget = forms.DecimalField(
        label="Budget", max_digits=18, decimal_places=2, min_value=0, required=False,
        help_text="For everything from here on, the cost of stopping included. Empty: as much as everything costs.",
    )  # fmt: skip
    by_people = forms.BooleanField(label="Within the hours people have", required=False, initial=True)
