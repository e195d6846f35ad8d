"""The form that corrects an entry."""

from typing import Any

from django import forms

from mainstay.monitoring.models import OtherWork
from mainstay.monitoring.operations.rules import known_projects


class CorrectionForm(forms.Form):
    """What is right instead: hours, what they are for, and why."""

    hours = forms.DecimalField(
        label="Right hours", min_value=0, max_value=24, decimal_places=2, help_text="0 takes the entry away."
    )
    code = forms.CharField(
        label="Project", required=False, max_length=40, help_text="Its code, if it was another project."
    )
    work = forms.ChoiceField(label="Other work", required=False, choices=[("", "As before"), *OtherWork.choices])
    reason = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args: Any, entry: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, initial={"hours": entry.hours}, **keywords)
        self.entry, self.user = entry, user

    def clean_code(self) -> Any:
        """The project with this code, among those open to whoever corrects."""
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        row = known_projects(self.entry.resource, self.user).filter(code__iexact=code).first()
        if row is None:
            raise forms.ValidationError("There is no such project, or it is not open to you.")
        return row

    def clean(self) -> dict[str, Any]:
        """A project or other work, not both."""
        told = super().clean()
        if told.get("code") and told.get("work"):
            self.add_error("work", "Choose a project or other work, one of the two.")
        return told

    def given(self) -> dict[str, Any]:
        """What the operation takes."""
        told = dict(self.cleaned_data)
        return told | {"project": told.pop("code")}
