"""Forms of pairwise sessions."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.evaluation.forms.rounds import CHOICES, PeopleField
from mainstay.evaluation.forms.score_models import cycles_of
from mainstay.evaluation.models import Together
from mainstay.evaluation.sessions import likely_participants
from mainstay.governance.models import Cycle


class SessionForm(forms.Form):
    """What a pairwise session is called, how long it lasts, and who takes part."""

    name = forms.CharField(max_length=120)
    note = forms.CharField(
        max_length=500, required=False, label="A word to the participants", widget=forms.Textarea(attrs={"rows": 2})
    )
    due_date = forms.DateField(
        required=False, label="Answer until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), required=False, label="Planning cycle", empty_label="None in particular"
    )
    together = forms.ChoiceField(choices=Together.choices, label="The group's weights")
    participants = PeopleField(
        Person.objects.none(),
        label="Participants",
        widget=forms.CheckboxSelectMultiple(attrs=CHOICES),
        help_text="Everybody who may compare here: executives, board members and evaluators.",
    )

    def __init__(self, *args: Any, user: Any, portfolio: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["participants"].queryset = likely_participants(portfolio)
        self.fields["cycle"].queryset = cycles_of(portfolio, user)
