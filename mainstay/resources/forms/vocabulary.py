"""Forms of roles and skills."""

from typing import Any

from django import forms

from mainstay.resources.models import Role, Skill


class WordForm(forms.Form):
    """A word of the vocabulary."""

    name = forms.CharField(max_length=80)
    description = forms.CharField(max_length=300, required=False)


class WordEditForm(WordForm):
    """A word that is known already."""

    is_active = forms.BooleanField(label="In use", required=False)

    def __init__(self, *args: Any, word: Role | Skill, **keywords: Any) -> None:
        initial = {"name": word.name, "description": word.description, "is_active": word.is_active}
        super().__init__(*args, initial=initial, **keywords)
