"""Forms of gate models: which projects they are for, and what one gate asks."""

from typing import Any

from django import forms

from mainstay.governance.gates.fields import known_fields
from mainstay.governance.gates.terms import CONDITIONS, PARTS
from mainstay.portfolio.models import Stage

LINES = "One a line."
ROWS = {"rows": 4}


class GateModelForm(forms.Form):
    """The name of a gate model and the projects it is for."""

    key = forms.SlugField(max_length=40, help_text="A short name for addresses, such as digital; it stays.")
    name = forms.CharField(max_length=120)
    theme = forms.CharField(label="For projects of the theme", max_length=100, required=False)
    field = forms.ChoiceField(label="For projects where", required=False)
    value = forms.CharField(label="is", max_length=100, required=False)
    cost_above = forms.DecimalField(
        label="For projects that cost more than",
        min_value=0,
        required=False,
        help_text="Whole-life cost, in the currency of the project.",
    )
    is_active = forms.BooleanField(label="In use", required=False, initial=True)

    def __init__(self, *args: Any, is_new: bool, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        own = [(known.name, known.label) for known in known_fields().values() if known.name.startswith("custom.")]
        self.fields["field"].choices = [("", "any"), *own]
        if not is_new:
            del self.fields["key"]

    @property
    def terms(self) -> dict[str, Any]:
        """What was typed as the operation takes it."""
        data = self.cleaned_data
        conditions = {name: str(data[name]) for name in CONDITIONS if data.get(name) not in (None, "")}
        plain = {name: data[name] for name in ("key", "name", "is_active") if name in data}
        return plain | {"applies_to": conditions}


class GateForm(forms.Form):
    """One gate: between which stages it stands and what it asks."""

    name = forms.CharField(max_length=80)
    origin = forms.ChoiceField(label="From stage", required=False)
    target = forms.ChoiceField(label="To stage")
    criteria = forms.CharField(
        label="Criteria to be judged", required=False, widget=forms.Textarea(attrs=ROWS), help_text=LINES
    )
    rules = forms.CharField(
        label="Rules on fields",
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text="One a line: a field, then <=, >=, = or !=, then a value. For example: risk <= 60",
    )
    evidence = forms.CharField(
        label="Evidence asked for", required=False, widget=forms.Textarea(attrs=ROWS), help_text=LINES
    )
    checklist = forms.CharField(label="Checklist", required=False, widget=forms.Textarea(attrs=ROWS), help_text=LINES)
    fields_asked = forms.MultipleChoiceField(
        label="Fields that must be filled", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        stages = list(Stage.objects.values_list("key", "name"))
        self.fields["origin"].choices = [("", "Any stage"), *stages]
        self.fields["target"].choices = stages
        known = known_fields()
        self.fields["fields_asked"].choices = [(one.name, one.label) for one in known.values()]
        names = ", ".join(known)
        self.fields["rules"].help_text += f". Fields: {names}."

    @property
    def gate(self) -> dict[str, Any]:
        """What was typed as a gate of the draft."""
        data = self.cleaned_data
        lines = {part: data[part].splitlines() for part in PARTS}
        rules = [line.strip() for line in data["rules"].splitlines() if line.strip()]
        plain = {name: data[name] for name in ("name", "origin", "target")}
        return plain | lines | {"rules": rules, "fields": data["fields_asked"]}


def typed(gate: dict[str, Any]) -> dict[str, Any]:
    """A gate as it stands in the form."""
    lines = {part: "\n".join(line["text"] for line in gate[part]) for part in PARTS}
    rules = "\n".join(f"{rule['field']} {rule['test']} {rule['value']}" for rule in gate["rules"])
    return gate | lines | {"rules": rules, "fields_asked": gate["fields"]}
