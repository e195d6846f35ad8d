"""What the forms of this room share."""

from typing import Any

from django import forms

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio

WHOLE_ORGANISATION = "The whole organisation"
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RowForm(forms.ModelForm):
    """A form of a row, which gives an operation what was typed, or only what was changed."""

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user
        for name in self.fields.keys() & {"owner", "head"}:
            self.fields[name].queryset = Person.objects.visible_to(user).active()
            self.fields[name].empty_label = "Nobody yet"
        if "code" in self.fields and not self.instance.pk:
            self.fields["code"].required = False
            self.fields["code"].help_text = "Leave empty to take the next free one."

    def changes(self) -> dict[str, Any]:
        """What was changed, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def given(self) -> dict[str, Any]:
        """Everything, as the operation that creates takes it."""
        return dict(self.cleaned_data)


def place_field(user: Any, verb: Verb) -> forms.ModelChoiceField:
    """The portfolio a row stands for; the whole organisation only where the person may."""
    may_all = access.may(user, verb)
    return forms.ModelChoiceField(
        Portfolio.objects.visible_to(user, verb).order_by("path"),
        to_field_name="code",
        label="Stands for",
        required=not may_all,
        empty_label=WHOLE_ORGANISATION if may_all else "Choose a portfolio",
    )
