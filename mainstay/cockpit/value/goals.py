"""Which goals moved: the progress of each over a year, and what work was to contribute to it and has contributed."""

from decimal import Decimal

from django.urls import reverse

from mainstay.charts import words
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Part, Question, Sight, Table, figure
from mainstay.strategy.dashboard import work_of
from mainstay.strategy.queries import Alignment, Strategy
from mainstay.strategy.queries.tree import Node

YEAR_DAYS = 365
MOVED = Decimal("0.005")
"""From half a point on a goal has moved."""


def _goals(sight: Sight) -> Content:
    strategy = Strategy(sight.reading, sight.home, work=work_of(sight))
    nodes = [node for node in strategy.open if node.shares or node.progress is not None]
    if not nodes:
        return Content(empty=Empty("No goal is measured or served by work here yet.", "/strategy/", "Strategy"))
    before = _progress_before(sight)
    figures = Alignment(strategy)
    moves = {node.goal.row_id: _move(node, before) for node in nodes}
    nodes.sort(key=lambda node: (-abs(moves[node.goal.row_id] or 0), -node.reach, node.goal.code))
    rows = tuple(_row(node, figures, before, moves[node.goal.row_id], sight) for node in nodes)
    moved = sum(1 for move in moves.values() if move is not None and abs(move) >= MOVED)
    known = sum(1 for move in moves.values() if move is not None)
    headline = f"{words.number(moved)} of {words.counted(known, 'goal')} moved within a year" if known else ""
    heads = ("Goal", "Weight", "Progress", "A year ago", "Change", "Planned contribution")
    more = {"more": "Strategy", "more_url": sight.links.page("/strategy/", portfolio=_home(sight))}
    return Content("", headline, tables=(Table(heads, rows, "Goals, those that moved most first", **more),))


def _home(sight: Sight) -> str:
    return sight.home.code if sight.home is not None else ""


def _progress_before(sight: Sight) -> dict[int, Decimal | None]:
    """The progress of each goal a year earlier, as it was known then."""
    earlier = sight.before(YEAR_DAYS)
    if earlier is None:
        return {}
    strategy = Strategy(earlier.reading, earlier.home, work=work_of(earlier))
    return {pk: node.progress for pk, node in strategy.by_id.items()}


def _move(node: Node, before: dict[int, Decimal | None]) -> Decimal | None:
    then = before.get(node.goal.row_id)
    return None if then is None or node.progress is None else node.progress - then


def _row(
    node: Node, figures: Alignment, before: dict[int, Decimal | None], move: Decimal | None, sight: Sight
) -> tuple[Cell, ...]:
    url = reverse("goal", args=[node.goal.code]) + sight.links.query
    planned = figures.planned_of(node)
    return (
        Cell(node.goal.name, url),
        figure(words.percent(float(node.reach))),
        figure(_percent(node.progress)),
        figure(_percent(before.get(node.goal.row_id))),
        figure(words.MISSING if move is None else f"{float(100 * move):+.0f} points"),
        figure(words.percent(float(planned))),
    )


def _percent(share: Decimal | None) -> str:
    return words.MISSING if share is None else words.percent(float(share))


PARTS = (
    Part(
        "goals_moved",
        "Which goals moved",
        Question.COURSE,
        _goals,
        PLACES | {"goal", "keyresult", "contribution", "checkin"},
        "The progress of each goal now and a year ago, as it was known then, with its weight in the strategy and the "
        "share of it that committed and finished work is to contribute.",
        (Role.PMO_DIRECTOR,),
        is_anywhere=True,
        is_wide=True,
        position=64,
    ),
)
