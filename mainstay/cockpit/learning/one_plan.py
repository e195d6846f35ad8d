"""One adopted plan looked back on: what it chose, what was believed, and what has happened since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mainstay.authorisation.models import Decision, DecisionLine, Outcome
from mainstay.authorisation.queries import plans_for
from mainstay.charts import words
from mainstay.cockpit.learning.plans import World, gap, sum_of, world_of
from mainstay.cockpit.value.facts import MONEY, NOUNS
from mainstay.core.errors import Missing
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.review.calibration.finished import promises
from mainstay.value.queries import rates_on

OPTION = "plan"
MOST_SHOWN = 40
CHOSEN = (Outcome.AUTHORISED, Outcome.KEPT)
LEFT = (Outcome.WAITING, Outcome.REJECTED, Outcome.WITHDRAWN)
PLAN_NOUNS = NOUNS | MONEY | {"decision", "baseline"}
DEFINITIONS = {
    "chosen": "Projects the plan authorised or kept, of all it decided on.",
    "cost": "What the chosen work was to cost when the plan was adopted.",
    "now": "What the same work will have cost: spent before this month and forecast from it on; where nothing is "
    "kept by month, its cost today.",
    "due": "Benefits in money that were to have come of the chosen work by now.",
    "came": "What was read of these benefits by now, as far as it is due to the projects.",
    "time": "Of the chosen projects that were promised an end and are finished or have an end, those not after it.",
    "ended": "Of the chosen projects, those that were dropped since.",
}


@dataclass(frozen=True)
class Look:
    """A plan, its lines, and the plans before and after it of the same portfolio that stand, the latest first."""

    sight: Sight
    row: Any
    others: tuple[Any, ...]

    @cached_property
    def decision(self) -> Decision:
        """The decision with everything that belongs to it and is never changed."""
        return Decision.objects.select_related("solution").get(pk=self.row.row_id)

    @cached_property
    def lines(self) -> list[DecisionLine]:
        """What was decided about each candidate."""
        return list(self.decision.lines.select_related("project").order_by("project__code"))

    @property
    def chosen(self) -> list[DecisionLine]:
        """Those that were in."""
        return [line for line in self.lines if line.outcome in CHOSEN]

    @property
    def left(self) -> list[DecisionLine]:
        """Those that stayed out."""
        return [line for line in self.lines if line.outcome in LEFT]

    @cached_property
    def world(self) -> World:
        """What is known today."""
        return self.sight.once("plan world", lambda: world_of(self.sight))

    @property
    def before(self) -> Any:
        """The plan decided before it; None where it is the first."""
        return next((one for one in self.others if one.decided_at < self.row.decided_at), None)

    @property
    def after(self) -> list[Any]:
        """The plans decided later, the first of them first."""
        return [one for one in reversed(self.others) if one.decided_at > self.row.decided_at]

    @cached_property
    def factor(self) -> float:
        """From the currency of the plan to that of the sight; zero without a rate."""
        rates = rates_on(self.sight.day, {self.row.currency, self.sight.currency}, self.sight.as_of)
        return rates.factor(self.row.currency, self.sight.currency) or 0.0

    def project(self, line: DecisionLine) -> Cell:
        """The cell that opens a project."""
        return Cell(line.project.name, self.sight.links.project(line.project.code))


def look_at(sight: Sight) -> Look | None:
    """The plan the address names, else the latest; only what is wholly open."""
    return sight.once("plan", lambda: _look(sight))


def _look(sight: Sight) -> Look | None:
    plans = plans_for(sight.user, sight.as_of)
    wanted = sight.options.get(OPTION, "")
    row = next((one for one in plans if str(one.row_id) == wanted or not wanted), None)
    if row is None:
        if wanted:
            raise Missing("There is no such plan, or it is not open to you.")
        return None
    return Look(sight, row, tuple(one for one in plans if one.portfolio_id == row.portfolio_id))


NONE = Content(empty=Empty("No plan was adopted here yet.", "/authorise/decisions/", "Decisions"))


def _came(sight: Sight) -> Content:
    look = look_at(sight)
    if look is None:
        return NONE
    chosen = look.chosen
    ids = [line.project_id for line in chosen]
    believed = sum(float(line.cost) for line in chosen) * look.factor
    now, due, came = (sum_of(each, ids) for each in (look.world.cost, look.world.planned, look.world.came))
    ends = _ends(sight, ids)
    kept = [pk for pk, (was, is_now) in ends.items() if is_now <= was]
    dropped = sum(1 for pk in ids if look.world.phases.get(pk) == Phase.DROPPED)
    url = sight.links.page(f"/authorise/decisions/{look.row.row_id}/")
    figures = (
        Indicator(
            "Chosen", words.number(len(ids)), DEFINITIONS["chosen"], url,
            amount=len(ids), have=len(ids), of=len(look.lines), noun="candidates",
        ),
        _money(sight, "Believed cost", "cost", believed, url),
        _money(sight, "Cost now", "now", now, url, gap(believed, now)),
        _money(sight, "Benefits due", "due", due, url),
        _money(sight, "Came", "came", came, url, f"{words.percent(came / due)} of what was due" if due else ""),
        _share("In time", "time", len(kept), len(ends), url, "promised ends"),
        _share("Dropped since", "ended", dropped, len(ids), url, "chosen projects", is_count=True),
    )  # fmt: skip
    heads = ("Project", "Stage", "Believed cost", "Cost now", "Difference", "Promised end", "End now", "Due", "Came")
    rows = tuple(_row(look, line, ends) for line in _by_difference(look)[:MOST_SHOWN])
    hidden = max(0, len(chosen) - MOST_SHOWN)
    more = f"{words.counted(hidden, 'more project')} in the decision" if hidden else ""
    caption = "Chosen projects, the largest difference in cost first"
    return Content(
        _sentence(sight, look, believed, now, due, came),
        f"{words.counted(len(ids), 'project')} chosen, which cost {gap(believed, now) or 'what was believed'}",
        figures,
        tables=(Table(heads, rows, caption, more, url if more else ""),) if rows else (),
        url=url,
    )


def _sentence(sight: Sight, look: Look, believed: float, now: float, due: float, came: float) -> str:
    told = f"{look.row.title} chose {words.counted(len(look.chosen), 'project')} for "
    told += f"{words.money(believed, sight.currency)}; today they cost {words.money(now, sight.currency)}"
    if due:
        told += f", and {words.money(came, sight.currency)} of {words.money(due, sight.currency)} due by now came"
    return f"{told}."


def _ends(sight: Sight, ids: Iterable[int]) -> dict[int, tuple[date, date]]:
    """The promised end and the end known now of each project that has both."""
    key = sight.reading.key
    projects = list(sight.with_figures().filter(**{f"{key}__in": list(ids)}).select_related("stage"))
    promised = promises(projects, sight.reading)
    found = {}
    for row in projects:
        over = row.stage.phase == Phase.FINISHED and row.stage_since
        end, promise = over or row.end_date, promised.get(row.row_id)
        if end and promise and promise.end:
            found[row.row_id] = (promise.end, end)
    return found


def _by_difference(look: Look) -> list[DecisionLine]:
    def size(line: DecisionLine) -> tuple[float, str]:
        now = look.world.cost.get(line.project_id, 0.0)
        return -abs(now - float(line.cost) * look.factor), line.project.code

    return sorted(look.chosen, key=size)


def _row(look: Look, line: DecisionLine, ends: dict[int, tuple[date, date]]) -> tuple[Cell, ...]:
    pk, world, currency = line.project_id, look.world, look.sight.currency
    was, now = float(line.cost) * look.factor, world.cost.get(pk)
    promised, end = ends.get(pk, (None, None))
    late = bool(promised and end and end > promised)
    difference = words.MISSING if now is None or not was else words.signed((now / was - 1) * 100) + "%"
    return (
        look.project(line),
        Cell(Phase(world.phases[pk]).label if pk in world.phases else words.MISSING),
        figure(words.money(was, currency)),
        figure(words.money(now, currency)),
        figure(difference),
        Cell(day(promised) if promised else words.MISSING),
        Cell(str(day(end)), status="warn" if late else "") if end else Cell(words.MISSING),
        *(figure(words.money(each.get(pk), currency)) for each in (world.planned, world.came)),
    )


def _money(sight: Sight, label: str, key: str, amount: float, url: str, beside: str = "") -> Indicator:
    return Indicator(label, words.money(amount, sight.currency), DEFINITIONS[key], url, beside, amount=amount)


def _share(label: str, key: str, have: int, of: int, url: str, noun: str, *, is_count: bool = False) -> Indicator:
    share = have / of if of else None
    text = words.number(have) if is_count else words.percent(share)
    amount = have if is_count else share
    return Indicator(label, text, DEFINITIONS[key], url, amount=amount, have=have, of=of, noun=noun)


PARTS = (
    Part(
        "plan_came",
        "What a plan chose and what came of it",
        Question.VALUE,
        _came,
        PLAN_NOUNS,
        "The projects an adopted plan chose, with the cost, the end and the benefits believed then and known now.",
        is_personal=True,
        is_wide=True,
        position=72,
    ),
)
