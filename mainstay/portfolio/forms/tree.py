"""Forms of portfolios and programmes."""

from typing import Any

from django import forms

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Programme


class _TreeForm(forms.ModelForm):
    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user
        self.fields["owner"].queryset = Person.objects.visible_to(user).active()
        self.fields["owner"].empty_label = "Nobody yet"
        if not self.instance.pk:
            self.fields["code"].required = False
            self.fields["code"].help_text = "Leave empty to take the next free one."

    def changes(self) -> dict[str, Any]:
        """What was changed, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def given(self) -> dict[str, Any]:
        """Everything, as the operation that creates takes it."""
        return dict(self.cleaned_data)


class PortfolioForm(_TreeForm):
    """A portfolio."""

    class Meta:
        model = Portfolio
        fields = ("name", "code", "description", "owner", "currency", "is_confidential")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "is_confidential": "Only people with a role in it, or who may see everything confidential, know of it.",
        }

    def clean_is_confidential(self) -> bool:
        """Nobody shuts themselves out by accident."""
        sealed = bool(self.cleaned_data["is_confidential"])
        if sealed and not self.instance.seal and not self._stays_in_sight():
            raise forms.ValidationError("You would not see it any more yourself; take a role in it first.")
        return sealed

    def _stays_in_sight(self) -> bool:
        own = [held for held in access.held_by(self.user) if Verb.SEE_REGISTER in held.role.verbs]
        here = self.instance.path or None
        return any(Verb.SEE_CONFIDENTIAL in held.role.verbs or (here and held.path.startswith(here)) for held in own)


class ProgrammeForm(_TreeForm):
    """A programme."""

    class Meta:
        model = Programme
        fields = ("name", "code", "objective", "description", "owner")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class ParentForm(forms.Form):
    """Under which portfolio another one goes."""

    parent = forms.ModelChoiceField(
        Portfolio.objects.none(), to_field_name="code", required=False, empty_label="At the top of the tree"
    )

    def __init__(self, *args: Any, user: Any, portfolio: Portfolio, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        allowed = Portfolio.objects.visible_to(user, Verb.PORTFOLIO_MOVE)
        self.fields["parent"].queryset = allowed.exclude(path__startswith=portfolio.path)
