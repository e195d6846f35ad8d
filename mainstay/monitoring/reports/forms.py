"""The forms of a report and of a rhythm."""

from typing import Any

from django import forms

from mainstay.monitoring.models import Every, Rhythm, StatusReport
from mainstay.monitoring.reports.computed import PARTS

TEXT = forms.Textarea(attrs={"rows": 4})
NO_FIGURES = "Everybody who sees the project reads it: no figures."


class ReportForm(forms.ModelForm):
    """What a project manager says of a period."""

    class Meta:
        model = StatusReport
        fields = ("overall", *PARTS, "percent", "done", "planned", "needed", "explanation")
        widgets = {"done": TEXT, "planned": TEXT, "needed": TEXT, "explanation": TEXT}
        labels = {"overall": "Overall", "resources": "People"}
        help_texts = {"done": NO_FIGURES, "explanation": "Needed where you declare better than the figures say."}

    def __init__(self, *args: Any, hint: str = "", **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if hint:
            self.fields["done"].help_text = f"Planned last time: {hint} {NO_FIGURES}"


class RhythmForm(forms.ModelForm):
    """How often the projects of a portfolio report."""

    every = forms.ChoiceField(
        label="Projects report", choices=[("", "As the portfolio above says"), *Every.choices], required=False
    )

    class Meta:
        model = Rhythm
        fields = ("every", "due_after", "remind_before")
