"""A ranked list as a page, a file and a program see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from mainstay.charts import words
from mainstay.core.rank import Override, RankColumn, RankLimit, RankList, RankRow
from mainstay.core.templatetags.components import stage as stage_badge
from mainstay.evaluation.models import Score
from mainstay.evaluation.ranking.asked import BY_SCORE, PIPELINE, WAYS, Asked
from mainstay.evaluation.ranking.frameworks import (
    BY_KEY,
    MOSCOW,
    computed,
    mapped,
    moscow_classes,
    moscow_field,
    moscow_order,
    scale,
    unmapped,
)
from mainstay.evaluation.ranking.measures import POINTS, SCORE, Measure, Measures
from mainstay.evaluation.ranking.order import Placed, Scored
from mainstay.evaluation.ranking.standing import IN_PLAY, Standing
from mainstay.portfolio.models import Phase

TEXTS = {"stage": "Stage", "theme": "Theme", "by_score": "Place by score"}
DEMAND = "case.demand"
USUAL = ("stage", SCORE, "cost", "benefit", DEMAND)
NAME = "ranking"
WHOLE_UNITS = frozenset({"person-days", "days"})


@dataclass(frozen=True)
class Line:
    """A project of the list: its row, its place among all, and what is known of it."""

    project: Any
    placed: Placed
    values: Mapping[str, Any]
    place: int = 0


@dataclass(frozen=True)
class Left:
    """A project without a place, and why."""

    project: Any
    why: str


class Listed:
    """The ranking of a score model as a person asked for it."""

    def __init__(self, user: Any, model: Any, asked: Asked | None = None, as_of: datetime | None = None) -> None:
        self.user, self.model, self.asked, self.as_of = user, model, asked or Asked(), as_of
        self.standing = Standing(user, model, as_of)
        self.currency = model.portfolio.currency
        self.measures = Measures(user, self.currency, model, as_of)

    @cached_property
    def projects(self) -> dict[int, Any]:
        """The projects that were asked for, by id."""
        scored = Score.objects.as_of(self.as_of).filter(model_id=self.model.row_id).values("project_id")
        rows = self.measures.projects(**{f"{self.measures.key}__in": scored}, stage__phase__in=IN_PLAY)
        if self.asked.stage == PIPELINE:
            rows = rows.filter(stage__phase=Phase.PIPELINE)
        elif self.asked.stage:
            rows = rows.filter(stage__key=self.asked.stage)
        return {row.row_id: row for row in rows}

    def anew(self) -> "Listed":
        """The same list after somebody moved something: only the order is read again."""
        other = Listed(self.user, self.model, self.asked, self.as_of)
        other.measures, other.projects = self.measures, self.projects
        return other

    @property
    def is_by_score(self) -> bool:
        """Whether the order is that of the score, which people may move about."""
        return self.asked.by == BY_SCORE

    @cached_property
    def mapping(self) -> dict[str, Measure | None]:
        """The measure behind each part of the framework."""
        framework = BY_KEY.get(self.asked.by)
        return mapped(framework, self.asked.parts, self.measures) if framework else {}

    @property
    def field(self) -> str:
        """The field with the classes of MoSCoW."""
        return moscow_field(self.asked.parts.get("field", "")) if self.asked.by == MOSCOW else ""

    @property
    def problem(self) -> str:
        """Why the framework cannot be computed yet; an empty text where it can."""
        if self.asked.by == MOSCOW and not self.field:
            return "MoSCoW needs a field in which people choose must, should, could or won't."
        framework = BY_KEY.get(self.asked.by)
        missing = unmapped(framework, self.mapping) if framework else []
        return f"{framework.label} needs a field for {words.listed(missing)}." if framework and missing else ""

    @cached_property
    def lines(self) -> list[Line]:
        """The projects in their order, each with the values of the columns."""
        placed = [one for one in self.standing.placed if one.scored.project_id in self.projects]
        rows = [self.projects[one.scored.project_id] for one in placed]
        columns = {key: self._values(key, placed, rows) for key in self._keys}
        ordered = placed if self.is_by_score or self.problem else self._by_framework(placed, rows, columns)
        told = [(one, one.scored.project_id) for one in ordered]
        return [
            Line(self.projects[pk], one, {key: values.get(pk) for key, values in columns.items()}, place)
            for place, (one, pk) in enumerate(told, 1)
        ]

    @cached_property
    def columns(self) -> list[RankColumn]:
        """The columns as asked for; those of the line and of the framework always."""
        return [self._column(key) for key in self._keys]

    @cached_property
    def limit(self) -> Measure | None:
        """The measure whose sum the line limits."""
        found = self.measures.named(self.asked.limit, "cost") if self.asked.line == "budget" else None
        return found if found and found.adds_up else None

    @cached_property
    def rank(self) -> RankList:
        """The list for `{% rank %}`, only to be read."""
        return self.rank_list()

    def rank_list(self, move_url: str = "", undo_url: str = "", query: str = "") -> RankList:
        """The list for `{% rank %}`; with addresses it can be moved about."""
        return RankList(
            NAME,
            f"Ranking of {self.model.name}",
            self.columns,
            [self._row(line, undo_url, query) for line in self.lines],
            RankLimit(self.limit.key, self.asked.budget, self._limit_words) if self.limit else None,
            cut=self.asked.cut if self.asked.line == "count" else None,
            move_url=move_url if self.is_by_score else "",
        )

    @cached_property
    def left(self) -> list[Left]:
        """The projects that have no place, with the reason."""
        found = [
            Left(self.projects[one.project_id], _why(one))
            for one in self.standing.order.without
            if one.project_id in self.projects
        ]
        if self.is_by_score or self.problem:
            return found
        shown = {line.project.row_id for line in self.lines}
        words_told = f"{WAYS[self.asked.by]} cannot be computed: a field is not filled in."
        places = (one.scored.project_id for one in self.standing.placed)
        return found + [
            Left(self.projects[pk], words_told) for pk in places if pk in self.projects and pk not in shown
        ]

    @property
    def moved(self) -> int:
        """How many stand where somebody put them."""
        return sum(line.placed.override is not None for line in self.lines) if self.is_by_score else 0

    @property
    def finding(self) -> str:
        """The list in a sentence."""
        if not self.lines:
            return f"No project stands in the ranking of {self.model.name} yet; score the projects first."
        first, count = self.lines[0].project.name, words.counted(len(self.lines), "project")
        line = self.rank.line()
        if line is None:
            head = f"{first} stands first of {count}"
        else:
            head = f"{line:,} of {count} stand above the line, {first} first"
        parts = [self._counted(self.rank.musts, "must be done"), self._counted(self.moved, "moved by hand")]
        parts.append(self._counted(len(self.left), "without a place"))
        told = words.listed([part for part in parts if part])
        return f"{head}; {told}." if told else f"{head}."

    def _counted(self, count: int, what: str) -> str:
        return f"{count:,} {what}" if count else ""

    @property
    def _limit_words(self) -> str:
        if self.limit is None or self.limit.is_money:
            return "Budget"
        return f"Budget of {self.limit.label.lower()}"

    @cached_property
    def _keys(self) -> list[str]:
        chosen = self.asked.columns or tuple(key for key in USUAL if key != DEMAND or self._has_demand)
        needed = [self.limit.key] if self.limit else []
        own = [] if self.is_by_score or self.problem else [self.asked.by]
        overall = ["overall"] if self.asked.stage and self.is_by_score else []
        keys = dict.fromkeys([*overall, *own, *chosen, *needed])
        known = {*self.measures.known, *TEXTS, *own, *overall}
        return [key for key in keys if key in known]

    @property
    def _has_demand(self) -> bool:
        measure = self.measures.known.get(DEMAND)
        rows = list(self.projects.values())
        return measure is not None and any(self.measures.read(measure, rows).values())

    def _values(self, key: str, placed: Sequence[Placed], rows: Sequence[Any]) -> Mapping[int, Any]:
        if key == "stage":
            return {row.row_id: row.stage for row in rows}
        if key == "theme":
            return {row.row_id: row.theme for row in rows}
        if key in {"by_score", "overall"}:
            name = "place" if key == "overall" else key
            return {one.scored.project_id: getattr(one, name) for one in placed}
        if key in BY_KEY:
            return computed(BY_KEY[key], self.mapping, self.measures, rows)
        if key == MOSCOW:
            return moscow_classes(rows, self.field)
        return self.measures.read(self.measures.known[key], rows)

    def _column(self, key: str) -> RankColumn:
        if key in {"stage", "theme", MOSCOW}:
            return RankColumn(key, TEXTS.get(key, "MoSCoW"), kind="text")
        if key in {"by_score", "overall"}:
            return RankColumn(key, TEXTS.get(key, "Place of all"), is_totalled=False)
        if key in BY_KEY:
            unit = f"for {self.currency} 1m" if scale(BY_KEY[key], self.mapping) > 1 else ""
            return RankColumn(key, BY_KEY[key].label, unit, places=2, is_totalled=False)
        one = self.measures.known[key]
        places = 0 if one.is_money or one.unit in WHOLE_UNITS or key == "risk" else 1
        if key == DEMAND:
            return RankColumn(key, "Person-days", places=0)
        unit = "" if key == SCORE or key.startswith(POINTS) else one.unit
        return RankColumn(key, one.label, unit, one.kind, places, one.adds_up)

    def _by_framework(
        self, placed: Sequence[Placed], rows: Sequence[Any], columns: Mapping[str, Mapping[int, Any]]
    ) -> list[Placed]:
        """What must be done first, then by the framework; what it cannot judge has no place."""
        values = columns[self.asked.by]
        by_id = {one.scored.project_id: one for one in placed}
        if self.asked.by == MOSCOW:
            ids = moscow_order(rows, values, {pk: one.scored.total for pk, one in by_id.items()})
        else:
            ids = sorted(values, key=lambda pk: (values[pk] is None, -(values[pk] or 0.0)))
        judged = [by_id[pk] for pk in ids if values[pk] is not None or by_id[pk].scored.is_mandatory]
        return sorted(judged, key=lambda one: not one.scored.is_mandatory)

    def _row(self, line: Line, undo_url: str, query: str) -> RankRow:
        project, held = line.project, line.placed.override if self.is_by_score else None
        shown = {key: stage_badge(value) if key == "stage" else value for key, value in line.values.items()}
        moved = None
        if held is not None:
            moved = Override(line.placed.before, line.placed.place, held.who, held.reason, held.moved_at, undo_url)
        must = line.placed.scored.is_mandatory
        url = reverse("project", args=[project.code]) + query
        return RankRow(project.code, project.name, shown, project.code, url, must, moved)


def _why(scored: Scored) -> str:
    return " ".join(scored.obstacles) if scored.obstacles else "It gives none of the values the model asks for."
