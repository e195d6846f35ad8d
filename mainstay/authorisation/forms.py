"""The form of a selection: what shall be most, within which budget and limits, by which rules."""

from typing import Any

from django import forms

from mainstay.authorisation.aims import aims_for
from mainstay.authorisation.models import Committed, Selection
from mainstay.authorisation.terms import limitable, open_stages, presents
from mainstay.evaluation.forms import RowForm, RowsFormSet
from mainstay.evaluation.models import ScoreModel
from mainstay.portfolio.models import Portfolio

MOST_ROWS = 200
WAYS = (("in", "Always in"), ("out", "Never in"))


class SelectionForm(forms.Form):
    """The question: candidates, aim, budget, and what the plan is compared with."""

    name = forms.CharField(max_length=120, help_text="For example: Budget 2027.")
    maximise = forms.ChoiceField(label="Choose so that there is most")
    budget = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    currency = forms.RegexField(r"^[A-Z]{3}$", label="Currency", help_text="Three capital letters, as in GBP.")
    stages = forms.MultipleChoiceField(
        label="Candidates are the projects in stage", widget=forms.CheckboxSelectMultiple
    )
    committed = forms.ChoiceField(label="Projects already committed", choices=Committed.choices)
    present = forms.ChoiceField(label="Compare the plan with", required=False)
    dependencies = forms.BooleanField(
        label="Keep the dependencies of the register", required=False, initial=True,
        help_text="A candidate that requires another is chosen only with it; of two that exclude each other, one.",
    )  # fmt: skip
    groups = forms.CharField(
        label="At most one of",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Codes of candidates of which only one may be chosen, apart by commas; one group a line.",
    )

    def __init__(self, portfolio: Portfolio, user: Any, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["maximise"].choices = _aims(portfolio, user)
        self.fields["stages"].choices = list(open_stages().items())
        self.fields["present"].choices = list(presents().items())

    def clean_groups(self) -> list[list[str]]:
        """The groups as lists of codes."""
        return groups_in(self.cleaned_data["groups"])


def groups_in(text: str) -> list[list[str]]:
    """Groups of codes as they are typed: one a line, apart by commas."""
    lines = [line.strip() for line in text.splitlines()]
    groups = [[code.strip() for code in line.split(",") if code.strip()] for line in lines if line]
    if any(len(group) < 2 for group in groups):
        raise forms.ValidationError("A group names two candidates or more, apart by commas.")
    return groups


def typed(groups: list[list[str]]) -> str:
    """Groups of codes as they are typed."""
    return "\n".join(", ".join(group) for group in groups)


def _aims(portfolio: Portfolio, user: Any) -> list[tuple[str, str]]:
    aims = aims_for(portfolio, portfolio.currency)
    open_models = set(ScoreModel.objects.visible_to(user).values_list("pk", flat=True))
    return [(key, aim.noun) for key, aim in aims.items() if aim.model_id is None or aim.model_id in open_models]


class LimitForm(RowForm):
    """A further limit: what is counted, and how much of it there may be."""

    source = forms.ChoiceField(label="Limit")
    max = forms.DecimalField(label="At most", min_value=0, max_digits=18, decimal_places=4)

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["source"].choices = [("", "No further limit"), *limitable().items()]


class ForcedForm(RowForm):
    """A candidate that is in or out whatever the solver finds, with the reason for the record."""

    code = forms.CharField(label="Code", max_length=40, widget=forms.TextInput(attrs={"list": "candidate-codes"}))
    way = forms.ChoiceField(label="It is", choices=WAYS)
    reason = forms.CharField(label="Because", max_length=300)


class ShareForm(RowForm):
    """What part of the money spent a theme takes."""

    theme = forms.CharField(label="Theme", max_length=100, widget=forms.TextInput(attrs={"list": "themes"}))
    min = forms.DecimalField(label="At least %", min_value=0, max_value=100, required=False)
    max = forms.DecimalField(label="At most %", min_value=0, max_value=100, required=False)


class TermsForm:
    """The whole form of a selection: the question itself and three lists of further terms."""

    LISTS = (("limits", LimitForm, "source"), ("forced", ForcedForm, "code"), ("shares", ShareForm, "theme"))

    def __init__(self, portfolio: Portfolio, user: Any, data: Any = None, selection: Selection | None = None) -> None:
        self.portfolio = portfolio
        self.main = SelectionForm(portfolio, user, data, initial=_initial(portfolio, selection))
        rules = selection.rules if selection else {}
        known = {
            "limits": selection.limits if selection else [],
            "forced": rules.get("forced", []),
            "shares": rules.get("shares", []),
        }
        self.limits, self.forced, self.shares = (_rows(form, data, name, known[name]) for name, form, _ in self.LISTS)

    def is_valid(self) -> bool:
        """Whether every part is in order."""
        checked = [form.is_valid() for form in (self.main, self.limits, self.forced, self.shares)]
        return all(checked)

    def terms(self) -> dict[str, Any]:
        """The terms as the operations take them."""
        given = dict(self.main.cleaned_data)
        limits, forced, shares = (self._filled(name, field) for name, _, field in self.LISTS)
        given["rules"] = {
            "dependencies": given.pop("dependencies"),
            "at_most_one": given.pop("groups"),
            "forced": forced,
            "shares": shares,
        }
        return given | {"limits": limits}

    def _filled(self, name: str, field: str) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in getattr(self, name)]
        return [
            {key: value for key, value in row.items() if key != "DELETE"}
            for row in rows
            if row.get(field) and not row.get("DELETE")
        ]

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put what an operation refused beside the fields it speaks of."""
        for name, messages in errors.items():
            known = name if name in self.main.fields else None
            for message in messages:
                self.main.add_error(known, message)


def _rows(form: type[forms.Form], data: Any, name: str, known: list[dict[str, Any]]) -> Any:
    made = forms.formset_factory(
        form, RowsFormSet, extra=2, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
    )
    # What was sent stands for itself: rows saved meanwhile are no part of it.
    return made(data, initial=known if data is None else None, prefix=name)


def _initial(portfolio: Portfolio, selection: Selection | None) -> dict[str, Any]:
    if selection is None:
        return {"currency": portfolio.currency, "stages": ["candidate"], "maximise": "net_benefit"}
    names = ("name", "maximise", "currency", "stages", "committed", "present")
    return {name: getattr(selection, name) for name in names} | {
        "budget": f"{selection.budget.normalize():f}",
        "dependencies": selection.rules.get("dependencies", True),
        "groups": typed(selection.rules.get("at_most_one", [])),
    }
