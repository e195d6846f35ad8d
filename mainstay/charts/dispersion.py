"""Where evaluators differ: each one's score as a dot by criterion, with the mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {"\N{BLACK DIAMOND} To discuss": "bad", "\N{BLACK CIRCLE} Within tolerance": "accent"}
APART, TOGETHER = STATES
SHAPES = {APART: "diamond", TOGETHER: "circle"}


@dataclass(frozen=True, slots=True)
class EvaluatorScore:
    """What one evaluator gave on one criterion, on the figure's scale."""

    criterion: str
    evaluator: str
    score: float
    url: str = ""


def dispersion(
    scores: Sequence[EvaluatorScore], tolerance: float, *, low: float = 0, high: float = 100, blind: bool = False
) -> Figure:
    """Dots of scores by criterion, widest spread first, on the scale from `low` to `high`; the bar is the mean.

    Criteria whose highest and lowest score are further apart than the tolerance are to discuss. With `blind`,
    evaluators are numbered in the order of their names, and their records are not opened.

    >>> given = [("Risk", "Ada", 20), ("Risk", "Bram", 80), ("Fit", "Ada", 60)]
    >>> dispersion([EvaluatorScore(*each) for each in given], 20).title
    'Evaluators differ most on Risk, from 20 to 80; 1 of 2 criteria is to discuss'
    """
    by_criterion: dict[str, list[EvaluatorScore]] = {}
    for score in scores:
        by_criterion.setdefault(score.criterion, []).append(score)
    ranked = sorted(by_criterion, key=lambda name: -_spread(by_criterion[name]))
    names = _names(scores, blind)
    return Figure(
        spec=_spec(),
        rows=tuple(
            _row(score, by_criterion[name], names, tolerance, blind)
            for name in ranked
            for score in by_criterion[name]
        ),
        columns=(
            Column("Criterion", "criterion"),
            Column("Evaluator", "evaluator"),
            Column("Score", "score", "number"),
            Column("Mean", "mean", "number"),
            Column("From the mean", "from_mean"),
            Column("State", "state"),
        ),
        title=_title(ranked, by_criterion, tolerance),
        description="Dots of each evaluator's score by criterion, widest spread first; the upright bar is the mean.",
        params={"low": low, "high": high},
    )


def _spread(scores: Sequence[EvaluatorScore]) -> float:
    return max(score.score for score in scores) - min(score.score for score in scores)


def _names(scores: Sequence[EvaluatorScore], blind: bool) -> dict[str, str]:
    ordered = sorted({score.evaluator for score in scores})
    return {name: f"Evaluator {number}" if blind else name for number, name in enumerate(ordered, 1)}


def _row(
    score: EvaluatorScore, beside: Sequence[EvaluatorScore], names: Mapping[str, str], tolerance: float, blind: bool
) -> Row:
    mean = sum(other.score for other in beside) / len(beside)
    return {
        "criterion": score.criterion,
        "evaluator": names[score.evaluator],
        "score": score.score,
        "mean": mean,
        "lowest": min(other.score for other in beside),
        "highest": max(other.score for other in beside),
        "from_mean": words.signed(score.score - mean, 1),
        "state": APART if _spread(beside) > tolerance else TOGETHER,
        "url": "" if blind else score.url,
    }


def _title(ranked: Sequence[str], by_criterion: Mapping[str, Sequence[EvaluatorScore]], tolerance: float) -> str:
    if not ranked:
        return "No score is given yet"
    first = by_criterion[ranked[0]]
    apart = sum(1 for name in ranked if _spread(by_criterion[name]) > tolerance)
    if not apart:
        return f"Evaluators agree within {words.compact(tolerance)} on {_criteria(len(ranked))}"
    lowest, highest = min(score.score for score in first), max(score.score for score in first)
    head = f"Evaluators differ most on {ranked[0]}, from {words.compact(lowest)} to {words.compact(highest)}"
    return f"{head}; {apart} of {_criteria(len(ranked))} {'is' if apart == 1 else 'are'} to discuss"


def _criteria(count: int) -> str:
    return words.counted(count, "criterion", "criteria")


@cache
def _spec() -> Spec:
    y = parts.names("criterion")
    ends = [alt.ExprRef(expr="low"), alt.ExprRef(expr="high")]
    x = alt.X(
        "score",
        type="quantitative",
        axis=alt.Axis(title="Score", titleAnchor="start", tickCount=5),
        scale=alt.Scale(domainMin=ends[0], domainMax=ends[1], nice=False),
    )
    rows = alt.Chart(parts.rows())
    once = rows.transform_aggregate(
        mean="average(mean)", lowest="min(lowest)", highest="max(highest)", groupby=["criterion"]
    )
    span = once.mark_rule(color=parts.named("line"), strokeWidth=6, strokeCap="round").encode(
        y=y, x=alt.X("lowest", type="quantitative", axis=x["axis"], scale=x["scale"]), x2=alt.X2("highest")
    )
    mean = once.mark_tick(color=parts.named("ink"), thickness=2, size=20).encode(
        y=y, x=alt.X("mean", type="quantitative")
    )
    shapes = alt.Scale(domain=list(STATES), range=[SHAPES[state] for state in STATES])
    dots = rows.mark_point(
        filled=True, size=90, opacity=0.75, cursor="pointer", stroke=parts.named("page"), strokeWidth=1
    ).encode(
        y=y,
        x=x,
        color=parts.status_colour("state", STATES, legend=True),
        shape=alt.Shape("state", type="nominal", scale=shapes, legend=None),
    )
    return parts.finish(alt.layer(span, mean, dots))
