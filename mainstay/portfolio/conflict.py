"""Two people edited one project: both versions side by side, and the choice that settles each field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core.errors import FieldChange, Stale
from mainstay.portfolio.forms.custom import CUSTOM, custom_initial
from mainstay.portfolio.forms.project import ProjectForm
from mainstay.portfolio.models import CustomField, Project
from mainstay.portfolio.queries.wording import Wording

KEEP = "keep_"
THEIRS = "theirs"
POINTERS = frozenset({"owner_id", "manager_id", "programme_id"})


@dataclass(frozen=True)
class Clash:
    """One field that somebody else changed meanwhile, with what was typed here."""

    field: str
    label: str
    before: str
    after: str
    yours: str
    who: str
    at: datetime | None
    is_mine_too: bool

    @property
    def choice(self) -> str:
        """The name under which the person says whose version stays."""
        return f"{KEEP}{self.field}"


class Conflict:
    """What a refused edit shows: the other version, what was typed, and a form that saves against the new version."""

    def __init__(self, stale: Stale, form: ProjectForm, data: Any) -> None:
        self.version = stale.current
        now = Project.objects.get(pk=form.instance.pk)
        changes = [change for change in stale.changes if field_of(change.field) in form.fields]
        wording = _wording(changes, form)
        self.clashes = [self._clash(change, form, wording) for change in changes]
        self.told = [change for change in stale.changes if change not in changes]
        data = data.copy()
        for clash in self.clashes:
            if not clash.is_mine_too:
                data[clash.field] = stored(now, clash.field)
        self.form = ProjectForm(data, instance=now, user=form.user, portfolio=now.portfolio)

    @property
    def open_ones(self) -> list[Clash]:
        """The fields both have changed: the person decides."""
        return [clash for clash in self.clashes if clash.is_mine_too]

    @property
    def taken_over(self) -> list[Clash]:
        """The fields only the other one has changed: they stay as saved."""
        return [clash for clash in self.clashes if not clash.is_mine_too]

    def _clash(self, change: FieldChange, form: ProjectForm, wording: Wording) -> Clash:
        name = field_of(change.field)
        typed = _typed(form, name, change.field)
        was, now = (wording.say(change.field, value) for value in (change.before, change.after))
        yours = wording.say(change.field, typed)
        is_mine = yours not in {was, now}
        return Clash(name, wording.label(change.field), was, now, yours, change.who, change.at, is_mine)

    @staticmethod
    def settled(data: Any, project: Project) -> Any:
        """What was sent, with the saved value wherever the person chose the other version."""
        data = data.copy()
        for key in [key for key in data if key.startswith(KEEP) and data[key] == THEIRS]:
            name = key.removeprefix(KEEP)
            data[name] = stored(project, name)
        return data


def field_of(stored_name: str) -> str:
    """The form field that holds a stored field: `owner_id` is typed as `owner`, `custom.votes` as `custom_votes`."""
    if stored_name.startswith("custom."):
        return CUSTOM + stored_name.removeprefix("custom.")
    return (
        stored_name.removesuffix("_id") if stored_name in {"owner_id", "manager_id", "programme_id"} else stored_name
    )


def stored(project: Project, name: str) -> Any:
    """The saved value of a form field, as a form would send it."""
    if name.startswith(CUSTOM):
        field = CustomField.objects.filter(key=name.removeprefix(CUSTOM)).first()
        value = custom_initial(field, project.custom.get(field.key)) if field else ""
    else:
        value = getattr(project, f"{name}_id" if name in {"owner", "manager", "programme"} else name, "")
    return "" if value is None else str(value)


def _typed(form: ProjectForm, name: str, stored_name: str) -> Any:
    value = form.cleaned_data.get(name)
    if value is None or value == "":
        return None
    if stored_name.endswith("_id"):
        return value.pk
    if name.startswith(CUSTOM):
        return getattr(value, "username", {"yes": True, "no": False}.get(value, value))
    return value


def _wording(changes: list[FieldChange], form: ProjectForm) -> Wording:
    pairs = [(change.field, value) for change in changes for value in (change.before, change.after)]
    typed = [(change.field, _typed(form, field_of(change.field), change.field)) for change in changes]
    return Wording(Project, form.user, [*pairs, *typed])
