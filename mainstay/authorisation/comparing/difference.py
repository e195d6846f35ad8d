"""How a scenario differs from the plan of record: as it was at the branch and as it is now, with who changed it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainstay.authorisation.candidates import projects_of
from mainstay.authorisation.comparing.threeway import Part, State, Three
from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.core.system import Actor
from mainstay.portfolio.models import Phase, Project, Stage

BATCH = 400
OPEN_PHASES = (Phase.PIPELINE, Phase.COMMITTED)
_COLUMNS = (
    "pk", "code", "name", "version", "stage__phase", "start_date", "end_date", "cost_seen", "currency"
)  # fmt: skip
_LINE = ("project_id", "is_in", "option", "start_date", "end_date", "base", "forced", "pk")


@dataclass(frozen=True)
class Change:
    """One field of the plan of record that somebody changed: before, after, who and when."""

    name: str
    before: Any
    after: Any
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """A project as the register has it now; `cost` None: there is none, or it is not open to the person."""

    id: int
    code: str
    name: str
    version: int
    state: State
    cost: Decimal | None
    currency: str


@dataclass(frozen=True)
class Row:
    """A project of a scenario in three states; `line` None: it came into the register after the branch."""

    project: Standing
    three: Three
    line: int | None
    base_version: int | None = None
    settled: tuple[dict[str, Any], ...] = ()
    there: tuple[Change, ...] = field(default=(), compare=False)

    @property
    def has_moved_there(self) -> bool:
        """Whether the plan of record changed it since the branch."""
        return bool(self.three.changed_there) or self.line is None

    @property
    def moves_by_itself(self) -> bool:
        """Whether something of it was changed there and nobody has to settle anything."""
        return self.has_moved_there and not self.three.conflicts


@dataclass(frozen=True)
class Difference:
    """A scenario beside the plan of record, project by project in the order of their codes."""

    scenario: Scenario
    rows: tuple[Row, ...]

    @property
    def here(self) -> list[Row]:
        """What the scenario changes."""
        return [row for row in self.rows if row.line and row.three.changed_here]

    @property
    def there(self) -> list[Row]:
        """What the plan of record changed since the branch, figures included."""
        return [row for row in self.rows if row.has_moved_there or row.there]

    @property
    def by_itself(self) -> list[Row]:
        """What merges by itself."""
        return [row for row in self.there if not row.three.conflicts]

    @property
    def conflicts(self) -> list[tuple[Row, Part]]:
        """What somebody has to settle, one by one."""
        return [(row, part) for row in self.rows for part in row.three.conflicts]

    @property
    def plan(self) -> dict[str, int]:
        """The version of every project the plan of record changed: what a merge is prepared on."""
        return {row.project.code: row.project.version for row in self.rows if row.has_moved_there}


def difference_of(scenario: Any, reader: Actor, *, trail: bool = True) -> Difference:
    """The scenario beside the plan of record, as far as the person may see its projects."""
    known = {line[0]: line for line in scenario_lines(scenario)}
    columns = projects_of(scenario.portfolio, reader).values_list(*_COLUMNS)
    register = Project.objects.readable_by(reader).filter(plan_lines__scenario=scenario.row_id)
    now = {row[0]: _standing(row) for row in register.values_list(*_COLUMNS)}
    new = {row[0]: _standing(row) for row in columns.filter(stage__phase__in=OPEN_PHASES) if row[0] not in known}
    rows = [_row(each, known[each.id]) for each in now.values()] + [_new_row(each) for each in new.values()]
    rows.sort(key=lambda row: row.project.code)
    return Difference(scenario, tuple(_with_trail(scenario, rows, reader) if trail else rows))


def scenario_lines(scenario: Any, as_of: datetime | None = None) -> Iterable[Any]:
    """The lines of a scenario as plain values, as known at a moment."""
    return PlanLine.objects.as_of(as_of).filter(scenario=scenario.row_id).values_list(*_LINE)


def _standing(row: Any) -> Standing:
    key, code, name, version, phase, start, end, cost, currency = row
    return Standing(key, code, name, version, State(phase == Phase.COMMITTED, "", start, end), cost, currency)


def _row(project: Standing, line: Any) -> Row:
    _, is_in, option, start, end, base, forced, key = line
    was = State(
        bool(base.get("is_in")), base.get("option", ""), _day(base.get("start_date")), _day(base.get("end_date"))
    )
    # Dates a line does not give, and those of what is out, are no plan of their own.
    dates = (start or was.start, end or was.end) if is_in else was.dates
    three = Three(was, State(is_in, option, *dates), project.state, bool(forced))
    return Row(project, three, key, base.get("version"), tuple(base.get("settled", ())))


def _new_row(project: Standing) -> Row:
    return Row(project, Three(State(), State(), project.state), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_trail(scenario: Any, rows: list[Row], reader: Actor) -> list[Row]:
    """The rows with what was changed there, by whom and when, read from the versions of the register."""
    changed = {row.project.id: row for row in rows if row.base_version != row.project.version}
    committed = set(Stage.objects.filter(phase=Phase.COMMITTED).values_list("pk", flat=True))
    found: dict[int, list[Any]] = {key: [] for key in changed}
    for version in _versions(scenario, list(changed), reader):
        row = changed[version["row_id"]]
        if row.base_version is None or version["version"] >= row.base_version:
            version["is_in"] = version["stage_id"] in committed
            found[row.project.id].append(version)
    return [
        Row(row.project, row.three, row.line, row.base_version, row.settled, tuple(_changes(row, found)))
        for row in rows
    ]


def _versions(scenario: Any, ids: list[int], reader: Actor) -> Iterator[dict[str, Any]]:
    names = ("row_id", "version", "stage_id", "start_date", "end_date", "cost_seen", "event__who", "event__at")
    # A branch keeps the version it was made from; the one that held at its moment is where the trail begins.
    rows = Project.Version.objects.readable_by(reader).filter(known_to__gt=scenario.branched_at)
    for start in range(0, len(ids), BATCH):
        yield from rows.filter(row_id__in=ids[start : start + BATCH]).order_by("version_id").values(*names)


_TRAILED = {"is_in": "is_in", "start": "start_date", "end": "end_date", "cost": "cost_seen"}


def _changes(row: Row, found: dict[int, list[Any]]) -> Iterator[Change]:
    """The fields that differ from the branch, with the last who touched them."""
    versions = found.get(row.project.id, [])
    then = versions[0] if versions and row.line else {}
    for name, column in _TRAILED.items():
        before = then.get(column) if name == "cost" else getattr(row.three.base, name)
        after = row.project.cost if name == "cost" else getattr(row.project.state, name)
        if before == after or (name == "cost" and not then):
            continue
        who, at = _last(versions, column)
        yield Change(name, before, after, who, at)


def _last(versions: list[Any], column: str) -> tuple[str, datetime | None]:
    """Who gave a column its present value, and when."""
    for earlier, later in zip(reversed(versions[:-1]), reversed(versions), strict=False):
        if earlier[column] != later[column]:
            return later["event__who"] or "", later["event__at"]
    only = versions[-1] if versions else {}
    return only.get("event__who") or "", only.get("event__at")
