"""Moves against overload: each stands alone, few are proposed, important projects are left in peace."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.assignment import Held, Person
from mainstay.engine.levelling import Booking, Change, Load, Project, level, proposals
from mainstay.engine.levelling.proposing import HOUR_LEFT, _moves_for

UX = (Held("UX", 3),)
ANN = Person("Ann", (40.0, 40.0, 40.0), UX, cost=60.0, site="Graz")
BOB = Person("Bob", (40.0, 40.0, 40.0), (Held("UX", 3, 0, 0),), cost=50.0, site="Graz")
EVE = Person("Eve", (20.0, 40.0, 40.0), UX, cost=70.0, site="York")
PROJECTS = (Project("High", 9.0), Project("Low", 1.0, slack=1, delay_cost=500.0))


def may_load(*bookings: Booking, people: tuple = (ANN, BOB, EVE), **more) -> Load:
    return Load(people, PROJECTS, bookings, **more)


def test_a_red_cell_gets_ranked_alternatives_with_their_effect() -> None:
    load = may_load(
        Booking("H", "High", "Ann", (30.0, 0.0, 0.0), "UX", 3),
        Booking("L", "Low", "Ann", (26.0, 10.0, 0.0), "UX", 3, latest=1),
        contract=(("UX", 100.0),),
        borrowing=5.0,
    )
    found = proposals(load, "Ann", 0)
    of_low = [move for move in found if move.project == "Low"]
    assert [(move.kind, move.to, move.by, move.cost) for move in of_low] == [
        ("split", None, 0, 0.0),
        ("replace", "Bob", 0, -160.0),
        ("shift_project", None, 1, 500.0),
        ("borrow", "Eve", 0, 240.0),
        ("contract", None, 0, 640.0),
    ]
    assert of_low[0].changes == (Change("Ann", 0, 56.0, 40.0), Change("Ann", 1, 10.0, 26.0))
    assert of_low[1].changes == (Change("Ann", 0, 56.0, 40.0), Change("Bob", 0, 0.0, 16.0))
    assert of_low[2].changes == (
        Change("Ann", 0, 56.0, 30.0),
        Change("Ann", 1, 10.0, 26.0),
        Change("Ann", 2, 0.0, 10.0),
    )
    assert {move.removes for move in found} == {16.0}
    assert [move.project for move in found] == ["Low"] * 5 + ["High"] * 3


def test_a_cell_that_is_not_red_needs_nothing() -> None:
    load = may_load(Booking("H", "High", "Ann", (40.0, 0.0, 0.0), "UX", 3))
    assert proposals(load, "Ann", 0) == ()
    assert level(load).moves == ()
    with pytest.raises(ValueError, match="no such person"):
        proposals(load, "Zoe", 0)


def test_a_replacement_has_skill_and_level_and_is_valid_then() -> None:
    load = may_load(Booking("H", "High", "Ann", (0.0, 60.0, 0.0), "UX", 3))
    assert [(move.kind, move.to) for move in proposals(load, "Ann", 1)] == [("borrow", "Eve")]
    demanding = may_load(Booking("H", "High", "Ann", (0.0, 60.0, 0.0), "UX", 4))
    assert proposals(demanding, "Ann", 1) == ()
    assert [(red.person, red.period, red.hours) for red in level(demanding).left] == [("Ann", 1, 20.0)]


def test_nobody_touches_what_is_fixed() -> None:
    load = may_load(Booking("L", "Low", "Ann", (56.0, 0.0, 0.0), "UX", 1, latest=2, fixed=True))
    assert proposals(load, "Ann", 0) == ()


def test_the_less_important_project_gives_way() -> None:
    load = may_load(
        Booking("H", "High", "Ann", (30.0, 0.0, 0.0), "UX", 3, latest=2),
        Booking("L", "Low", "Ann", (26.0, 0.0, 0.0), "UX", 3, latest=2),
    )
    found = level(load)
    assert [(move.kind, move.bookings) for move in found.moves] == [("split", ("L",))]
    assert (found.left, found.proven) == ((), True)


def test_one_move_for_two_red_cells_is_proposed_rather_than_two() -> None:
    load = may_load(
        Booking("A", "High", "Ann", (30.0, 0.0, 0.0), "UX", 3),
        Booking("B", "High", "Eve", (15.0, 0.0, 0.0), "UX", 3),
        Booking("C", "Low", "Ann", (20.0, 0.0, 0.0), "UX", 3, latest=2),
        Booking("D", "Low", "Eve", (15.0, 0.0, 0.0), "UX", 3, latest=2),
    )
    found = level(load)
    assert [(move.kind, move.by, move.removes) for move in found.moves] == [("shift_project", 1, 20.0)]


def test_a_booking_may_move_earlier_inside_its_window() -> None:
    load = may_load(Booking("L", "High", "Ann", (0.0, 45.0, 0.0), earliest=0), people=(ANN,))
    assert [move.changes for move in proposals(load, "Ann", 1)] == [
        (Change("Ann", 0, 0.0, 5.0), Change("Ann", 1, 45, 40))
    ]


@st.composite
def _loads(draw) -> Load:
    hours = st.lists(st.sampled_from([0.0, 10.0, 25.0, 40.0]), min_size=3, max_size=3).map(tuple)
    people = tuple(Person(name, draw(hours), UX, 50.0, draw(st.sampled_from(["Graz", "York"]))) for name in "AB")
    bookings = tuple(
        Booking(
            id=f"B{number}",
            project=draw(st.sampled_from(["High", "Low"])),
            person=draw(st.sampled_from("AB")),
            hours=draw(hours),
            skill="UX",
            latest=draw(st.sampled_from([None, 2])),
            fixed=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    return Load(people, PROJECTS, bookings, draw(st.sampled_from([(), (("UX", 90.0),)])))


def _after(load: Load, moves) -> np.ndarray:
    booked = load.booked.copy()
    for change in (change for move in moves for change in move.changes):
        booked[load.rows[change.person], change.period] += change.after - change.before
    return booked


@settings(max_examples=60, deadline=None)
@given(_loads())
def test_any_of_the_moves_can_be_refused(load: Load) -> None:
    moves = level(load).moves
    fixed = {booking.id for booking in load.bookings if booking.fixed}
    assert not fixed & {booking for move in moves for booking in move.bookings}
    for size in range(len(moves) + 1):
        for accepted in combinations(moves, size):
            allowed = np.maximum(load.capacity, load.booked)
            assert (_after(load, accepted) <= allowed + 0.02).all()


@settings(max_examples=60, deadline=None)
@given(_loads())
def test_no_list_removes_more_or_weighs_less(load: Load) -> None:
    moves = _moves_for(load, set(load.rows))
    found = level(load)
    assert found.proven
    best = min(_weighed(load, chosen) for size in range(4) for chosen in combinations(moves, size))
    assert _weighed(load, found.moves) <= best + 0.1
    assert found.weight == pytest.approx(found.bound, abs=0.1)


def _weighed(load: Load, moves) -> float:
    """The weight of a list with its penalty for what stays red; infinite where it is not allowed."""
    touched = [booking for move in moves for booking in move.bookings]
    added = np.zeros_like(load.booked)
    for change in (change for move in moves for change in move.changes if change.after > change.before):
        added[load.rows[change.person], change.period] += change.after - change.before
    if len(set(touched)) < len(touched) or (added > load.free + 0.005).any():
        return float("inf")
    left = np.maximum(_after(load, moves) - load.capacity, 0)[load.overload > 0].sum()
    return HOUR_LEFT * float(left) + sum(move.weight for move in moves)


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: Project("P", -1), "not below zero"),
        (lambda: Booking("B", "P", "Ann", (-1.0,)), "none is below zero"),
        (lambda: Load((ANN,), PROJECTS, (Booking("B", "Low", "Ann", (1.0,)),)), "the same periods"),
        (lambda: Load((ANN, ANN), PROJECTS, ()), "an id of its own"),
        (lambda: Load((ANN,), PROJECTS, (Booking("B", "Low", "Zoe", (1.0,) * 3),)), "a person who"),
        (lambda: Load((ANN,), (), (Booking("B", "Low", "Ann", (1.0,) * 3),)), "a project that"),
        (lambda: Load((ANN,), PROJECTS, (), borrowing=-1), "Prices are known"),
    ],
)
def test_nonsense_is_refused(build, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        build()
