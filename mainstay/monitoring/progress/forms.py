"""The forms of packages of work and of the day that progress is told of."""

from typing import Any

from django import forms
from django.utils import timezone

from mainstay.monitoring.models import EarningRule, WorkPackage
from mainstay.portfolio.models import Milestone

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WEIGHT = "weight_"


class NewPackageForm(forms.ModelForm):
    """A package of work, with a weight for each milestone of its project that counts for it."""

    class Meta:
        model = WorkPackage
        fields = ("name", "rule", "budget", "start_date", "end_date", "units", "unit")
        widgets = {"start_date": DAY, "end_date": DAY}
        help_texts = {
            "rule": "Short packages: 0/100 or 50/50. Long ones count units or milestones, where they can.",
            "units": "For packages that count units.",
            "unit": "What is counted: metres, drawings, sites.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["budget"].label = f"Budget, {self.instance.project.currency}"
        weights = self.instance.milestones
        for one in Milestone.objects.filter(project=self.instance.project_id):
            self.fields[f"{WEIGHT}{one.pk}"] = forms.FloatField(
                label=f"Weight of {one.name}",
                min_value=0,
                max_value=1_000_000,
                required=False,
                initial=weights.get(str(one.pk)),
                help_text=f"Due {one.due_date:%-d %b %Y}; for packages that count milestones.",
            )

    @property
    def plain(self) -> list[Any]:
        """Every field but the weights of milestones."""
        return [field for field in self if not field.name.startswith(WEIGHT)]

    @property
    def weights(self) -> list[Any]:
        """The weights of milestones."""
        return [field for field in self if field.name.startswith(WEIGHT)]

    def clean(self) -> dict[str, Any]:
        """What was typed, the weights put together."""
        sent = super().clean() or self.cleaned_data
        weights = {name: sent.pop(name) for name in list(sent) if name.startswith(WEIGHT)}
        sent["milestones"] = {name.removeprefix(WEIGHT): weight for name, weight in weights.items() if weight}
        return sent


class PackageForm(NewPackageForm):
    """A package that stands, and its place among the others."""

    class Meta(NewPackageForm.Meta):
        fields = (*NewPackageForm.Meta.fields, "position")
        labels = {"position": "Place"}
        help_texts = NewPackageForm.Meta.help_texts | {"position": "The smallest number stands first."}


class DayForm(forms.Form):
    """The day that is told of, and where it comes from."""

    date = forms.DateField(label="As of", widget=DAY)
    source = forms.CharField(max_length=60, required=False, help_text="Site report, Jira, timesheets.")

    def clean_date(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError("Progress is told of days that have been.")
        return day


RULES_TOLD = {
    EarningRule.ALL_AT_END: "Earns its whole budget when it is finished, and nothing before.",
    EarningRule.HALVES: "Earns half of its budget when it is begun and the other half when it is finished.",
    EarningRule.MILESTONES: "Earns the weight of the milestones met, out of the weight of all.",
    EarningRule.UNITS: "Earns the units done out of the units planned, at most its budget.",
    EarningRule.PHYSICAL: "Earns the share of the work that was judged done.",
    EarningRule.EFFORT: "Earns what is planned as time passes, so it hides delay.",
}
