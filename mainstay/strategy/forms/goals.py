"""Forms of goals, key results, check-ins and contributions."""

from typing import Any

from django import forms

from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Programme, Project
from mainstay.strategy.forms.base import DATE, RowForm, place_field
from mainstay.strategy.models import CheckIn, Goal, GoalKind, KeyResult

CONFIDENCE = (
    ("", "Not said"),
    ("1", "1 hardly"),
    ("2", "2 rather not"),
    ("3", "3 as likely as not"),
    ("4", "4 likely"),
    ("5", "5 almost certainly"),
)


class GoalForm(RowForm):
    """A goal."""

    class Meta:
        model = Goal
        fields = (
            "name", "kind", "parent", "portfolio", "owner", "perspective", "start_date", "end_date", "code",
            "description",
        )  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "start_date": DATE, "end_date": DATE}

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        goals = Goal.objects.visible_to(self.user).open().exclude(pk=self.instance.pk)
        self.fields["parent"] = forms.ModelChoiceField(
            goals.order_by("name"), to_field_name="code", label="Under", required=False, empty_label="At the top"
        )
        self.fields["portfolio"] = place_field(self.user, Verb.GOAL_EDIT if self.instance.pk else Verb.GOAL_CREATE)
        self.order_fields(self.Meta.fields)
        if self.instance.pk:
            self.initial["parent"] = self.instance.parent.code if self.instance.parent else ""
            self.initial["portfolio"] = self.instance.portfolio.code if self.instance.portfolio else ""


class GoalEditForm(GoalForm):
    """A goal that is there."""

    class Meta(GoalForm.Meta):
        fields = (*(name for name in GoalForm.Meta.fields if name != "code"), "is_closed")
        help_texts = {"is_closed": "A closed goal stays on record; nothing is measured by it any more."}


class KeyResultForm(RowForm):
    """A key result with a due date, or a standing measure."""

    class Meta:
        model = KeyResult
        fields = (
            "name", "kind", "unit", "start_value", "target_value", "start_date", "due_date", "healthy_from",
            "healthy_to", "weight", "owner",
        )  # fmt: skip
        widgets = {"start_date": DATE, "due_date": DATE}
        help_texts = {
            "kind": "A key result moves from a start to a target; a measure stays within its healthy band.",
            "weight": "Two counts twice as much as one, among the key results of the goal.",
        }


class CheckInForm(forms.ModelForm):
    """Where a key result stands."""

    confidence = forms.TypedChoiceField(
        choices=CONFIDENCE, required=False, coerce=int, empty_value=None, label="How sure to reach the target"
    )

    class Meta:
        model = CheckIn
        fields = ("value", "on_date", "confidence", "note")
        widgets = {"on_date": DATE, "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, result: KeyResult, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if result.unit:
            self.fields["value"].label = f"Value, {result.unit}"


def _share() -> forms.DecimalField:
    return forms.DecimalField(
        label="Share of the goal, %", min_value=0, max_value=100, decimal_places=2, max_digits=5
    )


class ContributionForm(forms.Form):
    """What a project gives to a goal; said on the page of the project."""

    goal = forms.ModelChoiceField(Goal.objects.none(), to_field_name="code", empty_label="Choose a goal")
    key_result = forms.ModelChoiceField(
        KeyResult.objects.none(), label="Through", required=False, empty_label="No key result in particular"
    )
    share = _share()
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        goals = Goal.objects.visible_to(user).open().exclude(kind=GoalKind.VISION)
        self.fields["goal"].queryset = goals.order_by("name")
        self.fields["key_result"].queryset = (
            KeyResult.objects.visible_to(user).filter(goal__in=goals).select_related("goal")
        )
        self.fields["key_result"].label_from_instance = lambda result: f"{result.goal.name}: {result.name}"


class WorkForm(forms.Form):
    """What gives to a goal; said on the page of the goal."""

    work = forms.CharField(
        label="Project or programme",
        max_length=40,
        widget=forms.TextInput(attrs={"list": "project-options", "autocomplete": "off"}),
        help_text="Type a code, or part of a project's name, then choose.",
    )
    key_result = forms.ModelChoiceField(
        KeyResult.objects.none(), label="Through", required=False, empty_label="No key result in particular"
    )
    share = _share()
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, user: Any, goal: Goal, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user
        self.fields["key_result"].queryset = goal.key_results.all()

    def clean_work(self) -> Any:
        """The project or programme with this code, among those the person may see."""
        code = self.cleaned_data["work"].strip()
        for model in (Project, Programme):
            if found := model.objects.visible_to(self.user).filter(code__iexact=code).first():
                return found
        raise forms.ValidationError(f"There is no project or programme with the code {code}.")
