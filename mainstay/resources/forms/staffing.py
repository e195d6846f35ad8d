"""Forms of staffing: asking for somebody, offering somebody, and answering."""

from typing import Any

from django import forms
from django.db.models import Q

from mainstay.core.verbs import Verb
from mainstay.resources.forms.bookings import HOURS, Day
from mainstay.resources.models import (
    Booking,
    Level,
    Resource,
    ResourceKind,
    Role,
    Site,
    Skill,
    StaffingRequest,
    Team,
)
from mainstay.resources.operations.talk import offered_people
from mainstay.resources.staffing_rules import teams_to_ask

LEVELS = [(0, "Any"), *Level.choices]
NOTE: dict[str, Any] = {"required": False, "max_length": 500, "widget": forms.Textarea(attrs={"rows": 2})}


class AskForm(forms.Form):
    """Whom a project needs, and when."""

    team = forms.ModelChoiceField(Team.objects.none(), to_field_name="key", label="Team asked")
    role = forms.ModelChoiceField(Role.objects.none(), to_field_name="key")
    skill = forms.ModelChoiceField(Skill.objects.none(), to_field_name="key", required=False, empty_label="Any")
    least_level = forms.TypedChoiceField(choices=LEVELS, coerce=int, required=False, empty_value=0, initial=0)
    site = forms.ModelChoiceField(
        Site.objects.none(), to_field_name="key", required=False, empty_label="Any", label="Best at"
    )
    starts_on = Day(label="From")
    ends_on = Day(label="Until")
    hours = forms.DecimalField(**HOURS)
    replaces = forms.ModelChoiceField(
        Booking.objects.none(), required=False, empty_label="Nobody", label="Takes over from the placeholder"
    )
    note = forms.CharField(**NOTE)

    def __init__(self, *args: Any, project: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["team"].queryset = teams_to_ask(project, user).order_by("name")
        for name, model in (("role", Role), ("skill", Skill), ("site", Site)):
            self.fields[name].queryset = model.objects.filter(is_active=True)
        placeholders = Booking.objects.filter(project=project, resource__kind=ResourceKind.GENERIC)
        self.fields["replaces"].queryset = placeholders.select_related("resource")


class TermsForm(forms.Form):
    """A person, a time and hours, as one side proposes them."""

    resource = forms.ModelChoiceField(Resource.objects.none(), to_field_name="key", label="Person")
    starts_on = Day(label="From")
    ends_on = Day(label="Until")
    hours = forms.DecimalField(**HOURS)
    note = forms.CharField(**NOTE)

    def __init__(self, *args: Any, staffing: StaffingRequest, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["resource"].queryset = self.people(staffing, user)
        self.fields["resource"].label_from_instance = lambda one: f"{one.name}, {one.team.name}"

    def people(self, staffing: StaffingRequest, user: Any) -> Any:
        """Whom one may name: those the team has offered."""
        return offered_people(staffing).select_related("team")


class OfferForm(TermsForm):
    """An offer of the team."""

    reason = forms.CharField(
        required=False,
        max_length=300,
        help_text="Needed where a rule is put aside, such as the most projects at a time.",
    )

    def people(self, staffing: StaffingRequest, user: Any) -> Any:
        """Whom one may name: people of the role or the skill whom one may offer."""
        able = Q(proficiencies__skill=staffing.skill_id) if staffing.skill_id else Q(role=staffing.role_id)
        people = Resource.objects.visible_to(user, Verb.STAFFING_OFFER).filter(able, kind=ResourceKind.NAMED)
        return people.working(staffing.starts_on, staffing.ends_on).select_related("team").order_by("name")


class BoardForm(forms.Form):
    """What the staffing board is narrowed to."""

    q = forms.CharField(required=False, max_length=80, label="Find")
    team = forms.ModelChoiceField(Team.objects.none(), to_field_name="key", required=False, empty_label="All")
    role = forms.ModelChoiceField(Role.objects.all(), to_field_name="key", required=False, empty_label="All")
    waits = forms.BooleanField(required=False, label="Waiting for me")

    def __init__(self, *args: Any, seen: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["team"].queryset = Team.objects.filter(pk__in=seen.order_by().values("team"))
        for name, kind in (("q", "form-control"), ("team", "form-select"), ("role", "form-select")):
            self.fields[name].widget.attrs["class"] = kind
        self.fields["waits"].widget.attrs["class"] = "form-check-input"
        self.is_valid()

    def narrow(self, rows: Any) -> Any:
        """The requests that are asked for."""
        asked = self.cleaned_data
        for word in (asked.get("q") or "").split()[:5]:
            rows = rows.filter(
                Q(role__name__icontains=word) | Q(skill__name__icontains=word) | Q(note__icontains=word)
            )
        if team := asked.get("team"):
            rows = rows.filter(team=team)
        if role := asked.get("role"):
            rows = rows.filter(role=role)
        return rows
