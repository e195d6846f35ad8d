"""Forms of what belongs to a project: milestones, dependencies, members."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.portfolio.forms.custom import DATE
from mainstay.portfolio.models import Dependency, DependencyKind, Member, Milestone, Project


class MilestoneForm(forms.ModelForm):
    """A dated result."""

    class Meta:
        model = Milestone
        fields = ("name", "due_date", "forecast_date", "done_date")
        widgets = dict.fromkeys(("due_date", "forecast_date", "done_date"), DATE["widget"])


class NewMilestoneForm(MilestoneForm):
    """A dated result that lies ahead."""

    class Meta(MilestoneForm.Meta):
        fields = ("name", "due_date")


class DependencyForm(forms.Form):
    """Another project this one depends on, named by its code."""

    kind = forms.ChoiceField(label="How it depends", choices=DependencyKind.choices)
    needs = forms.CharField(
        label="On project",
        max_length=40,
        widget=forms.TextInput(attrs={"list": "project-options", "autocomplete": "off"}),
        help_text="Type a code or part of a name, then choose.",
    )
    subject = forms.CharField(label="What is handed over", max_length=160, required=False)
    promised_date = forms.DateField(label="Promised for", required=False, **DATE)
    needed_date = forms.DateField(label="Needed by", required=False, **DATE)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user

    def clean_needs(self) -> Project:
        """The project with this code, among those the person may see."""
        code = self.cleaned_data["needs"].strip()
        found = Project.objects.visible_to(self.user).filter(code__iexact=code).first()
        if found is None:
            raise forms.ValidationError(f"There is no project with the code {code}.")
        return found


class TakerForm(forms.ModelForm):
    """What the project needs, and by when; whoever needs it may also write down what was promised."""

    class Meta:
        model = Dependency
        fields = ("subject", "needed_date", "promised_date", "delivered_date", "note")
        widgets = dict.fromkeys(("needed_date", "promised_date", "delivered_date"), DATE["widget"])


class GiverForm(TakerForm):
    """When the project hands it over."""

    class Meta(TakerForm.Meta):
        fields = ("promised_date", "delivered_date")


class MemberForm(forms.Form):
    """Somebody and their part in the project."""

    person = forms.ModelChoiceField(Person.objects.none(), to_field_name="username", empty_label="Choose somebody")
    role = forms.ChoiceField(label="Part", choices=[(role.value, role.label) for role in Member.PARTS])

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["person"].queryset = Person.objects.visible_to(user).active()
