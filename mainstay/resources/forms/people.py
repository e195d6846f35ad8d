"""Forms of people, placeholders and groups, and of what they are able to do."""

from datetime import date
from typing import Any

from django import forms

from mainstay.core.verbs import Verb
from mainstay.resources.forms.base import PercentField, RowForm, in_use
from mainstay.resources.models import Calendar, Level, Proficiency, Resource, ResourceKind, Role, Site, Skill, Team


class ResourceForm(RowForm):
    """A person, a placeholder or a group that is known already."""

    working_share = PercentField(label="Working time, % of full time", initial=1)
    run_share = PercentField(
        label="Run work, % of working time",
        initial=0,
        help_text="Daily business that leaves no time for projects.",
    )
    verb = Verb.RESOURCE_EDIT

    class Meta:
        model = Resource
        fields = (
            "name", "kind", "headcount", "team", "role", "site", "calendar", "person", "working_share", "run_share",
            "starts_on", "leaves_on", "most_projects",
        )  # fmt: skip
        help_texts = {
            "kind": "A placeholder stands for somebody still to be found; a group is booked as a whole.",
            "headcount": "How many work in a group; 1 for everybody else.",
            "calendar": "Only where it differs from that of the site.",
            "person": "The log-in of this person, who then sees their own bookings, absences and hours.",
            "most_projects": "Leave empty where there is no limit.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        row = self.instance
        teams = Team.objects.visible_to(self.user, self.verb).select_related(None)
        self.fields["team"].queryset = in_use(teams, row.team_id)
        for name, model in (("role", Role), ("site", Site), ("calendar", Calendar)):
            self.fields[name].queryset = in_use(model.objects.all(), getattr(row, f"{name}_id"))
        self.fields["site"].empty_label = "No site in particular"
        self.fields["calendar"].empty_label = "That of the site"
        self.fields["headcount"].required = False

    def clean_headcount(self) -> int:
        return self.cleaned_data["headcount"] or 1


class NewResourceForm(ResourceForm):
    """Somebody new."""

    key = forms.SlugField(
        max_length=40, required=False, help_text="What other systems know them by; leave empty to take the name."
    )
    verb = Verb.RESOURCE_ADD


class ProficiencyForm(RowForm):
    """How well somebody masters a skill."""

    class Meta:
        model = Proficiency
        fields = ("level", "certificate", "valid_from", "valid_until")


class NewProficiencyForm(ProficiencyForm):
    """A skill somebody has."""

    class Meta(ProficiencyForm.Meta):
        fields = ("skill", *ProficiencyForm.Meta.fields)

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["skill"].queryset = in_use(Skill.objects.all())


class PeopleFilterForm(forms.Form):
    """What a list of people can be narrowed by."""

    q = forms.CharField(label="Find", max_length=100, required=False)
    team = forms.ModelChoiceField(Team.objects.none(), to_field_name="key", required=False, empty_label="All")
    role = forms.ModelChoiceField(Role.objects.all(), to_field_name="key", required=False, empty_label="All")
    skill = forms.ModelChoiceField(Skill.objects.all(), to_field_name="key", required=False, empty_label="Any")
    level = forms.TypedChoiceField(
        label="At least", choices=[("", "Any level"), *Level.choices], coerce=int, empty_value=None, required=False
    )
    site = forms.ModelChoiceField(Site.objects.all(), to_field_name="key", required=False, empty_label="All")
    kind = forms.ChoiceField(label="Who", choices=[("", "All"), *ResourceKind.choices], required=False)
    on = forms.DateField(
        label="There on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["team"].queryset = Team.objects.visible_to(user)
        self.is_valid()

    def value(self, name: str) -> Any:
        """What was asked for; None where nothing, or nothing that is known, was."""
        return self.cleaned_data.get(name) or None

    @property
    def day(self) -> date | None:
        """The day on which people have to be there."""
        return self.value("on")
