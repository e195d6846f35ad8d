"""Forms of teams, sites and calendars."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.resources.forms.base import RowForm, in_use
from mainstay.resources.models import Calendar, Site, Team
from mainstay.resources.queries.public_holidays import countries, regions
from mainstay.resources.special_days import WEEKDAYS, days_as_text, read_days

LONGEST_DAYS = 100_000


class TeamForm(RowForm):
    """A team that is known already."""

    verb = Verb.TEAM_EDIT

    class Meta:
        model = Team
        fields = ("name", "portfolio", "parent", "manager", "is_active")
        help_texts = {"portfolio": "Who may see its people and book them follows from grants for this portfolio."}

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        places = Portfolio.objects.visible_to(self.user, self.verb).order_by("path")
        self.fields["portfolio"].queryset = places
        self.fields["portfolio"].label_from_instance = lambda row: f"{row.name} ({row.code})"
        above = in_use(Team.objects.visible_to(self.user), self.instance.parent_id)
        self.fields["parent"].queryset = above.exclude(pk=self.instance.pk)
        self.fields["parent"].label = "Part of"
        self.fields["parent"].empty_label = "No other team"


class NewTeamForm(TeamForm):
    """A new team."""

    verb = Verb.TEAM_CREATE

    class Meta(TeamForm.Meta):
        fields = ("name", "portfolio", "parent", "manager")


class SiteForm(RowForm):
    """A site."""

    class Meta:
        model = Site
        fields = ("name", "description", "calendar", "is_active")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["calendar"].queryset = in_use(Calendar.objects.all(), self.instance.calendar_id)
        self.fields["calendar"].empty_label = "Monday to Friday, eight hours"
        if not self.instance.pk:
            del self.fields["is_active"]


class CalendarForm(RowForm):
    """A calendar: the hours of a normal week, whose public holidays hold, and the days that differ."""

    days = forms.CharField(
        label="Days that differ",
        required=False,
        max_length=LONGEST_DAYS,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="A day a line: date; working hours; name. For example 2026-12-24; 4; Christmas Eve. "
        "Lines may be pasted from a spreadsheet.",
    )

    class Meta:
        model = Calendar
        fields = ("name", "description", "country", "region", "is_active")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        row = self.instance
        for place, (name, label) in enumerate(WEEKDAYS):
            self.fields[name] = forms.DecimalField(
                label=label, min_value=0, max_value=24, max_digits=4, decimal_places=2, initial=row.week[place]
            )
        chosen = self.data.get(self.add_prefix("country"), "") if self.is_bound else row.country
        self.fields["country"] = _choice("Public holidays of", "No public holidays", countries())
        self.fields["region"] = _choice("Region", "The whole country", regions(chosen))
        self.initial["days"] = days_as_text(row.days.all()) if row.pk else ""
        if not row.pk:
            del self.fields["is_active"]
        self.order_fields(["name", "description", *(name for name, _ in WEEKDAYS), "country", "region", "days"])

    @property
    def weekdays(self) -> list[Any]:
        """The fields of the week."""
        return [self[name] for name, _ in WEEKDAYS]

    def clean_days(self) -> Any:
        try:
            return read_days(self.cleaned_data["days"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["days"]) from error

    def as_told(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values as the operation takes them: the week as one."""
        names = [name for name, _ in WEEKDAYS]
        told = {name: value for name, value in values.items() if name not in names}
        if values.keys() & set(names):
            told["week"] = [_number(self.cleaned_data[name]) for name in names]
        return told


def _choice(label: str, empty: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def _number(hours: Decimal) -> int | float:
    return int(hours) if hours == int(hours) else float(hours)
