"""What a portfolio is for, of each portfolio below: the value of its work, the people it lacks, and its fit."""

from mainstay.charts import words
from mainstay.cockpit.parts.standing import MONEY
from mainstay.cockpit.queries.dashboard import facts_in
from mainstay.cockpit.queries.rollup import MONTHS_AHEAD, Rolled, rolled_up
from mainstay.cockpit.queries.sums import ALIVE, TROUBLED
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Cell, Content, Empty, Links, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.value.queries import Rates

HEADS = (
    "Portfolio",
    "Projects",
    "Committed",
    "Benefit",
    "Return",
    "Serves goals",
    "Hours without people",
    "In trouble",
)
NEEDS = frozenset({"goal", "contribution", "demand", "booking", "resource"})


def _below(sight: Sight) -> Content:
    found = [(place, rolled) for place, rolled in rolled_up(sight) if rolled.count or sight.portfolio is not None]
    if not found:
        return Content(empty=Empty("No portfolio lies below."))
    rates = facts_in(sight).rates
    rows = tuple(_row(place, rolled, rates, sight) for place, rolled in found)
    note = f"Hours are those of the next {MONTHS_AHEAD} months."
    return Content(note, tables=(Table(HEADS, rows),))


def _row(place: object, rolled: Rolled, rates: Rates, sight: Sight) -> tuple[Cell, ...]:
    inside = Links(place.code, sight.as_of_text, sight.links.besides)  # type: ignore[attr-defined]
    sums = (rolled.committed, rolled.cost, rolled.benefit, rolled.aligned)
    committed, cost, benefit, aligned = (rates.convert(each, sight.currency).amount for each in sums)
    share = words.percent(float((benefit - cost) / cost)) if cost else words.MISSING
    fit = words.percent(float(aligned / committed)) if committed else words.MISSING
    troubled = inside.records(Phase.COMMITTED, health=TROUBLED) if rolled.troubled else ""
    return (
        Cell(place.name, sight.links.place("portfolio", place.code)),  # type: ignore[attr-defined]
        figure(words.number(rolled.count), inside.records(*ALIVE)),
        figure(words.money(float(committed), sight.currency) if committed else words.MISSING),
        figure(words.money(float(benefit), sight.currency) if benefit else words.MISSING),
        figure(share),
        figure(fit),
        figure(words.number(rolled.hours_short) if rolled.hours_short >= 1 else "0"),
        figure(f"{words.number(rolled.troubled)} of {words.number(rolled.running)}", troubled),
    )


PARTS = (
    Part(
        "below",
        "Portfolios below",
        Question.COURSE,
        _below,
        MONEY | NEEDS,
        "The portfolios directly below. Value: what committed work costs and brings, and its return over "
        "projects that "
        "give both. Fit: the share of that cost that serves a goal. People: hours that committed work needs and has "
        "nobody for.",
        (Role.EXECUTIVE, Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR),
        is_anywhere=True,
        is_wide=True,
        position=48,
    ),
)
