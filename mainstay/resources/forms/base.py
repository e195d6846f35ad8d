"""What the forms of resources share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from mainstay.core.models import Person

HUNDRED = Decimal(100)


def date_input() -> forms.DateInput:
    """A field of the browser for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PercentField(forms.DecimalField):
    """A share typed and shown in percent and kept between 0 and 1."""

    def __init__(self, **keywords: Any) -> None:
        keywords |= {"max_digits": 4, "decimal_places": 1}
        bounds = [MinValueValidator(Decimal(0)), MaxValueValidator(HUNDRED)]
        super().__init__(validators=bounds, **keywords)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, (Decimal, int, float)):
            return value
        return f"{(Decimal(value) * HUNDRED).normalize():f}"

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return percent / HUNDRED if percent is not None else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = None if initial is None else Decimal(initial) * HUNDRED
        return super().has_changed(shown, data)


class RowForm(forms.ModelForm):
    """A form of a row, which gives an operation what was typed, or only what was changed."""

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.user = user
        for name in self.fields.keys() & {"person", "manager"}:
            self.fields[name].queryset = Person.objects.visible_to(user).active()
            self.fields[name].empty_label = "Nobody"
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = date_input()

    def _post_clean(self) -> None:
        """The operation checks the row; the form reads what was typed."""

    def changes(self) -> dict[str, Any]:
        """What was changed, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def given(self) -> dict[str, Any]:
        """Everything, as the operation that creates takes it."""
        return dict(self.cleaned_data)


def in_use(rows: Any, now: Any = None) -> Any:
    """The rows one may choose: those in use, and the one chosen already."""
    kept = rows.filter(is_active=True)
    return kept | rows.filter(pk=now) if now else kept
