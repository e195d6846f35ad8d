"""Forms that change bookings; each knows which change it stands for, and writes nothing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources import booking_changes as changes
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.forms.base import PercentField, date_input
from mainstay.resources.models import Booking, Firmness, Resource, Role, Skill

WHY = "Needed where a rule is put aside, such as the most projects at a time."
HOURS: dict[str, Any] = {"max_digits": 9, "decimal_places": 2, "min_value": Decimal("0.01")}


class Day(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(widget=date_input(), **keywords)


class ReasonForm(forms.Form):
    """What every change of a booking takes along: a reason, where one is needed."""

    reason = forms.CharField(required=False, max_length=300, help_text=WHY)

    def order_fields(self, field_order: Any) -> None:
        """The reason stands last."""
        super().order_fields([name for name in self.fields if name != "reason"])

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class BookingForm(ReasonForm):
    """A new booking of somebody."""

    project = forms.ModelChoiceField(Project.objects.none(), to_field_name="code", empty_label="Choose a project")
    role = forms.ModelChoiceField(Role.objects.none(), to_field_name="key", label="In the role of", empty_label=None)
    skill = forms.ModelChoiceField(Skill.objects.none(), to_field_name="key", required=False, empty_label="None")
    starts_on = Day(label="From")
    ends_on = Day(label="Until")
    hours = forms.DecimalField(**HOURS)
    firmness = forms.ChoiceField(choices=Firmness.choices, initial=Firmness.SOFT)
    note = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, resource: Resource, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.resource = resource
        projects = Project.objects.visible_to(user).exclude(stage__phase__in=("finished", "dropped"))
        self.fields["project"].queryset = projects.order_by("name")
        self.fields["project"].label_from_instance = lambda one: f"{one.name} ({one.code})"
        self.fields["role"].queryset = Role.objects.filter(Q(is_active=True) | Q(pk=resource.role_id))
        self.fields["role"].initial = resource.role
        self.fields["skill"].queryset = Skill.objects.filter(proficiencies__resource=resource)

    def change(self) -> BookingChange:
        """The new booking."""
        fields = dict(self.given)
        return changes.as_added(self.resource, fields.pop("project"), fields)


class ChangeForm(ReasonForm):
    """A change of one booking, among people whom the person may book."""

    def __init__(self, *args: Any, booking: Booking, user: Any, **keywords: Any) -> None:
        super().__init__(*args, initial=self.starting(booking), **keywords)
        self.booking, self.user = booking, user
        for name in self.fields.keys() & {"resource", "other"}:
            self.fields[name].queryset = self._able()
            self.fields[name].label_from_instance = lambda one: f"{one.name}, {one.team.name}"

    @staticmethod
    def starting(booking: Booking) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}

    def _able(self) -> Any:
        """People of the role, and people of the skill."""
        able = Q(role=self.booking.role_id)
        if self.booking.skill_id:
            able = Q(proficiencies__skill=self.booking.skill_id)
        people = Resource.objects.visible_to(self.user, Verb.BOOKING_ADD).exclude(pk=self.booking.resource_id)
        people = people.working(self.booking.starts_on, self.booking.ends_on).filter(able)
        return people.select_related("team").distinct().order_by("name")


class EditForm(ChangeForm):
    """Another time, other hours, or a firm booking."""

    starts_on = Day(label="From")
    ends_on = Day(label="Until")
    hours = forms.DecimalField(**HOURS)
    firmness = forms.ChoiceField(choices=Firmness.choices)
    note = forms.CharField(required=False, max_length=200)

    @staticmethod
    def starting(booking: Booking) -> dict[str, Any]:
        """As it is booked."""
        return {name: getattr(booking, name) for name in ("starts_on", "ends_on", "hours", "firmness", "note")}

    def change(self) -> BookingChange:
        """The booking as typed."""
        return changes.as_edited(self.booking, self.given)


class SplitForm(ChangeForm):
    """Two parts, of which the second may begin some weeks later."""

    on = Day(label="Second part from", help_text="The first part ends the day before; hours follow the working days.")
    later_weeks = forms.IntegerField(label="Weeks later", min_value=0, max_value=104, initial=0, required=False)

    def clean_later_weeks(self) -> int:
        """Nothing typed means at once."""
        return self.cleaned_data["later_weeks"] or 0

    def change(self) -> BookingChange:
        """Both parts."""
        return changes.as_divided(self.booking, self.cleaned_data["on"], self.cleaned_data["later_weeks"])


class ShareForm(ChangeForm):
    """Somebody else takes a share of the hours."""

    other = forms.ModelChoiceField(Resource.objects.none(), to_field_name="key", label="Shared with")
    share = PercentField(label="Share they take, %", initial=Decimal("0.5"))

    def change(self) -> BookingChange:
        """The hours of both."""
        return changes.as_shared(self.booking, self.cleaned_data["other"], self.cleaned_data["share"])


class ReplaceForm(ChangeForm):
    """Somebody else takes over."""

    resource = forms.ModelChoiceField(Resource.objects.none(), to_field_name="key", label="Taken over by")
    from_day = Day(label="From", required=False, help_text="Empty: the whole booking.")

    def change(self) -> BookingChange:
        """The part that stays, and the part taken over."""
        return changes.as_replaced(self.booking, self.cleaned_data["resource"], self.cleaned_data["from_day"])


class RemoveForm(ChangeForm):
    """The person is set free."""

    def change(self) -> BookingChange:
        """The booking is gone."""
        return changes.as_removed([self.booking])
