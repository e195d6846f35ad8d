"""Forms of the project: proposing it, changing it, and its custom fields by kind."""

from typing import Any

from django import forms
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.forms.custom import CUSTOM, DATE, custom_form_field, custom_initial, custom_value
from mainstay.portfolio.models import CustomField, Portfolio, Programme, Project
from mainstay.portfolio.queries import Reading

FIGURES = ("cost", "benefit")


class ProjectForm(forms.ModelForm):
    """Everything about a project that its people change by hand."""

    class Meta:
        model = Project
        fields = (
            "name", "code", "description", "programme", "owner", "manager", "theme", "health", "confidence",
            "start_date", "end_date", "currency", "cost", "benefit", "risk",
        )  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "start_date": DATE["widget"],
            "end_date": DATE["widget"],
            "cost": forms.TextInput(attrs={"inputmode": "decimal"}),
            "benefit": forms.TextInput(attrs={"inputmode": "decimal"}),
        }

    def __init__(self, *args: Any, user: Any, portfolio: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user
        people = self._people()
        self.fields["owner"].queryset = self.fields["manager"].queryset = people
        self.fields["programme"].queryset = Programme.objects.visible_to(user).filter(portfolio=portfolio)
        for name, empty in (("owner", "Nobody yet"), ("manager", "Nobody yet"), ("programme", "No programme")):
            self.fields[name].empty_label = empty
        if self._programme_is_out_of_sight():
            del self.fields["programme"]
        self.sees_figures = self._sees_figures()
        self.custom_fields = [field for field in Reading(user).custom_fields if self._may_show(field)]
        for field in self.custom_fields:
            self.fields[CUSTOM + field.key] = custom_form_field(field, people)
            self.initial[CUSTOM + field.key] = custom_initial(field, self.instance.custom.get(field.key))
        if not self.sees_figures:
            for name in FIGURES:
                del self.fields[name]

    def _people(self) -> Any:
        """Whoever may sign in, and whoever holds the part now although they left."""
        now = [pk for pk in (self.instance.owner_id, self.instance.manager_id) if pk]
        return Person.objects.visible_to(self.user).filter(Q(is_active=True) | Q(pk__in=now))

    def _programme_is_out_of_sight(self) -> bool:
        now = self.instance.programme_id
        return now is not None and not self.fields["programme"].queryset.filter(pk=now).exists()

    def _sees_figures(self) -> bool:
        return access.may(self.user, Verb.SEE_FIGURES, self.instance)

    def _may_show(self, field: CustomField) -> bool:
        return self.sees_figures or not field.is_confidential

    def changes(self) -> dict[str, Any]:
        """What was changed, as the operation takes it."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if not name.startswith(CUSTOM)}
        custom = {
            name.removeprefix(CUSTOM): custom_value(self.cleaned_data[name])
            for name in self.changed_data
            if name.startswith(CUSTOM)
        }
        return changed | ({"custom": custom} if custom else {})


class ProposalForm(ProjectForm):
    """What is asked of a proposal; the rest follows when somebody takes it on."""

    class Meta(ProjectForm.Meta):
        fields = (
            "name", "code", "description", "programme", "owner", "manager", "theme",
            "start_date", "end_date", "currency", "cost", "benefit", "risk",
        )  # fmt: skip

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, instance=Project(portfolio=keywords["portfolio"]), **keywords)
        self.fields["code"].required = False
        self.fields["code"].help_text = "Leave empty to take the next free one."
        self.initial["currency"] = keywords["portfolio"].currency

    def _sees_figures(self) -> bool:
        """Who proposes something states its figures, and sees what they proposed from then on."""
        return True

    def given(self) -> dict[str, Any]:
        """Everything that was filled in, as the operation takes it."""
        filled = {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
        custom = {name: custom_value(filled.pop(name)) for name in list(filled) if name.startswith(CUSTOM)}
        return filled | {"custom": {name.removeprefix(CUSTOM): value for name, value in custom.items()}}


class PlaceForm(forms.Form):
    """Where a project goes: a portfolio, and a programme in it where it is part of one."""

    portfolio = forms.ModelChoiceField(Portfolio.objects.none(), to_field_name="code")
    programme = forms.ModelChoiceField(
        Programme.objects.none(), to_field_name="code", required=False, empty_label="No programme"
    )
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["portfolio"].queryset = Portfolio.objects.visible_to(user, Verb.PROJECT_MOVE)
        self.fields["programme"].queryset = Programme.objects.visible_to(user, Verb.PROJECT_MOVE)
