"""Forms of the core's pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Person
from mainstay.core.operations.grants import may_give
from mainstay.core.places import places
from mainstay.core.roles import Role

SCOPE_CHOICES = (("read", "Read everything I may see"), ("write", "Change whatever I may change"))


class NewPersonForm(forms.Form):
    """What is needed to let somebody in."""

    name = forms.CharField(max_length=120)
    username = forms.CharField(label="Sign-in name", max_length=80)
    email = forms.EmailField(label="E-mail", required=False, help_text="The link to set a password is sent here.")
    job_title = forms.CharField(max_length=120, required=False)
    password = forms.CharField(
        label="First password",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave empty to let the person set one through the reset page.",
    )


class PersonForm(forms.ModelForm):
    """What is known about somebody."""

    class Meta:
        model = Person
        fields = ("name", "email", "job_title")


class GrantForm(forms.Form):
    """A role for a part of the tree, among those the giver may give."""

    role = forms.ChoiceField()
    path = forms.ChoiceField(label="Where")
    until_date = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, giver: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        known = places(giver)
        roles = [role for role in Role if any(may_give(giver, role, place.path) for place in known)]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["path"].choices = [(p.path, f"{'— ' * max(p.depth, 0)}{p.label}") for p in known]


class TokenForm(forms.Form):
    """A key for one's own programs."""

    name = forms.CharField(max_length=80, help_text="What will use it, for example: Power BI.")
    scopes = forms.MultipleChoiceField(
        label="It may", choices=SCOPE_CHOICES, widget=forms.CheckboxSelectMultiple, initial=["read"]
    )
    days = forms.IntegerField(label="Days until it ends", min_value=1, max_value=730, initial=90)


class SetupForm(forms.Form):
    """The first administrator of a new instance."""

    name = forms.CharField(label="Your name", max_length=120)
    username = forms.CharField(label="Sign-in name", max_length=80)
    email = forms.EmailField(label="E-mail", required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))


def tried(form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> tuple[Any, int]:
    """What came of an operation with what the form says, and the status of the answer; refusals stand in the form."""
    if not form.is_valid():
        return None, 422
    try:
        return act(dict(form.cleaned_data)), 200
    except ValidationError as error:
        take_errors(form, error)
        return None, 422
    except (Forbidden, Impossible, Stale) as refusal:
        form.add_error(None, refusal.message)
        return None, refusal.status


def take_errors(form: forms.BaseForm, error: Any) -> None:
    """Put the refusal of an operation beside the fields it speaks of."""
    told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, messages in told.items():
        field = name if name in form.fields else None
        for message in messages:
            form.add_error(field, message if field or name in {None, "__all__"} else f"{name}: {message}")
