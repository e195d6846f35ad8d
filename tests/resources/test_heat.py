"""Demand against capacity: each hour counts once, only for whoever may see it, and never later than it changed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.setup import set_stage
from mainstay.resources.heat_cells import state_of
from mainstay.resources.models import Booking
from mainstay.resources.operations.bookings import add_booking, edit_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.resources import edit_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_skill
from mainstay.resources.queries.forecast import forecast
from mainstay.resources.queries.heat import OPEN, PIPELINE, By, Question, heat
from mainstay.resources.queries.utilisation import utilisation
from tests.resources.people import Staff, hire

MONTH = date(2027, 3, 1)  # 23 days from Monday to Friday, of which Easter takes two
WEEK = date(2027, 3, 8), date(2027, 3, 14)
WHOLE = 168
BY: dict[str, Any] = {"actor": MAINSTAY, "reason": "Tried out"}


@pytest.fixture
def staff(world: Any) -> Staff:
    return hire(world)


def _month(by: By, **more: Any) -> Question:
    return Question(by, "month", MONTH, date(2027, 3, 31), **more)


def _book(who: Any, project: Any, role: Any, hours: int, *days: date, **more: Any) -> Booking:
    first, last = days or (MONTH, date(2027, 3, 31))
    fields = {"starts_on": first, "ends_on": last, "hours": Decimal(hours), "role": role}
    return add_booking(who, project=project, **fields, **more, **BY)


def _rows(found: Any) -> dict[int, tuple[float, float]]:
    pairs = zip(found.keys.tolist(), found.total.sum(axis=1).tolist(), found.supply.sum(axis=1).tolist(), strict=True)
    return {key: (round(demand, 2), round(supply, 2)) for key, demand, supply in pairs}


def test_one_overloaded_and_one_idle_look_perfect_together_and_are_not(world: Any, staff: Staff) -> None:
    ben = staff.add("Ben", site=staff.site)
    _book(staff.anna, world.pumps, staff.role, 50, WEEK[0], date(2027, 3, 12))
    _book(ben, world.pumps, staff.role, 20, WEEK[0], date(2027, 3, 12))
    whole, _ = utilisation(Question(By.TEAM, "week", *WEEK), world.administrator)
    use = whole.use
    assert [use.utilisation, use.efficiency, use.overload, use.idle] == pytest.approx([0.875, 0.75, 0.125, 0.25])


def test_somebody_with_two_skills_is_counted_once(world: Any, staff: Staff) -> None:
    other = add_skill(None, actor=MAINSTAY, name="Research")
    for skill, level in ((staff.skill, 4), (other, 3)):
        set_proficiency(staff.anna, actor=MAINSTAY, skill=skill, level=level)
    _book(staff.anna, world.pumps, staff.role, 60, skill=other)
    rows = _rows(heat(_month(By.SKILL), world.administrator))
    assert rows == {staff.skill.pk: (0, WHOLE - 60), other.pk: (60, 60)}


def test_the_hours_of_who_has_too_much_are_shared_out_and_not_multiplied(world: Any, staff: Staff) -> None:
    set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=4)
    _book(staff.anna, world.pumps, staff.role, WHOLE, skill=staff.skill)
    _book(staff.anna, world.meters, staff.role, WHOLE)
    found = heat(_month(By.SKILL), world.administrator)
    assert _rows(found) == {0: (WHOLE, 84), staff.skill.pk: (WHOLE, 84)}
    assert found.overbooked.tolist() == [[1], [1]]


def test_a_placeholder_asks_and_gives_nothing(world: Any, staff: Staff) -> None:
    somebody = staff.add("Somebody", kind="generic")
    _book(somebody, world.pumps, staff.role, 40)
    found = heat(_month(By.ROLE), world.administrator)
    assert _rows(found) == {staff.role.pk: (40, WHOLE)}
    assert found.demand[0, OPEN].tolist() == pytest.approx([40])


def test_what_the_pipeline_needs_counts_as_far_as_it_is_likely(world: Any, staff: Staff) -> None:
    enter_demand(world.pumps, entries=[DemandEntry(role=staff.role, skill=None, hours={MONTH: Decimal(100)})], **BY)
    assert heat(_month(By.ROLE), world.administrator).demand[0, PIPELINE].tolist() == pytest.approx([20])
    set_stage(Stage.objects.get(key="proposed"), actor=MAINSTAY, probability=50)
    assert heat(_month(By.ROLE), world.administrator).demand[0, PIPELINE].tolist() == pytest.approx([50])


def test_remembered_figures_follow_every_change(world: Any, staff: Staff) -> None:
    booking = _book(staff.anna, world.pumps, staff.role, 40)
    assert _rows(heat(_month(By.PERSON), world.administrator)) == {staff.anna.pk: (40, WHOLE)}
    edit_booking(booking, hours=Decimal(60), **BY)
    assert _rows(heat(_month(By.PERSON), world.administrator)) == {staff.anna.pk: (60, WHOLE)}


def test_nobody_is_in_a_sum_of_whoever_may_not_see_them(world: Any, staff: Staff) -> None:
    elsewhere = create_team(world.top, actor=MAINSTAY, name="Elsewhere")
    far = staff.add("Far")
    edit_resource(far, actor=MAINSTAY, team=elsewhere)
    _book(far, world.depot, staff.role, 100)
    enter_demand(world.heron, entries=[DemandEntry(role=staff.role, skill=None, hours={MONTH: Decimal(90)})], **BY)
    assert _rows(heat(_month(By.ROLE), world.portfolio_manager)) == {staff.role.pk: (0, WHOLE)}
    assert _rows(heat(_month(By.ROLE), world.stranger)) == {}


def test_a_shortage_says_which_value_waits_for_it(world: Any, staff: Staff) -> None:
    _book(staff.anna, world.meters, staff.role, WHOLE)
    enter_demand(world.pumps, entries=[DemandEntry(role=staff.role, skill=None, hours={MONTH: Decimal(100)})], **BY)
    line = forecast(_month(By.ROLE), world.portfolio_manager, date(2026, 11, 22)).shortages[0]
    # A fifth of the demand of a proposal counts, and a fifth of its benefit of 2,000,000.
    assert (round(float(line.missing.sum()), 2), line.value, line.per_hour) == (20, 400_000, 20_000)
    assert [(way.kind, round(way.covers, 2)) for way in line.ways] == [("Let the pipeline wait", 20)]


@pytest.mark.parametrize(
    ("demand", "supply", "word"),
    [
        (0, 0, "nothing asked and nobody there"),
        (0, 10, "mostly free"),
        (6, 10, "has room"),
        (10, 10, "well used"),
        (11, 10, "over capacity"),
        (20, 10, "far over capacity"),
        (5, 0, "far over capacity"),
    ],
)
def test_a_cell_says_what_it_means(demand: float, supply: float, word: str) -> None:
    assert state_of(demand, supply).word == word


def _cell_of_anna(world: Any, staff: Staff) -> str:
    return f"/resources/cell/?by=person&unit=month&row={staff.anna.key}&at=2027-03-01"


def test_a_red_cell_is_left_by_an_accepted_proposal(world: Any, staff: Staff) -> None:
    ben = staff.add("Ben", site=staff.site)
    _book(staff.anna, world.pumps, staff.role, WHOLE, firmness="hard")
    soft = _book(staff.anna, world.meters, staff.role, 100)
    client = Client()
    client.force_login(world.administrator)
    page = client.get(_cell_of_anna(world, staff)).context["page"]
    replace = next(one for one in page.proposals if one.key == f"replace:{soft.pk}:{ben.key}")
    # Four weeks are red; the last days of March are not, since their week goes on in April.
    assert (replace.title, replace.effect.new_overloads, replace.effect.solved) == ("Replace by Ben", 0, 4)
    sent = {"proposal": replace.key, "seen": replace.effect.seen}
    assert client.post(_cell_of_anna(world, staff), sent).status_code == 302
    assert _rows(heat(_month(By.PERSON), world.administrator)) == {
        staff.anna.pk: (WHOLE, WHOLE),
        ben.pk: (100, WHOLE),
    }


def test_a_proposal_is_refused_after_somebody_booked_meanwhile(world: Any, staff: Staff) -> None:
    staff.add("Ben", site=staff.site)
    _book(staff.anna, world.pumps, staff.role, WHOLE, firmness="hard")
    _book(staff.anna, world.meters, staff.role, 100)
    client = Client()
    client.force_login(world.administrator)
    shown = client.get(_cell_of_anna(world, staff)).context["page"].proposals[0]
    _book(staff.anna, world.depot, staff.role, 10)
    before = list(Booking.objects.order_by("pk").values())
    answer = client.post(_cell_of_anna(world, staff), {"proposal": shown.key, "seen": shown.effect.seen})
    assert (answer.status_code, list(Booking.objects.order_by("pk").values())) == (409, before)


def test_a_file_says_what_the_page_says(world: Any, staff: Staff) -> None:
    _book(staff.anna, world.pumps, staff.role, 46)
    client = Client()
    client.force_login(world.administrator)
    answer = client.get("/resources/export/?by=person&first=2027-03&months=1&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[:4] == [staff.anna.key, "Anna Berg", "2027-03-01", "0.0"]
    assert lines[1].split(",")[7:10] == ["46.0", "168.0", "122.0"]
