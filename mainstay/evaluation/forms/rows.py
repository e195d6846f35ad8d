"""Forms that are rows of a table."""

from typing import Any

from django import forms


class RowForm(forms.Form):
    """A form that is one row of a table."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
                field.widget.attrs.setdefault("class", kind)

    def has_changed(self) -> bool:
        """Whether anything was typed; a list always has something chosen, so it alone does not count."""
        return any(not isinstance(self.fields[name].widget, forms.Select) for name in self.changed_data)


class RowsFormSet(forms.BaseFormSet):
    """The rows of such a table; a tick removes one."""

    deletion_widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
