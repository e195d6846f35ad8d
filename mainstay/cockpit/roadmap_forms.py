"""What the roadmap is asked for, and a move as it is sent."""

from typing import Any

from django import forms

from mainstay.cockpit.roadmap_lanes import KINDS, USUAL

ZOOMS = {"week": "Weeks", "month": "Months", "quarter": "Quarters", "year": "Years"}
SORTED = ("name", "stage", "health", "owner", "start", "end", "days", "slack")
SORTS = [(sign + name, name) for name in SORTED for sign in ("", "-")]
USUALLY = {"lanes": USUAL, "zoom": "quarter", "sort": "start", "scenario": ""}


class RoadmapForm(forms.Form):
    """Lanes, zoom, order and scenario; what makes no sense is left out."""

    lanes = forms.ChoiceField(choices=list(KINDS.items()), required=False)
    zoom = forms.ChoiceField(choices=list(ZOOMS.items()), required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    scenario = forms.CharField(max_length=20, required=False)

    def value(self, name: str) -> Any:
        """What was asked for, or what is usual."""
        self.is_valid()
        return self.cleaned_data.get(name) or USUALLY[name]

    @property
    def sort_key(self) -> tuple[str, bool]:
        """What the table is sorted by, and whether downwards."""
        asked: str = self.value("sort")
        return asked.removeprefix("-"), asked.startswith("-")

    @property
    def lane_choices(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is chosen, of what the lanes may be."""
        return [(value, label, value == self.value("lanes")) for value, label in KINDS.items()]

    @property
    def zoom_choices(self) -> list[tuple[str, str]]:
        """Value and label of what may be shown as one step of time."""
        return list(ZOOMS.items())


class DatesForm(forms.Form):
    """A project with the dates it shall have."""

    project = forms.CharField(max_length=40)
    start = forms.DateField()
    end = forms.DateField()

    def clean(self) -> dict[str, Any]:
        """The end does not lie before the start."""
        found = super().clean()
        if "start" in found and "end" in found and found["end"] < found["start"]:
            self.add_error("end", "The end lies before the start.")
        return found

    @property
    def refusal(self) -> str:
        """What is wrong, in a sentence or more."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class MoveForm(DatesForm):
    """New dates for a project as it was when it was shown."""

    version = forms.IntegerField(min_value=1, max_value=2**31)
