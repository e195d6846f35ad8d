"""Forms of absences, typed or brought in from a calendar file."""

from typing import Any

from django import forms

from mainstay.resources.forms.base import PercentField, RowForm
from mainstay.resources.models import Absence, AbsenceKind


class AbsenceForm(RowForm):
    """When somebody is away; why stands in it only for those who may know."""

    share = PercentField(label="Away, % of each day", initial=1)

    class Meta:
        model = Absence
        fields = ("starts_on", "ends_on", "share", "kind", "note")
        help_texts = {"note": "Only few may read it."}

    def __init__(self, *args: Any, knows_why: bool = True, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["note"].required = False
        if not knows_why:
            del self.fields["kind"], self.fields["note"]


class CalendarFileForm(forms.Form):
    """A calendar file with absences of one person."""

    file = forms.FileField(label="Calendar file", help_text="An iCalendar file (.ics) of at most 2 MB.")
    kind = forms.ChoiceField(
        label="They are", choices=AbsenceKind.choices, help_text="Where the file does not say otherwise."
    )
