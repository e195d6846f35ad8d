"""What the REST API takes and tells of rankings, matrices, sensitivity and the check of a model."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Rule

from mainstay.core.api.types import Code, Id, Money, PortfolioCode, Sent, Told, text, whole
from mainstay.evaluation.ranking.asked import BY_SCORE, LINES, WAYS
from mainstay.evaluation.ranking.sensitivity import USUAL_PLACES

Measure = text(140)


class RankedTold(Told):
    """A project in its place; `rank_by_score` is shared by equal scores."""

    rank: int
    rank_by_score: int
    moved_from: int | None
    project: str
    name: str
    stage: str
    must_be_done: bool
    is_above: bool | None
    values: dict[str, Any]
    override: int | None
    moved_by: str | None
    reason: str | None


class LeftTold(Told):
    """A project without a place, and why."""

    project: str
    name: str
    why: str


class RankingTold(Told):
    """A page of the ranked list."""

    items: list[RankedTold]
    count: int
    pages: int
    above: int | None
    without_place: list[LeftTold]
    unconfirmed: list[int]
    finding: str
    problem: str


class ReachTold(Told):
    """The shares from 0 to 1 between which a weight changes nothing, and what changes beyond."""

    low: float
    high: float
    at_low: str
    at_high: str


class RoomTold(Told):
    """One weight: its share now, and where selection, first place and whole ranking stay."""

    criterion: str
    share: float
    selection: ReachTold
    first: ReachTold
    ranking: ReachTold


class SensitivityTold(Told):
    """How firmly a ranking stands."""

    rooms: list[RoomTold]
    project: str | None
    is_above: bool | None
    flips: list[str]
    finding: str


class SpotTold(Told):
    """A project in the matrix."""

    project: str
    name: str
    x: float | None
    y: float | None
    size: float | None
    group: str
    field: str | None


class MatrixTold(Told):
    """Projects by two measures."""

    x: str
    y: str
    currency: str
    spots: list[SpotTold]
    fields: dict[str, int]
    measures: list[str]
    finding: str


class FaultTold(Told):
    """Something wrong with a score model."""

    kind: str
    severity: str
    criteria: list[str]
    sentence: str
    figures: dict[str, float]


class CheckTold(Told):
    """The check of a score model."""

    findings: list[FaultTold]
    sentence: str


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: str | None = None


class RankingAsked(_Asked):
    """Which part of the ranking, by what, where the line is, and the measure behind each part of a framework."""

    stage: text(40) = ""
    by: Literal[tuple(WAYS)] = BY_SCORE
    columns: text(1000) = ""
    line: Literal[tuple(LINES)] = "budget"
    limit: text(100) = "cost"
    budget: Money | None = None
    cut: whole(0, 99_999) | None = None
    page: whole(1, 10_000) = 1
    wsjf_value: Measure = ""
    wsjf_urgency: Measure = ""
    wsjf_reduction: Measure = ""
    wsjf_size: Measure = ""
    rice_reach: Measure = ""
    rice_impact: Measure = ""
    rice_confidence: Measure = ""
    rice_effort: Measure = ""
    value_effort_value: Measure = ""
    value_effort_effort: Measure = ""
    moscow_field: text(40) = ""


class SensitivityAsked(_Asked):
    """Where the line is: after `cut` projects, or by a budget of a measure; and about which project."""

    cut: whole(0, 99_999) = USUAL_PLACES
    budget: Money | None = None
    limit: text(100) = "cost"
    project: Code | None = None


class MatrixAsked(_Asked):
    """Keys of measures for x, y and size, what groups, and which projects."""

    x: Measure = ""
    y: Measure = ""
    size: Measure = "cost"
    group: text(60) = "theme"
    stage: text(40) = ""
    model: Id | None = None
    portfolio: PortfolioCode | None = None


class Override(Sent):
    """Where a project goes, in one of three ways, and why."""

    project: Code
    position: whole(1, 100_000) | None = None
    before: Code | None = None
    after: Code | None = None
    reason: Annotated[text(500, least=1), Rule(examples=["The regulator expects it"])]
