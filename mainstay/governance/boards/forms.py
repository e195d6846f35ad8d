"""Forms about boards."""

from typing import Any

from django import forms
from django.utils import timezone

from mainstay.core.models import Person
from mainstay.governance.models import Board, Delegation, Seat

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardForm(forms.ModelForm):
    """The name, the purpose and the quorum of a board."""

    class Meta:
        model = Board
        fields = ("key", "name", "purpose", "quorum", "is_active")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "key": "A short name for addresses, such as investment.",
            "quorum": "So many members with a vote must be present and free of a conflict of interest.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if self.instance.pk:
            del self.fields["key"]


class SeatForm(forms.ModelForm):
    """Who takes a seat, as what, from when."""

    class Meta:
        model = Seat
        fields = ("person", "part", "starts_on")
        widgets = {"starts_on": DAY}

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["person"].queryset = Person.objects.filter(is_active=True).order_by("name")
        self.fields["starts_on"].initial = timezone.localdate()


class DelegationForm(forms.ModelForm):
    """Who may decide up to which amount on which projects."""

    class Meta:
        model = Delegation
        fields = ("board", "role", "theme", "up_to", "currency", "note")
        help_texts = {
            "board": "Name the board, or a role below.",
            "theme": "Empty: projects of every theme.",
            "up_to": "Empty: any amount.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        above = self.instance.portfolio.path
        boards = Board.objects.filter(is_active=True).select_related("portfolio").order_by("name")
        keys = [row.pk for row in boards if above.startswith(row.portfolio.path)]
        self.fields["board"].queryset = boards.filter(pk__in=keys)
        self.initial["currency"] = self.instance.currency or self.instance.portfolio.currency
