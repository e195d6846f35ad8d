"""Forms of departments, drivers, weights and ratings."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from mainstay.core.verbs import Verb
from mainstay.strategy.changes import STATEMENT
from mainstay.strategy.forms.base import RowForm, place_field
from mainstay.strategy.models import Classification, Department, Driver, Level
from mainstay.strategy.models.impact import NO_RATING


class DepartmentForm(RowForm):
    """A department."""

    class Meta:
        model = Department
        fields = ("name", "head", "is_active")


class NewDepartmentForm(RowForm):
    """A new department."""

    class Meta:
        model = Department
        fields = ("name", "portfolio", "head")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["portfolio"] = place_field(self.user, Verb.DEPARTMENT_CREATE)


class DriverForm(RowForm):
    """A driver with what each level of impact on it means."""

    class Meta:
        model = Driver
        fields = ("name", "code", "description", "department", "is_active")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, statements: Mapping[str, str] | None = None, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["department"].queryset = Department.objects.visible_to(self.user).open()
        self.fields["department"].empty_label = "None in particular"
        for level in Level:
            self.fields[STATEMENT + level] = forms.CharField(
                label=f"{level.label} means", max_length=300, required=False
            )
            self.initial[STATEMENT + level] = (statements or {}).get(level, "")

    def split(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the operation takes them, with the statements by level."""
        told = {name.removeprefix(STATEMENT): v for name, v in values.items() if name.startswith(STATEMENT)}
        plain = {name: value for name, value in values.items() if not name.startswith(STATEMENT)}
        return plain | ({"statements": told} if told else {})


class NewDriverForm(DriverForm):
    """A new driver."""

    class Meta(DriverForm.Meta):
        fields = ("name", "portfolio", "code", "description", "department")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["portfolio"] = place_field(self.user, Verb.DRIVER_CREATE)
        self.order_fields(self.Meta.fields)


class WeightsForm(forms.Form):
    """Weights of rows that hang together, with the versions they were read at, and why they change."""

    reason = forms.CharField(max_length=500, required=False, label="Why they change")

    def __init__(self, rows: Iterable[Any], *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.rows = list(rows)
        bounds = {"min_value": 0, "max_value": 100, "decimal_places": 2, "max_digits": 5}
        for row in self.rows:
            widget = forms.NumberInput(attrs={"step": "any", "class": "form-control"})
            initial = f"{row.weight.normalize():f}"
            field = forms.DecimalField(label=row.name, initial=initial, widget=widget, **bounds)
            self.fields[f"weight-{row.pk}"] = field

    @property
    def lines(self) -> list[tuple[Any, forms.BoundField]]:
        """Each row with its field."""
        return [(row, self[f"weight-{row.pk}"]) for row in self.rows]

    @property
    def weights(self) -> dict[int, Decimal]:
        """The weights by row."""
        return {row.pk: self.cleaned_data[f"weight-{row.pk}"] for row in self.rows}

    @property
    def total(self) -> Decimal:
        """What they add up to, as far as they can be read."""
        return sum((_decimal(self[f"weight-{row.pk}"].value()) for row in self.rows), Decimal())

    @property
    def versions(self) -> dict[int, int]:
        """The versions the page showed."""
        sent = {row.pk: self.data.get(f"version-{row.pk}", "") for row in self.rows}
        return {pk: int(text) for pk, text in sent.items() if text.isascii() and text.isdecimal() and len(text) < 10}

    def clean(self) -> dict[str, Any]:
        """They add up to 100."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.total != 100:
            raise forms.ValidationError(f"The weights add up to {self.total.normalize():f}%; make them 100%.")
        return cleaned


def _decimal(text: Any) -> Decimal:
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        return Decimal()
    return number if number.is_finite() else Decimal()


class RatingsForm(forms.Form):
    """How one project moves each driver."""

    def __init__(self, rated: Iterable[Any], *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.rated = list(rated)
        for one in self.rated:
            pk = one.driver.row_id
            choices = [("", NO_RATING), *Level.choices]
            self.fields[f"level-{pk}"] = forms.ChoiceField(
                choices=choices, required=False, initial=one.level, label=one.driver.name
            )
            self.fields[f"note-{pk}"] = forms.CharField(
                max_length=300, required=False, initial=one.note, label=f"Note on {one.driver.name}"
            )

    @property
    def lines(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each driver with its two fields."""
        return [(one, self[f"level-{one.driver.row_id}"], self[f"note-{one.driver.row_id}"]) for one in self.rated]


class PlacementsForm(forms.Form):
    """The bucket of one project in each classification."""

    def __init__(self, kinds: Iterable[tuple[Classification, Any]], *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.kinds = list(kinds)
        for kind, placed in self.kinds:
            self.fields[f"bucket-{kind.pk}"] = forms.ModelChoiceField(
                kind.buckets.all(), required=False, initial=placed, label=kind.name, empty_label="In none yet"
            )

    @property
    def wanted(self) -> list[tuple[Classification, Any]]:
        """The classifications whose bucket was changed, each with the new one."""
        return [(kind, self.cleaned_data[f"bucket-{kind.pk}"]) for kind, _ in self.kinds if self._changed(kind)]

    def _changed(self, kind: Classification) -> bool:
        return f"bucket-{kind.pk}" in self.changed_data
