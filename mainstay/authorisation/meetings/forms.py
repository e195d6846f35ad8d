"""Forms of the committee room."""

from typing import Any

from django import forms

from mainstay.authorisation.models import Choice, Meeting, Verdict
from mainstay.core.models import Person
from mainstay.governance.models import Board
from mainstay.portfolio.models import Project

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST = 5000


class MeetingForm(forms.ModelForm):
    """What a meeting is called, when and where it is."""

    class Meta:
        model = Meeting
        fields = ("title", "held_on", "place_or_link")
        widgets = {"held_on": DAY}


class PlanForm(MeetingForm):
    """The same for a new meeting, with the board that sits."""

    board = forms.ModelChoiceField(Board.objects.none(), to_field_name="key")
    field_order = ("board", "title", "held_on", "place_or_link")

    def __init__(self, boards: Any, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["board"].queryset = boards


class MinutesForm(forms.Form):
    """The minutes."""

    minutes = forms.CharField(max_length=100_000, widget=forms.Textarea(attrs={"rows": 24}))


class ItemForm(forms.Form):
    """One of the forms that stand beside each other on the page of an item; their fields are named apart."""

    begins = ""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, auto_id=f"{self.begins}_%s", **keywords)


class VoteForm(ItemForm):
    """A vote with its reason."""

    begins = "vote"

    choice = forms.ChoiceField(choices=Choice.choices, widget=forms.RadioSelect, label="Your vote")
    reason = forms.CharField(
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for everything but a plain approval or an abstention.",
    )


class VerdictForm(ItemForm):
    """What is put on record for an item."""

    begins = "verdict"

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.RadioSelect, label="Outcome")
    reason = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), label="Reason of the board"
    )


class ConditionForm(ItemForm):
    """What must still be done, by whom and until when."""

    begins = "condition"

    text = forms.CharField(max_length=500, label="What must be done")
    owner = forms.ModelChoiceField(Person.objects.none(), to_field_name="username")
    due_date = forms.DateField(widget=DAY, label="Due")
    blocks = forms.BooleanField(required=False, initial=True, label="Blocks the next stage until met")
    project = forms.ModelChoiceField(Project.objects.none(), to_field_name="code", required=False)

    def __init__(self, item: Any, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["owner"].queryset = Person.objects.filter(is_active=True).order_by("name")
        if item.scenario is None:
            del self.fields["project"]
        else:
            self.fields["project"].queryset = Project.objects.filter(plan_lines__scenario=item.scenario)
