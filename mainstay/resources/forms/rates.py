"""Forms of cost rates and of ways to get more people; only those who may see rates get them."""

from typing import Any

from django import forms

from mainstay.resources.forms.base import RowForm, in_use
from mainstay.resources.models import CostRate, Role, Skill, SourcingOption

CURRENCY = r"^[A-Z]{3}$"


class RateForm(RowForm):
    """What an hour costs from a day on."""

    class Meta:
        model = CostRate
        fields = ("valid_from", "hourly", "currency")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["currency"] = _currency()


class RoleRateForm(RateForm):
    """What an hour of a role costs, where a person has no rate of their own."""

    role = forms.ModelChoiceField(Role.objects.all(), to_field_name="key")
    field_order = ("role", "valid_from", "hourly", "currency")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["role"].queryset = in_use(Role.objects.all())


class SourcingForm(RowForm):
    """How more hours can be had."""

    class Meta:
        model = SourcingOption
        fields = ("kind", "lead_weeks", "hourly", "once", "currency", "note")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["currency"] = _currency()


class NewSourcingForm(SourcingForm):
    """A way to get more of a role or of a skill."""

    of = forms.ChoiceField(label="More of")
    field_order = ("of", "kind", "lead_weeks", "hourly", "once", "currency", "note")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        groups = (("Roles", "role", Role), ("Skills", "skill", Skill))
        self.fields["of"].choices = [
            (label, [(f"{word}:{row.key}", row.name) for row in in_use(model.objects.all())])
            for label, word, model in groups
        ]

    def subject(self) -> Role | Skill:
        """The role or the skill chosen."""
        word, _, key = self.cleaned_data["of"].partition(":")
        return (Role if word == "role" else Skill).objects.get(key=key)


def _currency() -> forms.RegexField:
    return forms.RegexField(CURRENCY, initial="GBP", max_length=3, help_text="Three letters, such as GBP.")
