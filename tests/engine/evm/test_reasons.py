"""A measure that does not exist is a gap with a reason, never zero and never infinite."""

import numpy as np
import pytest

from mainstay.engine import evm
from mainstay.engine.evm import Method, Reason

NAN = float("nan")


def reason(name: str, found: evm.Measures) -> Reason:
    """Why the first measure does not exist."""
    return Reason(int(found.why(name)[0, 0]))


@pytest.mark.parametrize(
    ("pv", "ev", "ac", "bac", "name", "expected"),
    [
        (10, 5, 0, 100, "cpi", Reason.NOTHING_SPENT),
        (0, 0, 5, 100, "spi", Reason.NOTHING_PLANNED),
        (10, 0, 5, 100, "eac", Reason.NOTHING_EARNED),
        (10, 0, 0, 100, "eac", Reason.NOTHING_SPENT),
        (10, NAN, 5, 100, "cpi", Reason.NOT_REPORTED),
        (10, 5, NAN, 100, "eac", Reason.NOT_REPORTED),
        (0, 0, 0, 0, "complete", Reason.NO_BUDGET),
        (100, 50, 100, 100, "tcpi_budget", Reason.BUDGET_SPENT),
        (100, 50, 130, 100, "tcpi_budget", Reason.BUDGET_SPENT),
        (100, 100, 130, 100, "tcpi_forecast", Reason.NOTHING_LEFT),
        (10, 5, 5, 100, "cpi", Reason.EXISTS),
    ],
)
def test_each_gap_has_its_reason(pv, ev, ac, bac, name, expected) -> None:
    found = evm.measure(evm.Figures.of([pv], [ev], [ac], [bac]))
    assert reason(name, found) == expected
    assert np.isnan(getattr(found, name)[0, 0]) == (expected != Reason.EXISTS)


def test_a_bottom_up_estimate_that_nobody_made_is_missing() -> None:
    found = evm.measure(evm.Figures.of([10], [5], [6], [100]), Method.BOTTOM_UP)
    assert reason("eac", found) == Reason.NO_ESTIMATE
    assert reason("tcpi_forecast", found) == Reason.NO_ESTIMATE


def test_delay_counts_only_where_something_was_planned() -> None:
    found = evm.measure(evm.Figures.of([0], [5], [6], [100]), Method.COST_AND_SCHEDULE)
    assert reason("eac", found) == Reason.NOTHING_PLANNED
    assert reason("cv", found) == Reason.EXISTS


def test_gaps_of_time_have_their_reasons() -> None:
    figures = evm.Figures.of([10, 20, 30, 30], [0, 40, NAN, 15], [5, 5, NAN, 9], [50])
    found = evm.earned_schedule(figures)
    assert found.why("ieac_t")[0].tolist() == [
        Reason.NOTHING_EARNED,
        Reason.PLAN_ENDS,
        Reason.NOT_REPORTED,
        Reason.EXISTS,
    ]
    assert found.why("tspi")[0].tolist() == [Reason.EXISTS, Reason.PLAN_ENDS, Reason.NOT_REPORTED, Reason.TIME_SPENT]
    assert found.es[0].tolist()[::3] == [0.0, 1.5]


def test_before_the_start_no_index_of_time_exists() -> None:
    figures = evm.Figures.of([0, 0, 10, 20], [0, 0, 5, 20], [0, 0, 5, 20])
    found = evm.earned_schedule(figures, start=[2])
    assert found.why("spi_t")[0].tolist() == [Reason.NOT_BEGUN, Reason.NOT_BEGUN, Reason.EXISTS, Reason.EXISTS]
    assert found.es[0].tolist() == [0.0, 0.0, 0.5, 2.0]
    assert found.spi_t[0, 2:].tolist() == [0.5, 1.0]
    assert found.duration.tolist() == [2.0]


def test_a_name_that_is_no_measure_is_refused() -> None:
    figures = evm.Figures.of([10], [5], [6])
    with pytest.raises(ValueError, match="no measure"):
        evm.measure(figures).why("mood")
    with pytest.raises(ValueError, match="no measure"):
        evm.earned_schedule(figures).why("duration")


@pytest.mark.parametrize(
    ("pv", "ev", "ac", "bac"),
    [([20, 10], [0, 0], [0, 0], [20]), ([NAN, 10], [0, 0], [0, 0], [20]), ([-5, 10], [0, 0], [0, 0], [20])],
)
def test_a_plan_that_falls_or_is_not_known_is_refused(pv, ev, ac, bac) -> None:
    with pytest.raises(ValueError, match="never falls"):
        evm.Figures.of(pv, ev, ac, bac)


def test_other_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="budget"):
        evm.Figures.of([10], [5], [5], [-1])
    with pytest.raises(ValueError, match="one row a project"):
        evm.Figures.of([10, 20], [5], [5])
    with pytest.raises(ValueError, match="not below zero"):
        evm.Figures.of([10], [-5], [5])
    with pytest.raises(ValueError, match="infinite"):
        evm.Figures.of([10], [5], [float("inf")])
    with pytest.raises(ValueError, match="method"):
        evm.measure(evm.Figures.of([10], [5], [5]), 7)
    with pytest.raises(ValueError, match="at least one"):
        evm.Figures.of([], [], [])
    with pytest.raises(ValueError, match="inside the periods"):
        evm.earned_schedule(evm.Figures.of([10], [5], [5]), start=1)
    with pytest.raises(ValueError, match="known"):
        evm.earned_schedule(evm.Figures.of([10], [5], [5]), start=NAN)
