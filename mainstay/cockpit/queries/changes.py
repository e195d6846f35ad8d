"""What changed in the register since a month ago: every project as it was then beside what it is now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from mainstay.core.models import Event
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Phase, Project

WORSE = {"green": 0, "amber": 1, "red": 2}
FEW = 900
COLUMNS = ("code", "name", "stage_id", "health", "end_date", "currency", "cost_seen", "benefit_seen")
DECIDED = (
    Verb.SELECTION_ADOPT,
    Verb.SCENARIO_ADOPT,
    Verb.ITEM_DECIDE,
    Verb.GATE_DECIDE,
    Verb.WORK_PAUSE,
    Verb.WORK_STOP,
    Verb.WORK_RESUME,
)


@dataclass(frozen=True, slots=True)
class State:
    """A project at a moment."""

    code: str
    name: str
    stage: int
    health: str
    end_date: date | None
    currency: str
    cost: Decimal | None
    benefit: Decimal | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A project that changed: then (None: it was not looked at) and now (None: it no longer is)."""

    then: State | None
    now: State | None
    was: str
    """The phase it was in; nothing where it was not looked at."""
    phase: str
    """The phase it is in; nothing where it is no longer looked at."""

    @property
    def shown(self) -> State:
        """What is told of it."""
        found = self.now or self.then
        assert found is not None  # noqa: S101  (one of the two is there)
        return found

    @property
    def days_later(self) -> int:
        """By how many days it ends later; below zero where it ends earlier."""
        if self.then is None or self.now is None or not (self.then.end_date and self.now.end_date):
            return 0
        return (self.now.end_date - self.then.end_date).days

    @property
    def worse(self) -> int:
        """By how many steps its health is worse; silence is no step."""
        if self.then is None or self.now is None or not (self.then.health and self.now.health):
            return 0
        return WORSE[self.now.health] - WORSE[self.then.health]

    def more(self, name: str) -> Decimal:
        """By how much its cost or benefit rose; nothing where one of the two is not known."""
        before, after = (getattr(state, name) if state else None for state in (self.then, self.now))
        return Decimal(0) if before is None or after is None else after - before


def changed_since(sight: Sight, before: Sight) -> list[Changed]:
    """The projects that changed between two sights of the same place; three queries."""
    versions = Project.Version.objects.filter(known_from__gt=before.moment, known_from__lte=sight.moment)
    ids = set(versions.values_list("row_id", flat=True))
    then, now = _states(before, ids), _states(sight, ids)
    phase = {pk: stage.phase for pk, stage in sight.reading.stages.items()}
    found = []
    for pk in sorted(then.keys() | now.keys()):
        old, new = then.get(pk), now.get(pk)
        if old != new:
            found.append(Changed(old, new, phase[old.stage] if old else "", phase[new.stage] if new else ""))
    return found


def _states(sight: Sight, ids: set[int]) -> dict[int, State]:
    rows = sight.projects().order_by()
    if len(ids) <= FEW:
        rows = rows.filter(**{f"{sight.reading.key}__in": ids})
    return {pk: State(*rest) for pk, *rest in rows.values_list(sight.reading.key, *COLUMNS) if pk in ids}


@dataclass(frozen=True)
class Kind:
    """A kind of change: its words, which changes are of it, and whether it is good or bad news."""

    label: str
    fits: Callable[[Changed], bool]
    news: str = ""


KINDS = (
    Kind("Proposed", lambda one: not one.was and one.phase == Phase.PIPELINE),
    Kind("Committed", lambda one: one.was != Phase.COMMITTED and one.phase == Phase.COMMITTED, "good"),
    Kind("Finished", lambda one: bool(one.was) and one.was != Phase.FINISHED and one.phase == Phase.FINISHED, "good"),
    Kind("Rejected or cancelled", lambda one: bool(one.was) and one.was != one.phase == Phase.DROPPED),
    Kind("Health worse", lambda one: one.worse > 0, "bad"),
    Kind("Health better", lambda one: one.worse < 0, "good"),
    Kind("Ends later", lambda one: one.days_later > 0, "bad"),
    Kind("Ends earlier", lambda one: one.days_later < 0, "good"),
    Kind("Costs more", lambda one: one.more("cost") > 0, "bad"),
    Kind("Costs less", lambda one: one.more("cost") < 0, "good"),
    Kind("Brings more", lambda one: one.more("benefit") > 0, "good"),
    Kind("Brings less", lambda one: one.more("benefit") < 0, "bad"),
    Kind("Left this view", lambda one: one.now is None),
)


def decisions_since(sight: Sight, before: Sight) -> list[tuple[Verb, int]]:
    """How often what was decided on there since, as far as the person may be told; one query."""
    rows = Event.objects.visible_to(sight.user).filter(verb__in=DECIDED, at__gt=before.moment, at__lte=sight.moment)
    if (place := sight.programme or sight.portfolio) is not None:
        rows = rows.filter(path__startswith=place.path)
    found = dict(rows.order_by().values_list("verb").annotate(times=Count("*")))
    return [(verb, found[verb]) for verb in DECIDED if verb in found]
