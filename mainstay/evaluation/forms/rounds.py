"""Forms of scoring rounds."""

from decimal import Decimal
from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.evaluation.forms.score_models import cycles_of
from mainstay.evaluation.models import Combined, ScoreModel
from mainstay.evaluation.rounds import likely_evaluators
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Phase, Project

CHOICES = {"class": "choices"}


class PeopleField(forms.ModelMultipleChoiceField):
    """People by name and job."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, and what the person does."""
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


class ProjectsField(forms.ModelMultipleChoiceField):
    """Projects by name and code."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, the code and the stage."""
        return f"{obj.name} ({obj.code}), {obj.stage.name.lower()}"


class RoundForm(forms.Form):
    """What a scoring round is called, how long it lasts, and who judges."""

    name = forms.CharField(max_length=120)
    note = forms.CharField(
        max_length=500, required=False, label="A word to the evaluators", widget=forms.Textarea(attrs={"rows": 2})
    )
    due_date = forms.DateField(
        required=False, label="Judge until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tolerance = forms.DecimalField(
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=1,
        initial=Decimal(30),
        label="Tolerance, in points",
        help_text="Where the highest and the lowest judgement lie further apart, people discuss and judge again.",
    )
    combined = forms.ChoiceField(choices=Combined.choices, label="Judgements become one figure by their")
    evaluators = PeopleField(
        Person.objects.none(),
        label="Evaluators",
        widget=forms.CheckboxSelectMultiple(attrs=CHOICES),
        help_text="Who may not judge some of the projects yet is let in as an evaluator of just these.",
    )

    def __init__(self, *args: Any, user: Any, portfolio: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        likely = set(likely_evaluators(portfolio).values_list("pk", flat=True))
        self.fields["evaluators"].queryset = Person.objects.visible_to(user).active().order_by("name")
        people = sorted(self.fields["evaluators"].queryset, key=lambda one: (one.pk not in likely, one.name))
        label = self.fields["evaluators"].label_from_instance
        self.fields["evaluators"].choices = [(one.pk, label(one)) for one in people]


class NewRoundForm(RoundForm):
    """A new round also says which projects it is about."""

    projects = ProjectsField(
        Project.objects.none(), label="Projects to judge", widget=forms.CheckboxSelectMultiple(attrs=CHOICES)
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), required=False, label="Planning cycle", empty_label="None in particular"
    )

    field_order = ("name", "note", "due_date", "cycle", "projects", "evaluators", "tolerance", "combined")

    def __init__(self, *args: Any, user: Any, model: ScoreModel, **keywords: Any) -> None:
        super().__init__(*args, user=user, portfolio=model.portfolio, **keywords)
        below = Project.objects.visible_to(user, Verb.ROUND_OPEN).within(model.portfolio)
        below = below.filter(seal=model.portfolio.seal).in_phase(Phase.PIPELINE, Phase.COMMITTED)
        self.fields["projects"].queryset = below.select_related("stage").order_by("stage__position", "code")
        self.fields["cycle"].queryset = cycles_of(model.portfolio, user)
        self.fields["cycle"].initial = model.cycle
