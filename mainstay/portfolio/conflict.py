"""Two people edited one project: both versions in the words of the register, and the choice for each field."""

from typing import Any

from django.http import QueryDict

from mainstay.core import conflict
from mainstay.core.errors import FieldChange, Stale
from mainstay.portfolio.forms.custom import CUSTOM, custom_initial
from mainstay.portfolio.forms.project import ProjectForm
from mainstay.portfolio.models import CustomField, Project
from mainstay.portfolio.queries.wording import Wording

POINTERS = frozenset({"owner", "manager", "programme"})


class Conflict(conflict.Conflict):
    """What a refused edit of a project shows; custom fields are told one by one."""

    def __init__(self, stale: Stale, form: ProjectForm) -> None:
        self.now, self.form = Project.objects.get(pk=form.instance.pk), form
        self.wording = self._wording([change for change in stale.changes if self.field_of(change.field)])
        super().__init__(stale, form)
        self.form = ProjectForm(form.data, instance=self.now, user=form.user, portfolio=self.now.portfolio)

    def field_of(self, stored: str) -> str:
        """The form field that holds a stored field: `custom.votes` is typed as `custom_votes`."""
        if stored.startswith("custom."):
            name = CUSTOM + stored.removeprefix("custom.")
            return name if name in self.form.fields else ""
        return super().field_of(stored)

    def label_of(self, change: FieldChange) -> str:
        """What the field is called in the register."""
        return self.wording.label(change.field)

    def say(self, change: FieldChange, value: Any) -> str:
        """A value in the words of the register."""
        return self.wording.say(change.field, value)

    def typed(self, change: FieldChange) -> Any:
        """What was typed, as the register would store it."""
        name = self.field_of(change.field)
        value = self.form.cleaned_data.get(name)
        if value is None or value == "":
            return None
        if name.startswith(CUSTOM):
            return getattr(value, "username", {"yes": True, "no": False}.get(value, value))
        return value.pk if name in POINTERS else value

    def saved(self, change: FieldChange) -> list[str]:
        """What stands in the register now, as a form would send it."""
        return [stored(self.now, self.field_of(change.field))]

    def _wording(self, changes: list[FieldChange]) -> Wording:
        pairs = [(change.field, value) for change in changes for value in (change.before, change.after)]
        typed = [(change.field, self.typed(change)) for change in changes]
        return Wording(Project, self.form.user, [*pairs, *typed])


def settled(data: QueryDict, project: Project) -> QueryDict:
    """What was sent, with the saved value wherever the person chose the other version."""
    return conflict.settled(data, lambda name: [stored(project, name)])


def stored(project: Project, name: str) -> str:
    """The saved value of a form field, as a form would send it."""
    if name.startswith(CUSTOM):
        field = CustomField.objects.filter(key=name.removeprefix(CUSTOM)).first()
        value = custom_initial(field, project.custom.get(field.key)) if field else ""
    else:
        value = getattr(project, f"{name}_id" if name in POINTERS else name, "")
    return "" if value is None else str(value)
