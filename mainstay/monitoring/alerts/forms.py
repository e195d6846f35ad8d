"""The form of a rule, and of what is done about an alert."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.measures import SOURCE, known_measures
from mainstay.monitoring.models import AlertRule
from mainstay.portfolio.approval import people_who_may

DAY = {"type": "date"}


class RuleForm(forms.ModelForm):
    """What a rule watches, when it alerts, and who follows up."""

    measure = forms.ChoiceField(help_text="Each is defined below.")

    class Meta:
        model = AlertRule
        fields = (
            "name", "measure", "kind", "side", "raise_at", "clear_at", "days", "severity", "owner", "is_active",
        )  # fmt: skip
        help_texts = {
            "raise_at": "In the unit of the measure: 90 for 90 %. For a change, by how much: -0.1 for a fall.",
            "clear_at": "On the good side of the limit, so that a swing alerts once. Empty: at the limit.",
            "days": "For a change: within so many days. For no news: after so many days.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["measure"].choices = choices()
        able = [person.pk for person in people_who_may(Verb.SEE_FIGURES, self.instance.portfolio)]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=able).order_by("name")
        self.fields["owner"].empty_label = "The manager of the project"


def choices() -> list[tuple[str, Any]]:
    """The measures: of course first, then the numbers that projects carry."""
    known = sorted(known_measures().values(), key=lambda one: one.label)
    watched = [(one.key, one.name) for one in known if not one.key.startswith(SOURCE)]
    carried = [(one.key, one.name) for one in known if one.key.startswith(SOURCE)]
    return [("", "Choose a measure"), ("Course", watched), ("Numbers of the project", carried)]


class TakingForm(forms.Form):
    """What somebody does about an alert, and when they look again."""

    note = forms.CharField(label="What is done", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    follow_up = forms.DateField(
        label="Look again on", required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text="If it is not in order by then, it is open again and you are told.",
    )  # fmt: skip


class ActionForm(forms.Form):
    """Something somebody does by a day."""

    text = forms.CharField(label="What is done", max_length=300)
    owner = forms.ModelChoiceField(Person.objects.none(), required=False, empty_label="Nobody yet")
    due_date = forms.DateField(label="Due", required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(self, project: Any, data: Any = None) -> None:
        super().__init__(data, prefix="action")
        able = [person.pk for person in people_who_may(Verb.SEE_REGISTER, project)]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=able).order_by("name")
