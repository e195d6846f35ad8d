"""The form of a score model and its criteria."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.evaluation.forms.levels import LevelsField, levels_text
from mainstay.evaluation.forms.rows import RowForm, RowsFormSet
from mainstay.evaluation.models import CriterionKind, ScoreModel, Way
from mainstay.evaluation.operations.criteria import ALL, MOST_CRITERIA, Wanted, level_problem
from mainstay.evaluation.sources import known_sources
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio

BLANK_ROWS = 2
MEASURED = ("source", "worst", "best")
FIELDS = (
    "label", "kind", "way", "source", "question", "worst", "worst_words", "best", "best_words", "weight", "is_gate",
    "threshold",
)  # fmt: skip
STARTER = (
    {"label": "Benefit for its cost", "source": "benefit/cost", "worst": 1, "best": 3, "weight": 60,
     "worst_words": "Gives back what it costs", "best_words": "Gives back three times its cost"},
    {"label": "Risk", "kind": "risk", "source": "risk", "worst": 100, "best": 0, "weight": 40,
     "worst_words": "Almost sure to fail", "best_words": "Nothing can go wrong"},
)  # fmt: skip
NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 4, "required": False}


class ScoreModelForm(forms.Form):
    """The name of a score model and what it is for."""

    name = forms.CharField(max_length=120)
    description = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), label="What it is for"
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), required=False, label="Planning cycle", empty_label="None in particular"
    )

    def __init__(self, *args: Any, portfolio: Portfolio, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["cycle"].queryset = cycles_of(portfolio, user)


def cycles_of(portfolio: Portfolio, user: Any) -> Any:
    """The planning cycles of a portfolio and of those it lies in, as far as the person may see them."""
    parts = portfolio.path.strip("/").split("/")
    above = ["/" + "/".join(parts[: place + 1]) + "/" for place in range(len(parts))]
    return Cycle.objects.visible_to(user).filter(portfolio__path__in=above).order_by("-start_date")


class CriterionForm(RowForm):
    """One criterion: a figure between two anchors or levels that people choose from, and its weight."""

    label = forms.CharField(max_length=80, label="Criterion")
    kind = forms.ChoiceField(label="Speaks of", choices=CriterionKind.choices, required=False)
    way = forms.ChoiceField(label="How", choices=Way.choices, required=False)
    source = forms.ChoiceField(label="Judged by", required=False)
    question = forms.CharField(max_length=300, required=False, label="What is asked")
    levels = LevelsField(label="Levels: points and words, the least first", required=False)
    worst = forms.DecimalField(label="Earns 0 at", **NUMBER)
    worst_words = forms.CharField(max_length=120, required=False, label="Which means (0 points)")
    best = forms.DecimalField(label="Earns 100 at", **NUMBER)
    best_words = forms.CharField(max_length=120, required=False, label="Which means (100 points)")
    weight = forms.DecimalField(min_value=Decimal(0), max_value=100, max_digits=5, decimal_places=2, label="Weight %")
    is_gate = forms.BooleanField(
        required=False,
        label="Gate: a project must reach a value",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    threshold = forms.DecimalField(label="Must reach", **NUMBER)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["source"].choices = choices

    def clean(self) -> dict[str, Any]:
        """The two anchors differ; which is larger says whether more or less is better."""
        given = super().clean() or self.cleaned_data
        given["kind"] = given.get("kind") or CriterionKind.VALUE
        given["way"] = given.get("way") or Way.MEASURED
        if given["way"] == Way.JUDGED:
            self._judged(given)
        else:
            self._measured(given)
        if given.get("is_gate") and given.get("threshold") is None and "threshold" not in self.errors:
            self.add_error("threshold", "Say what a project must reach.")
        if not given.get("is_gate") and given.get("weight") == 0:
            self.add_error("weight", "Only a gate may weigh nothing.")
        return given

    def _measured(self, given: dict[str, Any]) -> None:
        given["levels"] = ()
        for name in MEASURED:
            if given.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, "This field is required.")
        if given.get("worst") is not None and given.get("worst") == given.get("best"):
            self.add_error("best", "This differs from the value that earns nothing.")

    def _judged(self, given: dict[str, Any]) -> None:
        for name in MEASURED:
            self.errors.pop(name, None)
        given |= {"source": "", "worst": Decimal(0), "best": ALL}
        levels = given.get("levels") or ()
        if "levels" not in self.errors and (problem := level_problem([(one.points, one.words) for one in levels])):
            self.add_error("levels", f"This criterion {problem}")

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


def criteria_form(model: ScoreModel | None, data: Any = None, more: Any = ()) -> Any:
    """The criteria of a model as rows of a form, with blank ones behind; a new model begins with a suggestion.

    `more` are rows to begin with beside those that are there, such as the impact statements of a driver.
    """
    choices = [(key, source.label) for key, source in known_sources().items()]
    rows = STARTER if model is None else list(model.criteria.values(*FIELDS, "levels"))
    # What was sent stands for itself: criteria saved meanwhile are no part of it.
    initial = [_initial(row) for row in [*rows, *more]] if data is None else None
    return _FormSet(data, initial=initial, prefix="criteria", form_kwargs={"choices": choices})


def _initial(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: _plain(value) for name, value in row.items()}
    return told | {"levels": levels_text(row.get("levels") or [])}


def _plain(value: Any) -> Any:
    """A number without the zeros the database keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
