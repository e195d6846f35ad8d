"""Proposals: exact on tiny questions, never past the bound, never against a rule."""

import doctest
import importlib
import pkgutil
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from benchmarks.assignment import by_availability, generated
from benchmarks.check_assignment import broken
from mainstay.engine import assignment
from mainstay.engine.assignment import Assigned, Booked, Held, Need, Person, Staffing, Unfilled, assign
from tests.engine.assignment.brute_force import best_objective
from tests.engine.assignment.questions import tiny

ANN = Person("Ann", (40.0, 40.0), (Held("design", 3),), cost=50.0)
BOB = Person("Bob", (40.0, 40.0), (Held("design", 2),), cost=40.0)
PORTAL = Need("Portal design", "Portal", "design", (30.0, 30.0), level=2, worth=100.0)


@settings(max_examples=40, deadline=None)
@given(tiny())
def test_a_tiny_question_gets_the_best_answer_there_is(staffing: Staffing) -> None:
    found = assign(staffing, gap=0)
    assert broken(staffing, found) == []
    assert found.status == "optimal"
    assert found.objective == pytest.approx(best_objective(staffing), abs=1e-5)
    assert found.gap == 0


@settings(max_examples=15, deadline=None)
@given(tiny())
def test_solving_in_parts_keeps_every_rule_and_a_true_bound(staffing: Staffing) -> None:
    with patch("mainstay.engine.assignment.solving.SMALL", -1):
        found = assign(staffing, seconds=0.2, gap=0)
    best = best_objective(staffing)
    assert broken(staffing, found) == []
    assert found.objective <= best + 1e-5
    assert found.bound >= best - 1e-5


def test_a_portfolio_is_staffed_better_than_by_availability() -> None:
    staffing = generated(60, 15, 6, 5, 0.95, 1_000.0, 1)
    found = assign(staffing, gap=0.04)
    simple = by_availability(staffing, found)
    assert found.gap <= 0.04
    assert broken(staffing, found) == broken(staffing, simple) == []
    assert found.objective > simple.objective


def test_whoever_costs_less_is_taken_where_the_level_is_enough() -> None:
    found = assign(Staffing((ANN, BOB), (PORTAL,)))
    assert found.assigned == (Assigned("Bob", "Portal design", (30.0, 30.0)),)
    assert (found.objective, found.covered, found.unfilled) == (3600.0, 1.0, ())


def test_the_same_person_stays_on_a_need_when_joining_costs() -> None:
    half = Person("Cleo", (0.0, 40.0), (Held("design", 2),), cost=10.0)
    few = assign(Staffing((BOB, half), (PORTAL,), joining=1_000.0))
    many = assign(Staffing((BOB, half), (PORTAL,), joining=10.0))
    assert [each.person for each in few.assigned] == ["Bob"]
    assert [(each.person, each.hours) for each in many.assigned] == [("Bob", (30.0, 0.0)), ("Cleo", (0.0, 30.0))]


def test_nobody_is_on_more_projects_at_once_than_allowed() -> None:
    one = Person("Ann", (40.0,), (Held("design"),), most_projects=1)
    needs = (Need("A", "One", "design", (10.0,), worth=3.0), Need("B", "Two", "design", (20.0,), worth=2.0))
    found = assign(Staffing((one,), needs))
    assert [(each.need, each.hours) for each in found.assigned] == [("B", (20.0,))]
    assert found.unfilled == (Unfilled("A", 0, 10.0, "nobody_free"),)


def test_a_hard_booking_stays_and_its_person_joins_for_nothing() -> None:
    booked = Booked("Ann", "Portal", (25.0, 0.0), "Portal design")
    found = assign(Staffing((ANN, BOB), (PORTAL,), (booked,), joining=2_000.0))
    assert found.assigned == (Assigned("Ann", "Portal design", (5.0, 30.0)),)
    assert found.objective == 35 * 50.0


def test_what_is_missing_says_why() -> None:
    expires = Person("Eve", (40.0, 40.0), (Held("tests", 3, 0, 0),), cost=90.0)
    needs = (
        Need("tests later", "Portal", "tests", (0.0, 10.0), worth=200.0),
        Need("tests now", "Portal", "tests", (50.0, 0.0), worth=200.0),
        Need("law", "Portal", "law", (5.0, 0.0), worth=200.0),
        Need("cheap design", "Portal", "design", (5.0, 0.0), worth=45.0),
        Need("design in York", "Portal", "design", (5.0, 0.0), worth=200.0, sites=("York",)),
    )
    found = assign(Staffing((ANN, expires), needs))
    assert {(each.need, each.period): (each.hours, each.reason) for each in found.unfilled} == {
        ("tests later", 1): (10.0, "nobody_has_it"),
        ("tests now", 0): (10.0, "nobody_free"),
        ("law", 0): (5.0, "nobody_has_it"),
        ("cheap design", 0): (5.0, "not_worth_it"),
        ("design in York", 0): (5.0, "nobody_has_it"),
    }


def test_cancelling_gives_what_there_is() -> None:
    staffing = generated(60, 15, 6, 5, 0.95, 1_000.0, 1)
    told: list[float] = []
    found = assign(staffing, gap=0, progress=lambda value, *_: told.append(value), cancelled=lambda: len(told) >= 1)
    assert broken(staffing, found) == []
    assert found.status == "feasible"
    assert found.objective >= told[0]


@pytest.mark.parametrize("staffing", [Staffing((), ()), Staffing((ANN,), ()), Staffing((), (PORTAL,))])
def test_nobody_or_nothing_is_a_question_too(staffing: Staffing) -> None:
    found = assign(staffing)
    assert (found.status, found.objective, found.bound, found.assigned) == ("optimal", 0.0, 0.0, ())
    assert {each.reason for each in found.unfilled} <= {"nobody_has_it"}


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: Held("design", 0), "level from 1"),
        (lambda: Held("design", 1, 3, 2), "ends after"),
        (lambda: Person("Ann", (-1.0,), ()), "none is below zero"),
        (lambda: Person("Ann", (1.0,), (), cost=float("nan")), "costs nothing or more"),
        (lambda: Person("Ann", (1.0,), (), most_projects=0), "one project at least"),
        (lambda: Need("N", "J", "design", (1.0,), worth=-1), "not below zero"),
        (lambda: Staffing((ANN, ANN), ()), "Ann is named twice"),
        (lambda: Staffing((ANN,), (Need("N", "J", "design", (1.0,)),)), "the same periods"),
        (lambda: Staffing((ANN,), (PORTAL,), (Booked("Zoe", "Portal", (1.0, 1.0)),)), "does not exist"),
        (lambda: Staffing((ANN,), (PORTAL,), (Booked("Ann", "X", (1.0, 1.0), PORTAL.id),)), "does not belong"),
        (lambda: Staffing((ANN,), (PORTAL,), joining=-1.0), "nothing or more"),
    ],
)
def test_nonsense_is_refused(build, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        build()


def test_the_examples_in_the_docstrings_run() -> None:
    names = [f"{assignment.__name__}.{module.name}" for module in pkgutil.iter_modules(assignment.__path__)]
    tried = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(each.failed for each in tried) == 0
    assert sum(each.attempted for each in tried) >= 2
