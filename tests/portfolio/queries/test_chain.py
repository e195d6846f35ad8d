"""Where one project moves, all that waits for it moves in turn, and promises that fitted come too late."""

from datetime import date
from typing import Any

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.programme import ProgrammePage
from mainstay.portfolio.queries.chain import Chain
from mainstay.portfolio.queries.reading import Reading

pytestmark = pytest.mark.django_db
JANUARY, MARCH, APRIL, JUNE, JULY = (date(2090, month, 1) for month in (1, 3, 4, 6, 7))
SEPTEMBER, DECEMBER = date(2090, 9, 1), date(2090, 12, 1)


@pytest.fixture
def links(world: Any) -> Any:
    """The meters give mains to the pumps a fortnight late; the depot needs the pumps in September, as promised."""
    for code, start, end in (("METERS", JANUARY, JUNE), ("PUMPS", MARCH, SEPTEMBER), ("DEPOT", JULY, DECEMBER)):
        edit_project(Project.objects.get(code=code), actor=MAINSTAY, start_date=start, end_date=end)
    meters, pumps, depot = (Project.objects.get(code=code) for code in ("METERS", "PUMPS", "DEPOT"))
    first = {"promised_date": date(2090, 4, 15), "needed_date": APRIL}
    second = {"promised_date": SEPTEMBER, "needed_date": SEPTEMBER}
    return [
        add_dependency(pumps, actor=MAINSTAY, needs=meters, **first),
        add_dependency(depot, actor=MAINSTAY, needs=pumps, **second),
    ]


def test_what_comes_late_makes_what_waits_for_it_late_in_turn(world: Any, links: Any) -> None:
    chain = Chain(Reading(world.director))
    assert chain.late == {links[0].pk: 14, links[1].pk: 14}
    page = ProgrammePage("SMART", world.director)
    assert [(link.project.code, link.gap, link.in_turn) for link in page.links] == [
        ("PUMPS", 14, 0),
        ("DEPOT", 0, 14),
    ]


def test_who_moves_where_one_ends_later_or_earlier(world: Any, links: Any) -> None:
    chain = Chain(Reading(world.director))
    moved = [[(one.code, by) for one, by in chain.moved_by(world.meters, days)] for days in (42, -7, 0)]
    assert moved == [[("PUMPS", 42), ("DEPOT", 42)], [("PUMPS", -7), ("DEPOT", -7)], []]
    assert [(one.code, by) for one, by in chain.moved_by(world.depot, 42)] == []


def test_what_a_reader_may_not_see_moves_nothing_for_them(world: Any, links: Any) -> None:
    chain = Chain(Reading(world.portfolio_manager))
    assert [one.code for one, _ in chain.moved_by(world.meters, 42)] == ["PUMPS"]
    assert Chain(Reading(world.stranger)).late == {}
