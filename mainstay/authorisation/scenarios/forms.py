"""The forms of a scenario: what it plans and by which terms, and one of its lines."""

from typing import Any

from django import forms

from mainstay.authorisation.aims import aims_for
from mainstay.authorisation.forms import ShareForm, groups_in, typed
from mainstay.authorisation.models import Forced, PeriodLength, PlanLine, Scenario
from mainstay.authorisation.scenarios.slices import buckets_of
from mainstay.authorisation.scenarios.terms import KINDS, limitables
from mainstay.authorisation.scenarios.ways import Offer
from mainstay.core.surrounding import surrounding
from mainstay.evaluation.forms import RowForm, RowsFormSet
from mainstay.evaluation.models import ScoreModel
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import FiscalYear, Portfolio, Project
from mainstay.resources.models import Role

MOST_ROWS, BLANK_ROWS = 100, 4
COMMITTED = (
    ("kept", "Keep them: they stay in as they are"),
    ("free", "Decide on them anew: they may leave the plan"),
)


class ScenarioForm(forms.Form):
    """What a scenario plans: its name, its time and what shall be most."""

    name = forms.CharField(max_length=120, help_text="For example: Growth, or Within the hiring freeze.")
    description = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cycle = forms.ModelChoiceField(Cycle.objects.none(), label="Planning cycle", required=False, empty_label="None")
    starts_on = forms.DateField(label="Plans from", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    period = forms.ChoiceField(label="Divided into", choices=PeriodLength.choices)
    periods = forms.IntegerField(label="How many of them", min_value=1, max_value=60)
    maximise = forms.ChoiceField(label="Plan so that there is most")
    committed = forms.ChoiceField(label="Projects already committed", choices=COMMITTED)
    window = forms.IntegerField(
        label="Starts may move by", min_value=0, max_value=60,
        help_text="So many periods earlier or later than proposed. Work that has begun stays where it is.",
    )  # fmt: skip
    delay_share = forms.DecimalField(
        label="A year of delay takes off, per cent", min_value=0, max_value=100, required=False,
        help_text="Of what a project brings when it starts later than proposed.",
    )  # fmt: skip
    delay_amount = forms.DecimalField(
        label="A period of delay takes off", min_value=0, required=False,
        help_text="So much in the unit of what shall be most, for each period and project.",
    )  # fmt: skip
    dependencies = forms.BooleanField(
        label="Keep the dependencies of the register", required=False,
        help_text="What requires another, excludes another, or begins only after another has ended.",
    )  # fmt: skip
    groups = forms.CharField(
        label="At most one of", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Codes of projects of which only one may be in, apart by commas; one group a line.",
    )  # fmt: skip

    def __init__(self, portfolio: Portfolio, user: Any, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        aims = aims_for(portfolio, portfolio.currency)
        open_models = set(ScoreModel.objects.visible_to(user).values_list("pk", flat=True))
        known = [(key, aim.noun) for key, aim in aims.items() if aim.model_id is None or aim.model_id in open_models]
        self.fields["maximise"].choices = known
        self.fields["cycle"].queryset = Cycle.objects.visible_to(user)
        self.projects = Project.objects.visible_to(user).filter(path__startswith=portfolio.path)

    def clean_groups(self) -> list[list[str]]:
        """The groups as lists of codes of the portfolio's projects."""
        groups = groups_in(self.cleaned_data["groups"])
        named = {code for group in groups for code in group}
        if unknown := named - set(self.projects.filter(code__in=named).values_list("code", flat=True)):
            raise forms.ValidationError(f"There is no project {sorted(unknown)[0]} here.")
        return groups


class LimitForm(RowForm):
    """A limit: what is limited, in which year, and how much there is."""

    source = forms.ChoiceField(label="Limit", required=False)
    year = forms.ChoiceField(label="In the year", required=False)
    max = forms.DecimalField(label="At most", min_value=0, max_digits=18, decimal_places=4, required=False)

    def has_changed(self) -> bool:
        """Whether anything was typed or chosen; people and funds are limited by choosing them alone."""
        return bool(self.changed_data)

    def __init__(self, scenario: Scenario, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["source"].choices = [("", "No limit"), *limitables(scenario).items()]
        years = FiscalYear.objects.values_list("name", flat=True)
        self.fields["year"].choices = [("", "Whole time"), *((year, year) for year in years)]


class ChangeForm(RowForm):
    """A change to what there is: more budget, a hire, somebody leaving."""

    kind = forms.ChoiceField(label="Change", choices=[("", "No change"), *KINDS.items()], required=False)
    amount = forms.DecimalField(label="How much, or how many people", min_value=0, required=False)
    role = forms.ChoiceField(label="Role", required=False)
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["role"].choices = [("", "None"), *Role.objects.values_list("key", "name")]


class KindForm(RowForm):
    """What part of the money spent a kind of work takes."""

    kind = forms.ChoiceField(label="Kind of work", required=False)
    min = forms.DecimalField(label="At least %", min_value=0, max_value=100, required=False)
    max = forms.DecimalField(label="At most %", min_value=0, max_value=100, required=False)

    def __init__(self, named: dict[str, str], *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["kind"].choices = [("", "No share"), *named.items()]


class TermsForm:
    """The whole form of a scenario: the question itself and three lists of further terms."""

    def __init__(self, portfolio: Portfolio, user: Any, data: Any = None, scenario: Scenario | None = None) -> None:
        known = scenario or Scenario(portfolio=portfolio)
        self.main = ScenarioForm(portfolio, user, data, initial=_initial(scenario))
        rules = known.rules if scenario else {}
        changes = [entry | {"since": entry["from"]} for entry in known.changes]
        self.limits = _rows(LimitForm, data, "limits", known.limits, scenario=known)
        self.changes = _rows(ChangeForm, data, "changes", changes)
        self.shares = _rows(ShareForm, data, "shares", rules.get("shares", []))
        kinds = [entry | {"kind": f"{entry['classification']}/{entry['bucket']}"} for entry in rules.get("mix", [])]
        named = {"/".join(key): name for key, name in buckets_of(known, user).items()}
        self.mix = _rows(KindForm, data, "mix", kinds, named=named)

    def is_valid(self) -> bool:
        """Whether every part is in order."""
        checked = [part.is_valid() for part in (self.main, self.limits, self.changes, self.shares, self.mix)]
        return all(checked)

    def terms(self) -> dict[str, Any]:
        """The terms as the operations take them."""
        given = dict(self.main.cleaned_data)
        delay = {"share": given.pop("delay_share") or 0, "amount": given.pop("delay_amount") or 0}
        rules = {name: given.pop(name) for name in ("dependencies", "window", "committed")}
        kinds = [(entry.pop("kind").partition("/"), entry) for entry in _filled(self.mix, "kind")]
        rules["mix"] = [{"classification": code, "bucket": name, **entry} for (code, _, name), entry in kinds]
        rules |= {"delay": delay, "shares": _filled(self.shares, "theme"), "at_most_one": given.pop("groups")}
        changes = [entry | {"from": str(entry.pop("since") or "")} for entry in _filled(self.changes, "kind")]
        return given | {"rules": rules, "limits": _filled(self.limits, "source"), "changes": changes}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put what an operation refused beside the fields it speaks of."""
        for name, told in errors.items():
            for message in told:
                self.main.add_error(name if name in self.main.fields else None, message)


def _rows(form: type[forms.Form], data: Any, name: str, known: list[dict[str, Any]], **keywords: Any) -> Any:
    made = forms.formset_factory(
        form, RowsFormSet, extra=BLANK_ROWS, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
    )
    initial = known if data is None else None
    return made(data, initial=initial, prefix=name, form_kwargs=keywords)


def _filled(rows: Any, field: str) -> list[dict[str, Any]]:
    known = [row.cleaned_data for row in rows if row.cleaned_data.get(field) and not row.cleaned_data.get("DELETE")]
    return [{key: value for key, value in row.items() if key != "DELETE"} for row in known]


def _initial(scenario: Scenario | None) -> dict[str, Any]:
    if scenario is None:
        first = surrounding().now().date().replace(month=1, day=1)
        return {
            "starts_on": first.replace(year=first.year + 1), "period": "quarter", "periods": 8, "window": 2,
            "maximise": "net_benefit", "committed": "kept", "dependencies": True, "delay_share": 5,
        }  # fmt: skip
    names = ("name", "description", "cycle", "starts_on", "period", "periods", "maximise")
    rules = scenario.rules
    delay = rules.get("delay", {})
    return {name: getattr(scenario, name) for name in names} | {
        "committed": rules.get("committed", "kept"),
        "window": rules.get("window", 2),
        "dependencies": rules.get("dependencies", True),
        "delay_share": delay.get("share", 0),
        "delay_amount": delay.get("amount", 0),
        "groups": typed(rules.get("at_most_one", [])),
    }


class LineForm(forms.Form):
    """A project in a scenario: in or out, in which option, when, and whether that is settled."""

    is_in = forms.BooleanField(label="In the plan", required=False)
    option = forms.ChoiceField(label="Option", required=False)
    start_date = forms.DateField(
        label="Starts", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end_date = forms.DateField(
        label="Ends", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    forced = forms.ChoiceField(
        label="Settled by hand", choices=[("", "No: the solver may change it"), *Forced.choices[1:]], required=False
    )
    reason = forms.CharField(label="Because", max_length=300, required=False)

    def __init__(self, line: PlanLine, offer: Offer | None, data: Any = None) -> None:
        names = ("is_in", "option", "start_date", "end_date", "forced", "reason")
        super().__init__(data, initial={name: getattr(line, name) for name in names})
        ways = offer.ways if offer else ()
        self.fields["option"].choices = [("", "As preferred"), *((way.name, way.name) for way in ways[1:])]
        if line.option and line.option not in {way.name for way in ways[1:]}:
            self.fields["option"].choices.append((line.option, line.option))
