"""Forms of governance."""

from django import forms

from mainstay.governance.models import Cycle

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CycleForm(forms.ModelForm):
    """The name, the dates and the note of a planning cycle."""

    class Meta:
        model = Cycle
        fields = ("name", "start_date", "end_date", "intake_until", "decision_date", "note")
        widgets = {
            "start_date": DAY,
            "end_date": DAY,
            "intake_until": DAY,
            "decision_date": DAY,
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"start_date": "The first day of the period the cycle plans."}
