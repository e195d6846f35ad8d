"""The filter of the activity page."""

from typing import Any

from django import forms

from mainstay.core.models import Channel
from mainstay.core.operations.undo import row_models
from mainstay.core.verbs import Verb

CONTROL, CHOICE = {"class": "form-control"}, {"class": "form-select"}


def _nouns() -> list[tuple[str, str]]:
    names = sorted(str(model._meta.verbose_name) for model in row_models())
    return [("", "Anything"), *((name, name.capitalize()) for name in names)]


def _verbs() -> list[tuple[str, str]]:
    written = sorted((verb for verb in Verb if not verb.reads), key=lambda verb: verb.sentence)
    return [("", "Anything"), *((verb.value, verb.sentence.capitalize()) for verb in written)]


class ActivityForm(forms.Form):
    """Narrows what happened by who, what, how and when."""

    who = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs=CONTROL))
    noun = forms.ChoiceField(label="Record", choices=_nouns, required=False, widget=forms.Select(attrs=CHOICE))
    verb = forms.ChoiceField(label="What was done", choices=_verbs, required=False, widget=forms.Select(attrs=CHOICE))
    channel = forms.ChoiceField(
        label="Through",
        choices=[("", "Any way"), *Channel.choices],
        required=False,
        widget=forms.Select(attrs=CHOICE),
    )
    since = forms.DateField(required=False, widget=forms.DateInput(attrs=CONTROL | {"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def narrow(self, events: Any) -> Any:
        """The events asked for; an unreadable filter gives none."""
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        wanted = {name: asked[name] for name in ("noun", "verb", "channel") if asked[name]}
        if asked["who"]:
            wanted["who__icontains"] = asked["who"]
        if asked["since"]:
            wanted["at__date__gte"] = asked["since"]
        if asked["before"]:
            wanted["id__lt"] = asked["before"]
        return events.filter(**wanted)
