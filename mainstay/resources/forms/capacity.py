"""What the pages of capacity are asked for: rows, columns, window and filters."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from mainstay.engine.basics.periods import month_after
from mainstay.resources.models import Role, Site, Skill, Team
from mainstay.resources.queries.heat import By, Question
from mainstay.resources.queries.pieces import widened

MEASURES = (
    ("load", "Load, % of capacity"),
    ("hours", "Gap, hours"),
    ("days", "Gap, person-days"),
    ("fte", "Gap, full-time equivalents"),
)
ORDERS = (("short", "Most short first"), ("name", "Name"))
UNITS = (("month", "Month"), ("week", "Week"), ("quarter", "Quarter"))
MOST_MONTHS = 60
MOST_MONTHS_OF_WEEKS = 18


class CapacityForm(forms.Form):
    """A window of months, narrowed to a team, a site, a role or a skill; whatever makes no sense is left out."""

    first = forms.DateField(label="From", required=False, input_formats=["%Y-%m", "%Y-%m-%d"])
    months = forms.IntegerField(label="Months", required=False, min_value=1, max_value=MOST_MONTHS)
    team = forms.ModelChoiceField(Team.objects.none(), required=False, to_field_name="key", empty_label="All teams")
    site = forms.ModelChoiceField(Site.objects.all(), required=False, to_field_name="key", empty_label="All sites")
    role = forms.ModelChoiceField(Role.objects.all(), required=False, to_field_name="key", empty_label="All roles")
    skill = forms.ModelChoiceField(Skill.objects.all(), required=False, to_field_name="key", empty_label="All skills")
    usual_months = 12

    def __init__(self, *args: Any, user: Any, today: date | None = None, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.today = today or timezone.localdate()
        self.fields["team"].queryset = Team.objects.visible_to(user)
        self.is_valid()

    def value(self, name: str) -> Any:
        """What was asked for under a name, where it makes sense."""
        return self.cleaned_data.get(name)

    @property
    def first_day(self) -> date:
        """The first day of the window: that of a month."""
        return (self.value("first") or self.today).replace(day=1)

    @property
    def months_shown(self) -> int:
        """How long the window is."""
        return self.value("months") or self.usual_months

    @property
    def ids(self) -> dict[str, tuple[int, ...]]:
        """The filters as ids."""
        chosen = {f"{name}s": self.value(name) for name in ("team", "site", "role", "skill")}
        return {name: (row.pk,) for name, row in chosen.items() if row is not None}

    def question(self, by: By, unit: Any = "month") -> Question:
        """The question this comes to, in whole periods."""
        last = month_after(self.first_day, self.months_shown - 1)
        first, last = widened(self.first_day, _end_of_month(last), unit)
        return Question(by, unit, first, last, **self.ids)


class HeatForm(CapacityForm):
    """Rows and columns, measure and order of a heat map."""

    by = forms.ChoiceField(label="Rows", required=False, choices=[(by.value, by.value.capitalize()) for by in By])
    unit = forms.ChoiceField(label="Columns", required=False, choices=UNITS)
    measure = forms.ChoiceField(label="Figure", required=False, choices=MEASURES)
    order = forms.ChoiceField(label="Order", required=False, choices=ORDERS)
    field_order = ("by", "unit", "first", "months", "measure", "order", "team", "site", "role", "skill")

    def __init__(self, data: Any, **keywords: Any) -> None:
        usual = {"by": By.ROLE.value, "unit": "month", "measure": "load", "order": "short"}
        super().__init__({**usual, **{name: value for name, value in data.items() if value}}, **keywords)

    @property
    def asked(self) -> Question:
        """The heat map this comes to."""
        return self.question(By(self.value("by") or By.ROLE), self.unit_shown)

    @property
    def unit_shown(self) -> Any:
        """Week, month or quarter."""
        return self.value("unit") or "month"

    @property
    def months_shown(self) -> int:
        """Weeks are shown for fewer months, or nobody finds their way."""
        most = MOST_MONTHS_OF_WEEKS if self.unit_shown == "week" else MOST_MONTHS
        usual = {"week": 6, "quarter": 24}.get(self.unit_shown, self.usual_months)
        return min(self.value("months") or usual, most)


class ForecastForm(CapacityForm):
    """By role or by skill, for the months to come."""

    by = forms.ChoiceField(label="Rows", required=False, choices=[("role", "Role"), ("skill", "Skill")])
    field_order = ("by", "first", "months")

    @property
    def by_shown(self) -> By:
        """Role or skill."""
        return By(self.value("by") or By.ROLE)


class UseForm(CapacityForm):
    """By team, role, site or person, for a quarter."""

    by = forms.ChoiceField(
        label="Rows",
        required=False,
        choices=[("team", "Team"), ("role", "Role"), ("site", "Site"), ("person", "Person")],
    )
    field_order = ("by", "first", "months")
    usual_months = 3

    @property
    def by_shown(self) -> By:
        """What the lines are."""
        return By(self.value("by") or By.TEAM)


def _end_of_month(day: date) -> date:
    return widened(day, day, "month")[1]
