"""The forms of benefits and their readings."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import people_who_may
from mainstay.value.models import Benefit, BenefitReading

MONTH = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AS_MONTH = ["%Y-%m", "%Y-%m-%d"]


class PercentField(forms.DecimalField):
    """A share from 0 to 1, typed and shown as a percentage."""

    def prepare_value(self, value: Any) -> Any:
        """What the form shows of a share; what was typed stays as it was."""
        return value if isinstance(value, str) or value is None else f"{100 * value:g}"

    def clean(self, value: Any) -> Any:
        """The share that was typed."""
        told = super().clean(value)
        return None if told is None else told / 100


class BenefitForm(forms.ModelForm):
    """What a project is to bring, by when, and who answers for it."""

    first_month = forms.DateField(label="First month", input_formats=AS_MONTH, widget=MONTH)
    attribution = PercentField(
        label="Due to the project, %", min_value=0, max_value=100, decimal_places=2, initial=1,
        help_text="Of what is read, the part that came because of this project.",
    )  # fmt: skip

    class Meta:
        model = Benefit
        fields = (
            "name",
            "kind",
            "is_disbenefit",
            "owner",
            "measure",
            "unit",
            "baseline",
            "baseline_date",
            "target",
            "profile",
            "first_month",
            "waiting",
            "months",
            "attribution",
            "tracked_until",
            "note",
        )
        widgets = {"baseline_date": DAY, "tracked_until": DAY, "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "owner": "Answers for it after the project has closed, too; never the project's manager.",
            "measure": "By what one sees it. Projects that name the same measure share it, up to 100 % together.",
            "unit": "Of what is no money, such as points or days.",
            "target": "All that is to come in all its months.",
            "is_disbenefit": "It costs something elsewhere, and counts below zero.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        project = self.instance.project
        able = [one.pk for one in people_who_may(Verb.SEE_FIGURES, project) if one.pk != project.manager_id]
        self.fields["owner"].queryset = self.fields["owner"].queryset.filter(pk__in=able).order_by("name")
        self.fields["owner"].empty_label = "Nobody yet"
        self.fields["target"].label = f"Target, {project.currency} or the unit"
        if self.instance.pk is None:
            self.fields["first_month"].initial = timezone.localdate().replace(day=1)


class ReadingForm(forms.ModelForm):
    """What came in a month, and by what one sees it."""

    month = forms.DateField(label="Month", input_formats=AS_MONTH, widget=MONTH)

    class Meta:
        model = BenefitReading
        fields = ("month", "amount", "evidence", "link", "confidence")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["evidence"].required = True
        unit = (
            self.instance.benefit.project.currency if self.instance.benefit.is_money else self.instance.benefit.unit
        )
        self.fields["amount"].label = f"What came, {unit}"

    def clean_month(self) -> date:
        """Kept as the first day of the month."""
        return self.cleaned_data["month"].replace(day=1)

    def validate_unique(self) -> None:
        """The same month again corrects the reading, so it is no mistake."""

    def validate_constraints(self) -> None:
        """The operation finds the reading of the month."""


class NeededField(forms.ModelMultipleChoiceField):
    """Benefits to choose from, each with the project it is of."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and project."""
        return f"{obj.name} ({obj.project.name})"


class NeedsForm(forms.Form):
    """Which benefits must come for this one to come."""

    needed = NeededField(
        queryset=Benefit.objects.none(), required=False, label="Comes only where these come",
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Benefits of the same portfolio; choose several, or none.",
    )  # fmt: skip

    def __init__(self, *args: Any, benefit: Benefit, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        known, seen = set(benefit.needs.values_list("needed_id", flat=True)), Benefit.objects.visible_to(user)
        beside = seen.filter(Q(project__portfolio=benefit.project.portfolio_id) | Q(pk__in=known))
        rows = beside.exclude(pk=benefit.pk).select_related("project").order_by("project__name", "name")
        self.fields["needed"].queryset, self.fields["needed"].initial = rows, list(known)
        self.hidden = Benefit.objects.filter(pk__in=known).exclude(pk__in=seen.values("pk"))

    def clean_needed(self) -> list[Benefit]:
        """What was chosen, and what was said before and the person may not see."""
        return [*self.cleaned_data["needed"], *self.hidden]
