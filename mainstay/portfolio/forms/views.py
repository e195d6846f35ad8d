"""The form that keeps a list as it is."""

from django import forms

from mainstay.core.models import SavedView


class ViewForm(forms.ModelForm):
    """A name for a list, and whether others see it."""

    class Meta:
        model = SavedView
        fields = ("name", "is_shared")
        help_texts = {"name": "A view of yours with the same name is replaced."}
