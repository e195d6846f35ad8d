"""The forms of issues and actions."""

from typing import Any

from django import forms

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.identification.models import Risk
from mainstay.monitoring.models import Action, ChangeRequest, Issue, IssueState
from mainstay.portfolio.approval import people_who_may

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfProjectForm(forms.ModelForm):
    """What belongs to a project: its owner is somebody who may see it, its risk one the writer may read."""

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        project = self.instance.project
        able = [person.pk for person in people_who_may(Verb.SEE_REGISTER, project)]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=able).order_by("name")
        self.fields["owner"].empty_label = "Nobody yet"
        seen = access.may(user, Verb.SEE_FIGURES, project)
        risks = Risk.objects.filter(case__project_id=project.pk, is_closed=False).order_by("name")
        self.fields["risk"].queryset = risks if seen else risks.none()
        self.fields["risk"].label_from_instance = lambda risk: risk.name
        self.fields["risk"].empty_label = "No risk"
        if not seen or not risks.exists():
            del self.fields["risk"]


class NewIssueForm(OfProjectForm):
    """Something that has happened."""

    class Meta:
        model = Issue
        fields = ("title", "description", "severity", "owner", "due_date", "risk")
        widgets = {"due_date": DAY, "description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"risk": "Where it was foreseen as a risk of the business case."}


class IssueForm(NewIssueForm):
    """Where an issue stands, too."""

    class Meta(NewIssueForm.Meta):
        fields = (*NewIssueForm.Meta.fields, "state", "resolution")
        help_texts = NewIssueForm.Meta.help_texts | {"resolution": "Needed to resolve it: what was done."}
        labels = {"state": "Stands"}


class ActionForm(OfProjectForm):
    """Something somebody does by a day, and about what."""

    class Meta:
        model = Action
        fields = ("text", "owner", "due_date", "risk", "issue", "change")
        widgets = {"due_date": DAY}
        labels = {"risk": "About the risk", "issue": "About the issue", "change": "About the change"}

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, user=user, **keywords)
        project = self.instance.project
        self._offer("issue", Issue.objects.filter(project=project, state=IssueState.OPEN), "No issue")
        self._offer("change", ChangeRequest.objects.filter(project=project), "No change")

    def _offer(self, name: str, rows: Any, empty: str) -> None:
        held = getattr(self.instance, f"{name}_id")
        field = self.fields[name]
        field.queryset = rows | rows.model.objects.filter(pk=held)
        field.empty_label = empty
        if not field.queryset.exists():
            del self.fields[name]


class DoneForm(ActionForm):
    """Whether an action is done, and what came of it."""

    class Meta(ActionForm.Meta):
        fields = (*ActionForm.Meta.fields, "done_date", "outcome")
        widgets = {"due_date": DAY, "done_date": DAY}
