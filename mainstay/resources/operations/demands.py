"""Entering what a project needs of roles and skills, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Sum

from mainstay.core import history
from mainstay.core.errors import FieldChange, Stale
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.models import Demand, DemandSource, Role, Skill

MOST_ROWS = 3000
LARGEST = Decimal(1_000_000)
CENT = Decimal("0.01")
Key = tuple[int | None, int | None, int, date]


@dataclass(frozen=True)
class DemandEntry:
    """What is needed of a role, a skill, or a skill in a role, at a least level: hours by the first day of the month.

    No hours, or zero, take the demand of that month away; months that are not named stay.
    """

    role: Role | None = None
    skill: Skill | None = None
    least_level: int = 0
    hours: Mapping[date, Decimal | None] = field(default_factory=dict)


@operation(Verb.DEMAND_ENTER)
def enter_demand(
    project: Project,
    *,
    actor: Actor,
    entries: Sequence[DemandEntry],
    source: str = DemandSource.TYPED,
    whole_source: bool = False,
    expected_state: str = "",
    reason: str = "",
) -> int:
    """Set what a project needs, all of it or nothing; gives the number of months that changed.

    With `whole_source` the entries are everything that comes from this source: what it said before and does not say
    now goes. Where somebody changed the demand since `expected_state` (see `demand_state`), it is refused.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    _refuse_other(project, expected_state)
    known = {_key(one): one for one in Demand.objects.filter(project=project)}
    wanted = _wanted(entries)
    removed = [known[key] for key, hours in wanted.items() if not hours and key in known]
    if whole_source:
        removed += [one for key, one in known.items() if one.source == source and key not in wanted]
    kept = {key: hours for key, hours in wanted.items() if hours}
    new = [_row(project, key, hours, source) for key, hours in kept.items() if key not in known]
    if len(known) + len(new) - len(removed) > MOST_ROWS:
        raise ValidationError({"entries": f"A project has {MOST_ROWS:,} months of demand at most."})
    changed = [_set(known[key], hours, source) for key, hours in kept.items() if key in known]
    for one in removed:
        one.project = project
        history.remove(one)
    return len(removed) + history.save_many([one for one in changed if one]) + len(history.create_many(new))


def demand_state(project: Project) -> str:
    """How the demand of a project stands, as a text to send along; any change makes it another one."""
    found = Demand.objects.filter(project_id=project.row_id)
    told = found.aggregate(count=Count("pk"), last=Max("pk"), versions=Sum("version"))
    return f"{told['count']}-{told['last'] or 0}-{told['versions'] or 0}"


def _refuse_other(project: Project, expected: str) -> None:
    if not expected or expected == demand_state(project):
        return
    last = (
        Demand.Version.objects.filter(project_id=project.pk).order_by("-version_id").select_related("event").first()
    )
    who, at = (last.event.who, last.event.at) if last and last.event else ("Somebody else", None)
    raise Stale("demand", 0, 0, [FieldChange("hours", "Hours by month", "", "", who, at)])


def _wanted(entries: Sequence[DemandEntry]) -> dict[Key, Decimal]:
    wanted: dict[Key, Decimal] = {}
    for entry in entries:
        if entry.role is None and entry.skill is None:
            raise ValidationError({"role": "Choose a role or a skill."})
        if not 0 <= entry.least_level <= 5:
            raise ValidationError({"least_level": "A level lies between 0 and 5."})
        for month, given in entry.hours.items():
            hours = (given or Decimal(0)).quantize(CENT)
            if not 0 <= hours <= LARGEST:
                raise ValidationError({"hours": f"The hours of a month lie between 0 and {LARGEST:,}."})
            key = (entry.role and entry.role.pk, entry.skill and entry.skill.pk, entry.least_level, month)
            if month.day != 1 or key in wanted:
                raise ValidationError({"hours": "Each month is named once, by its first day."})
            wanted[key] = hours
    return wanted


def _row(project: Project, key: Key, hours: Decimal, source: str) -> Demand:
    role_id, skill_id, level, month = key
    return Demand(
        project=project, role_id=role_id, skill_id=skill_id, least_level=level, month=month, hours=hours,
        source=source,
    )  # fmt: skip


def _set(row: Demand, hours: Decimal, source: str) -> Demand | None:
    """The row with other hours; one that keeps its hours keeps its source, too."""
    if row.hours == hours:
        return None
    row.hours, row.source = hours, source
    return row


def _key(row: Demand) -> Key:
    return (row.role_id, row.skill_id, row.least_level, row.month)
