"""What strategy adds to dashboards: the contribution to its goals, and the mix against its targets."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from mainstay.charts import Figure, words
from mainstay.charts.mix_against_target import BucketMix, mix_against_target
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import PLACES, Content, Empty, Indicator, Part, Question, Sight
from mainstay.strategy.queries import Alignment, Mix, Strategy
from mainstay.strategy.queries.definitions import DEFINITIONS
from mainstay.strategy.queries.mix import classifications_for
from mainstay.strategy.queries.work import Work

USUAL_ALIGNMENT = Decimal("0.8")


@dataclass(frozen=True)
class WorkInSight(Work):
    """The work a dashboard looks at, which may be a programme, a theme or what somebody owns."""

    sight: Any = None

    def all(self) -> Any:
        """Every project looked at, whatever its phase."""
        return self.sight.projects()

    def remembered[T](self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, kept while nothing changes."""
        return super().remembered(f"{name}:{self.sight.name}", make)

    @cached_property
    def state(self) -> tuple[Any, ...]:
        """What tells this state of the register from the next; asked once for all parts."""
        return self.sight.once("newest", lambda: Work(self.reading).state)


def work_of(sight: Sight) -> WorkInSight:
    """Committed work of what is looked at."""
    return WorkInSight(sight.reading, sight.home, sight=sight)


def _address(path: str, sight: Sight) -> str:
    pairs = [("portfolio", sight.home.code if sight.home else ""), ("as_of", sight.as_of_text)]
    query = urlencode([(name, text) for name, text in pairs if text])
    return f"{path}?{query}" if query else path


def _share(key: str, value: Decimal | None, sight: Sight, **more: Any) -> Indicator:
    told = DEFINITIONS[key]
    text = "Not measured yet" if value is None else words.percent(float(value))
    return Indicator(told.term, text, told.text, _address("/strategy/", sight), amount=value, **more)


def _contribution(sight: Sight) -> Content:
    work = work_of(sight)
    strategy = Strategy(sight.reading, sight.home, work=work)
    if not strategy.open:
        return Content(empty=Empty("No goal is written down here yet.", "/strategy/", "Write the first one"))
    figures = Alignment(strategy)
    counted, mapped = figures.whole.count, figures.mapped.count
    held = None
    if figures.share is not None:
        held = ("good", "80% or more") if figures.share >= USUAL_ALIGNMENT else ("warn", "Below the usual 80%")
    indicators = (
        _share("planned", figures.planned, sight, have=mapped, of=counted),
        _share("achieved", figures.achieved, sight),
        _share("alignment", figures.share, sight, have=mapped, of=counted, status=held),
        _share("gap", figures.gap, sight),
    )
    planned = words.percent(float(figures.planned))
    return Content(
        indicators=indicators, url=_address("/strategy/", sight), headline=f"{planned} of the goals are planned for"
    )


def _mix(sight: Sight) -> Content:
    kinds = classifications_for(sight.user, sight.home, sight.as_of)
    if not kinds:
        return Content(empty=Empty("Nobody has said yet which kinds of work there are.", "/strategy/mix/", "Say so"))
    mixes = [Mix(kind, work_of(sight)) for kind in kinds[:2]]
    off = [line for mix in mixes for line in mix.lines if line.is_off]
    sentence = "; ".join(
        f"{line.bucket.name} is {words.number(abs(float(line.deviation or 0)))} points "
        f"{'above' if (line.deviation or 0) > 0 else 'below'} its target"
        for line in off
    )
    charts = tuple(_chart(mix, sight) for mix in mixes)
    return Content(f"{sentence}." if sentence else "", charts=charts, url=_address("/strategy/mix/", sight))


def _chart(mix: Mix, sight: Sight) -> Figure:
    here = _address("/strategy/mix/", sight)
    here += f"{'&' if '?' in here else '?'}kind={mix.classification.code}"
    bars = [
        BucketMix(
            line.bucket.name,
            float(line.amount),
            float(line.target or 0),
            float(line.bucket.tolerance) / 100,
            f"{here}&bucket={line.bucket.row_id}#projects",
        )
        for line in mix.lines
    ]
    if mix.unplaced.amount:
        bars.append(BucketMix("In no bucket", float(mix.unplaced.amount), url=f"{here}&bucket=none#projects"))
    return mix_against_target(bars, mix.currency)


ABOVE = (Role.EXECUTIVE, Role.PORTFOLIO_MANAGER)
PARTS = (
    Part(
        "contribution",
        "Contribution to the strategy",
        Question.COURSE,
        _contribution,
        PLACES | {"goal", "keyresult", "contribution", "checkin", "workpackage", "progressreading"},
        "What committed work contributes to the goals, planned and achieved, by the weights of the goals; and "
        "how much "
        "of its cost serves any goal at all.",
        (*ABOVE, Role.PROGRAMME_MANAGER),
        is_anywhere=True,
        position=21,
    ),
    Part(
        "mix",
        "Mix against target",
        Question.VALUE,
        _mix,
        PLACES | {"classification", "bucket", "placement"},
        "The share of the money of committed work that each kind of work takes, against its target and tolerance.",
        ABOVE,
        is_anywhere=True,
        position=12,
    ),
)
