"""Forms that lay out demand: from a template, or from a reference project."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.portfolio.models import Project
from mainstay.resources.demand_sources import from_reference, from_template
from mainstay.resources.forms.base import date_input
from mainstay.resources.models import DemandSource, DemandTemplate
from mainstay.resources.operations.demands import DemandEntry


class MonthField(forms.DateField):
    """A day that stands for its month."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(widget=date_input(), **keywords)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.replace(day=1) if day else None


class TemplateForm(forms.Form):
    """So many hours, as projects of a kind usually need them."""

    source = DemandSource.TYPED
    template = forms.ModelChoiceField(DemandTemplate.objects.filter(is_active=True), to_field_name="key")
    hours = forms.DecimalField(max_digits=8, decimal_places=2, min_value=Decimal(1), label="Hours altogether")
    first = MonthField(label="First month")
    months = forms.IntegerField(min_value=1, max_value=60, initial=12)

    def entries(self) -> list[DemandEntry]:
        """The demand it stands for."""
        asked = self.cleaned_data
        return from_template(asked["template"], asked["hours"], asked["first"], asked["months"])


class ReferenceForm(forms.Form):
    """The demand of a project that was much the same."""

    source = DemandSource.REFERENCE
    reference = forms.ModelChoiceField(Project.objects.none(), to_field_name="code", label="Reference project")
    scale = forms.DecimalField(
        max_digits=5,
        decimal_places=1,
        min_value=Decimal(1),
        max_value=Decimal(1000),
        initial=100,
        label="Scaled to, %",
    )
    first = MonthField(label="First month")

    def __init__(self, *args: Any, user: Any, project: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        known = Project.objects.visible_to(user).filter(demands__isnull=False).exclude(pk=project.row_id)
        self.fields["reference"].queryset = known.distinct().order_by("name")

    def entries(self) -> list[DemandEntry]:
        """The demand it stands for."""
        asked = self.cleaned_data
        return from_reference(asked["reference"], asked["scale"] / 100, asked["first"])
