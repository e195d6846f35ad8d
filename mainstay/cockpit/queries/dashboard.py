"""The facts of a portfolio's dashboard, for one person, today or as known on a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mainstay.cockpit.queries import sums
from mainstay.cockpit.queries.sums import Bubble, Cell, Part, Past
from mainstay.evaluation.models import Score, ScoreModel
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Phase, Stage
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.remember import remembered
from mainstay.value.queries import Rates, rates_on

TREND_DAYS = 30


@dataclass(frozen=True)
class Place:
    """A portfolio or programme below, with what is in it."""

    kind: str
    code: str
    name: str
    parts: tuple[Part, ...]
    is_confidential: bool = False

    @property
    def count(self) -> int:
        """How many projects and proposals it holds."""
        return sum(part.count for part in self.parts)

    @property
    def troubled(self) -> int:
        """How many of its committed projects are at risk or off track."""
        return sum(part.troubled for part in self.parts)


@dataclass(frozen=True)
class Judged:
    """What the projects drawn earned under the score model of the portfolio; no name where there is no model."""

    model: str = ""
    scores: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """Everything the dashboard shows, counted once and kept until something changes."""

    cells: tuple[Cell, ...]
    themes: tuple[Part, ...]
    ends: dict[date | None, int]
    bubbles: tuple[Bubble, ...]
    places: tuple[Place, ...]
    stages: dict[int, Stage]
    rates: Rates
    on_date: date
    before: tuple[Past, ...]
    before_date: date
    judged: Judged

    def cells_in(self, *phases: str) -> list[Cell]:
        """The cells whose stage means one of these phases."""
        wanted = self._meaning(phases)
        return [cell for cell in self.cells if cell.stage in wanted]

    def before_in(self, *phases: str) -> list[Past]:
        """The same as it was a month before."""
        wanted = self._meaning(phases)
        return [cell for cell in self.before if cell.stage in wanted]

    def _meaning(self, phases: tuple[str, ...]) -> set[int]:
        return {pk for pk, stage in self.stages.items() if stage.phase in phases}

    @property
    def alive(self) -> list[Cell]:
        """What is in the pipeline, committed or finished."""
        return self.cells_in(*sums.ALIVE)

    @property
    def committed(self) -> list[Cell]:
        """What is committed."""
        return self.cells_in(Phase.COMMITTED)


def facts_of(portfolio: Any, user: Any, as_of: datetime | None) -> Facts:
    """The facts of a portfolio and all below it; remembered while nothing changes."""
    return facts_in(Sight.of(portfolio, user, as_of))


def facts_in(sight: Sight) -> Facts:
    """The facts of what a dashboard looks at; remembered while nothing changes."""
    return sight.once("facts", lambda: remembered(sight.reading, f"facts:{sight.name}", lambda: _facts(sight)))


def _facts(sight: Sight) -> Facts:
    projects, reading, home = sight.projects(), sight.reading, sight.home
    cells, bubbles = sums.cells(projects), sums.bubbles(reading, projects)
    before = sight.before(TREND_DAYS)
    return Facts(
        cells=tuple(cells),
        themes=tuple(sums.themes(projects)),
        ends=sums.ends(projects),
        bubbles=tuple(bubbles),
        places=tuple(_places(sight.portfolio, reading, sums.places(projects))),
        stages=reading.stages,
        rates=rates_on(sight.day, {cell.currency for cell in cells} | {sight.currency}, reading.as_of),
        on_date=sight.day,
        before=tuple(sums.past(before.projects()) if before else ()),
        before_date=sight.day - timedelta(days=TREND_DAYS),
        judged=_judged(home, reading, [bubble.pk for bubble in bubbles]) if home is not None else Judged(),
    )


def _judged(portfolio: Any, reading: Reading, ids: list[int]) -> Judged:
    """Scores under the latest model of the portfolio or of one it lies in, as far as the person may see figures."""
    keys = portfolio.path.strip("/").split("/")
    models = ScoreModel.objects.visible_to(reading.user).filter(portfolio__key__in=keys, scores__total__isnull=False)
    model = models.order_by("-portfolio__path", "-pk").first()
    if model is None:
        return Judged()
    scores = Score.objects.as_of(reading.as_of).visible_to(reading.user).filter(model_id=model.pk, project_id__in=ids)
    known = dict(scores.filter(total__isnull=False).values_list("project_id", "total"))
    return Judged(model.name if known else "", known)


def _places(portfolio: Any, reading: Reading, parts: list[Part]) -> list[Place]:
    """What lies directly below a portfolio (none: the outermost ones), and the programmes anywhere below."""
    seen = reading.portfolios
    if portfolio is None:
        children = [row for row in seen.values() if row.parent_id not in seen]
        below = set(seen)
    else:
        children = [row for row in seen.values() if row.parent_id == portfolio.row_id]
        below = reading.below(portfolio.row_id)
    programmes = [row for row in reading.programmes.values() if row.portfolio_id in below]
    places = [*(_child(child, reading, parts) for child in children), *(_programme(row, parts) for row in programmes)]
    return places if portfolio is not None else [place for place in places if place.parts]


def _child(child: Any, reading: Reading, parts: list[Part]) -> Place:
    below = reading.below(child.row_id)
    inside = tuple(part for part in parts if part.key[0] in below)
    return Place("portfolio", child.code, child.name, inside)


def _programme(programme: Any, parts: list[Part]) -> Place:
    inside = tuple(part for part in parts if part.key[1] == programme.row_id)
    return Place("programme", programme.code, programme.name, inside)
