"""Goals and key results as lists; weights are published in the page, never imported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import People, RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found
from mainstay.strategy.models import Goal, GoalKind, KeyResult, Perspective, ResultKind

GOAL_COLUMNS = (
    Column("code", "Code", Kind.CODE, required=True, longest=40),
    Column("name", "Name", required=True, longest=200, also_called=("Goal", "Objective", "Title")),
    Column("kind", "Kind", Kind.CHOICE, choices=tuple(GoalKind.choices)),
    Column("parent", "Under", Kind.CODE, also_called=("Parent",), help="The code of the goal above, there already."),
    Column("perspective", "Perspective", Kind.CHOICE, choices=tuple(Perspective.choices)),
    Column("owner", "Owner", Kind.PERSON),
    Column("start_date", "From", Kind.DATE, also_called=("Start",)),
    Column("end_date", "Until", Kind.DATE, also_called=("End",)),
    Column("description", "Description", Kind.LONG_TEXT),
    Column("weight", "Weight, %", Kind.NUMBER, is_read=False),
)
NUMBER = {"kind": Kind.NUMBER, "decimals": 4}
RESULT_COLUMNS = (
    Column("goal", "Goal", Kind.CODE, required=True, also_called=("Goal code", "Objective")),
    Column("name", "Name", required=True, longest=200, also_called=("Key result", "Measure")),
    Column("kind", "Kind", Kind.CHOICE, choices=tuple(ResultKind.choices)),
    Column("unit", "Unit", longest=40),
    Column("start_value", "Start value", **NUMBER),
    Column("target_value", "Target", **NUMBER),
    Column("healthy_from", "Healthy from", **NUMBER),
    Column("healthy_to", "Healthy up to", **NUMBER),
    Column("owner", "Owner", Kind.PERSON),
    Column("start_date", "From", Kind.DATE, also_called=("Start",)),
    Column("due_date", "Due", Kind.DATE, also_called=("Due date", "Until")),
)


class _StrategySheet(RegisterSheet):
    """What both lists share."""

    told: ClassVar[tuple[Column, ...]]
    model: ClassVar[Any]

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What an import reads."""
        return tuple(column for column in self.told if column.is_read)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """Every column, written from a row."""
        names = dict(Person.objects.visible_to(user).values_list("pk", "username"))
        codes = {row.row_id: row.code for row in Goal.objects.as_of(as_of).visible_to(user)}
        special = {
            "owner": lambda row: names.get(row.owner_id, ""),
            "parent": lambda row: codes.get(row.parent_id, ""),
            "goal": lambda row: codes.get(row.goal_id, ""),
        }
        return tuple(
            replace(column, write=special.get(column.name) or _attribute(column.name)) for column in self.told
        )

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The rows the person may see."""
        rows = self.model.objects.as_of(as_of).visible_to(user)
        place = "portfolio" if self.model is Goal else "goal__portfolio"
        return rows if within is None else rows.filter(**{f"{place}__in": Reading(user, as_of).below(within.pk)})

    def list_url(self, target: Portfolio) -> str:
        """The tree of goals."""
        return reverse("strategy")


class GoalSheet(_StrategySheet):
    """Goals, imported into a portfolio."""

    name, label, keys = "goals", "Goals", ("code",)
    told, model = GOAL_COLUMNS, Goal

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into goals of the target."""
        return GoalImporter(entries, target, actor, columns)


class KeyResultSheet(_StrategySheet):
    """Key results and measures of the goals of a portfolio."""

    name, label, keys = "key-results", "Key results", ("name",)
    told, model = RESULT_COLUMNS, KeyResult

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into key results."""
        return KeyResultImporter(entries, target, actor, columns)


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class _StrategyImporter(SimpleImporter):
    """What both importers share: the goals of the target, and people by name."""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        self.staff: People = self.people()
        goals = Goal.objects.visible_to(actor).select_related("portfolio", "parent")
        self.seen = {goal.code.casefold(): goal for goal in goals}
        own = Goal.objects.visible_to(actor, Verb.ROWS_IMPORT).select_related("portfolio", "parent")
        inside = own.filter(portfolio__path__startswith=target.path) if target.pk else own.none()
        self.own = {goal.code.casefold(): goal for goal in inside}

    def put_owner(self, row: Any, value: str | None) -> None:
        """Who answers for it."""
        row.owner_id = None if value is None else self.staff.id_of(value)


class GoalImporter(_StrategyImporter):
    """Turns entries into goals of the target portfolio."""

    texts: ClassVar[frozenset[str]] = frozenset({"description", "perspective"})

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        code = entry.values.get("code")
        return [("code", code.casefold())] if code else []

    def existing(self, entry: Entry) -> Goal | None:
        code = (entry.values.get("code") or "").casefold()
        if code not in self.own and Goal.objects.filter(code__iexact=code).exists():
            raise BadCell(f"The code {entry.values['code']} is taken elsewhere.", "Choose another code.")
        return self.own.get(code)

    def fresh(self, entry: Entry) -> Goal:
        return Goal(portfolio=self.target)

    def put_kind(self, row: Goal, value: str | None) -> None:
        """An objective where the file says nothing."""
        row.kind = value or GoalKind.OBJECTIVE

    def put_parent(self, row: Goal, value: str | None) -> None:
        """The goal above, which is there already and not below it."""
        row.parent = found(self.seen, value, "goal") if value else None
        above = row.parent
        while row.pk and above is not None:
            if above.pk == row.pk:
                raise BadCell(f"{row} cannot hang under itself.", "Name another goal above it.")
            above = above.parent


class KeyResultImporter(_StrategyImporter):
    """Turns entries into key results."""

    texts: ClassVar[frozenset[str]] = frozenset({"unit"})

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        rows = KeyResult.objects.filter(goal__in=[goal.pk for goal in self.own.values()]).select_related("goal")
        self.known = {(row.goal_id, row.name): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("name", ((entry.values.get("goal") or "").casefold(), entry.values.get("name")))]

    def existing(self, entry: Entry) -> KeyResult | None:
        goal = found(self.own, entry.values.get("goal"), "goal")
        return self.known.get((goal.pk, entry.values.get("name") or ""))

    def fresh(self, entry: Entry) -> KeyResult:
        return KeyResult(goal=found(self.own, entry.values.get("goal"), "goal"))

    def put_goal(self, row: KeyResult, value: str | None) -> None:
        """The goal is what the key result was found by."""

    def put_kind(self, row: KeyResult, value: str | None) -> None:
        """A key result with an end where the file says nothing."""
        row.kind = value or ResultKind.RESULT
