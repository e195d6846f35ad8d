"""Forms of evaluation: a score model and its criteria."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.models import ALL, MOST_CRITERIA, Wanted
from mainstay.evaluation.sources import known_sources

BLANK_ROWS = 3
STARTER = (
    {"label": "Benefit for its cost", "source": "benefit/cost", "worst": 1, "best": 3, "weight": 60,
     "worst_words": "Gives back what it costs", "best_words": "Gives back three times its cost"},
    {"label": "Risk", "source": "risk", "worst": 100, "best": 0, "weight": 40,
     "worst_words": "Almost sure to fail", "best_words": "Nothing can go wrong"},
)  # fmt: skip


class RowForm(forms.Form):
    """A form that is one row of a table."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs.setdefault("class", kind)

    def has_changed(self) -> bool:
        """Whether anything was typed; a list always has something chosen, so it alone does not count."""
        return any(not isinstance(self.fields[name].widget, forms.Select) for name in self.changed_data)


class RowsFormSet(forms.BaseFormSet):
    """The rows of such a table; a tick removes one."""

    deletion_widget = forms.CheckboxInput(attrs={"class": "form-check-input"})


class ScoreModelForm(forms.Form):
    """The name of a score model and what it is for."""

    name = forms.CharField(max_length=120)
    description = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), label="What it is for"
    )


class CriterionForm(RowForm):
    """One criterion: the field, the value that earns nothing, the one that earns all, and its weight."""

    label = forms.CharField(max_length=80, label="Criterion")
    source = forms.ChoiceField(label="Judged by")
    worst = forms.DecimalField(max_digits=20, decimal_places=4, label="Earns 0 at")
    worst_words = forms.CharField(max_length=120, required=False, label="Which means")
    best = forms.DecimalField(max_digits=20, decimal_places=4, label="Earns 100 at")
    best_words = forms.CharField(max_length=120, required=False, label="Which means")
    weight = forms.DecimalField(
        min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2, label="Weight %"
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["source"].choices = choices

    def clean(self) -> dict[str, Any]:
        """The two anchors differ; which is larger says whether more or less is better."""
        given = super().clean() or self.cleaned_data
        if given.get("worst") is not None and given.get("worst") == given.get("best"):
            self.add_error("best", "This differs from the value that earns nothing.")
        return given

    def wanted(self) -> Wanted:
        """The criterion as the operation takes it."""
        return Wanted(**{name: self.cleaned_data[name] for name in Wanted.__dataclass_fields__})


class _CriteriaFormSet(RowsFormSet):
    """The criteria of a model together: labels are unique and weights add up to 100."""

    @property
    def weight_sum(self) -> Decimal:
        """The sum of the weights as typed, as far as they can be read."""
        if not self.is_bound:
            return sum((Decimal(form.initial.get("weight", 0)) for form in self.forms), Decimal())
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return sum((row.get("weight") or Decimal() for row in rows if not row.get("DELETE")), Decimal())

    def clean(self) -> None:
        """What only all criteria together can get wrong."""
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.kept()]
        labels = [row["label"].strip() for row in rows]
        total = sum((row["weight"] for row in rows), Decimal())
        if not rows:
            raise forms.ValidationError("A score model needs a criterion.")
        if len(set(labels)) < len(labels):
            raise forms.ValidationError("Two criteria have the same name.")
        if total != ALL:
            raise forms.ValidationError(f"The weights add up to {total.normalize():f}%; make them 100%.")

    def kept(self) -> list[CriterionForm]:
        """The rows that are meant: filled in and not ticked for removal."""
        return [form for form in self.forms if form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE")]

    def wanted(self) -> list[Wanted]:
        """The criteria as the operation takes them."""
        return [form.wanted() for form in self.kept()]


_FormSet = forms.formset_factory(
    CriterionForm,
    formset=_CriteriaFormSet,
    extra=BLANK_ROWS,
    can_delete=True,
    max_num=MOST_CRITERIA,
    validate_max=True,
    absolute_max=MOST_CRITERIA + 10,
)


def criteria_form(model: ScoreModel | None, data: Any = None) -> Any:
    """The criteria of a model as rows of a form, with blank ones behind; a new model begins with a suggestion."""
    choices = [(key, source.label) for key, source in known_sources().items()]
    fields = ("label", "source", "worst", "worst_words", "best", "best_words", "weight")
    rows = STARTER if model is None else list(model.criteria.values(*fields))
    initial = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return _FormSet(data, initial=initial, prefix="criteria", form_kwargs={"choices": choices})


def _plain(value: Any) -> Any:
    """A number without the zeros the database keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
