"""Forms of demand templates."""

from typing import Any

from django import forms

from mainstay.resources.forms.base import RowForm
from mainstay.resources.models import DemandTemplate
from mainstay.resources.models.demand_template import wrong_shares

HELP = (
    "A line for each role: its key, the share in per cent, and flat, front, back or bell. The shares add up to 100."
)


class SharesField(forms.CharField):
    """Shares typed as lines: `project-manager 12 flat`."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{one['role']} {one['share']} {one['curve']}" for one in value)

    def clean(self, value: Any) -> Any:
        lines = [line.replace(",", " ").split() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) != 3 or not line[1].isdecimal() for line in lines):
            raise forms.ValidationError("Each line has a role, a whole number and a course, such as: buyer 10 front.")
        shares = [{"role": line[0], "share": int(line[1]), "curve": line[2]} for line in lines]
        if told := wrong_shares(shares):
            raise forms.ValidationError(told)
        return shares

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n").strip())


class NewTemplateForm(RowForm):
    """What projects of a kind usually need."""

    shares = SharesField(label="Roles and shares", help_text=HELP)

    class Meta:
        model = DemandTemplate
        fields = ["name", "description", "shares"]


class TemplateEditForm(NewTemplateForm):
    """A template that is known already."""

    class Meta(NewTemplateForm.Meta):
        fields = ["name", "description", "shares", "is_active"]
