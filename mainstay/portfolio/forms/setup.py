"""Forms of what an administrator sets up: custom fields, the life cycle, fiscal years."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.portfolio.forms.custom import DATE, custom_form_field
from mainstay.portfolio.guards import known_guards
from mainstay.portfolio.models import CustomField, FieldKind, FiscalYear, Stage


class OptionsField(forms.CharField):
    """One option a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class CustomFieldForm(forms.ModelForm):
    """A field of projects that this organisation adds; key and kind stay as they were made."""

    options = OptionsField(required=False, help_text="For a choice: one option a line.")

    class Meta:
        model = CustomField
        fields = ("label", "key", "kind", "options", "unit", "help_text", "is_confidential", "position", "is_active")
        help_texts = {
            "key": "Its name in imports, exports and the API. It cannot be changed later.",
            "is_confidential": "Only people who may see figures read it.",
            "position": "Fields with small numbers come first.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if self.instance.pk:
            for name in ("key", "kind"):
                del self.fields[name]
        else:
            del self.fields["is_active"]
            self.initial["kind"] = FieldKind.TEXT

    def changes(self) -> dict[str, Any]:
        """What was changed, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class PreviewForm(forms.Form):
    """A custom field as the project's form will show it."""

    def __init__(self, field: CustomField) -> None:
        super().__init__(prefix="preview")
        self.fields[field.key] = custom_form_field(field, Person.objects.none())


class StageForm(forms.ModelForm):
    """A station in the life of a project."""

    class Meta:
        model = Stage
        fields = ("key", "name", "position", "phase", "probability", "description")
        help_texts = {
            "key": "Its name in imports, exports and the API. It cannot be changed later.",
            "phase": "What it means to sums and charts, whatever it is called.",
            "probability": "How many of 100 proposals in this stage are done in the end. Demand of the pipeline "
            "counts with this share; work that is committed counts whole.",
        }

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if self.instance.pk:
            del self.fields["key"]


class TransitionForm(forms.Form):
    """A way from one stage to another."""

    origin = forms.ModelChoiceField(Stage.objects.all(), to_field_name="key", label="From", empty_label=None)
    target = forms.ModelChoiceField(Stage.objects.all(), to_field_name="key", label="To", empty_label=None)
    action = forms.CharField(max_length=60, help_text="The words on the button, a verb first.")
    guards = forms.MultipleChoiceField(
        label="Only when", required=False, widget=forms.CheckboxSelectMultiple, choices=lambda: known_guards().items()
    )
    needs_reason = forms.BooleanField(label="Asks for a reason", required=False)
    is_authorising = forms.BooleanField(label="Needs the right to authorise", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("origin") and cleaned.get("origin") == cleaned.get("target"):
            self.add_error("target", "A way leads from one stage to another one.")
        return cleaned


class FiscalYearForm(forms.ModelForm):
    """A fiscal year."""

    class Meta:
        model = FiscalYear
        fields = ("name", "start_date", "end_date")
        widgets = dict.fromkeys(("start_date", "end_date"), DATE["widget"])
        help_texts = {"name": "For example 2026/27."}
