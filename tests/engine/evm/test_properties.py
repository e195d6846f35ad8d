"""What holds for earned value of any projects."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine import evm

SEEDS = st.integers(0, 2**32 - 1)


def random_figures(seed: int, projects: int = 6, periods: int = 8) -> evm.Figures:
    """Projects with plans in whole money, some periods not reported."""
    random = np.random.default_rng(seed)
    pv = random.integers(0, 50, (projects, periods)).cumsum(axis=1) + 1.0
    ev = np.minimum(random.integers(1, 50, (projects, periods)).cumsum(axis=1), pv[:, -1:]).astype(np.float64)
    ac = random.integers(1, 60, (projects, periods)).cumsum(axis=1).astype(np.float64)
    missing = random.random((projects, periods)) < 0.2
    ev[missing] = ac[missing] = np.nan
    return evm.Figures.of(pv, ev, ac)


def scaled(figures: evm.Figures, by: float) -> evm.Figures:
    """The same in another currency."""
    return evm.Figures(figures.pv * by, figures.ev * by, figures.ac * by, figures.bac * by)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_another_currency_leaves_ratios_and_time(seed: int) -> None:
    figures = random_figures(seed)
    one, other = evm.measure(figures), evm.measure(scaled(figures, 8.0))
    for name in ("cpi", "spi", "complete", "spent", "tcpi_budget", "tcpi_forecast"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name
    assert np.array_equal(8 * one.eac, other.eac, equal_nan=True)
    here, there = evm.earned_schedule(figures), evm.earned_schedule(scaled(figures, 8.0))
    assert np.array_equal(here.es, there.es, equal_nan=True)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_work_exactly_on_plan_has_indices_of_one(seed: int) -> None:
    plan = random_figures(seed).pv
    on_plan = evm.Figures.of(plan, plan, plan)
    found, time = evm.measure(on_plan), evm.earned_schedule(on_plan)
    assert (found.cpi == 1).all()
    assert (found.spi == 1).all()
    assert (found.vac == 0).all()
    running = time.elapsed <= time.duration[:, None]
    assert (time.spi_t[running] == 1).all()


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_earned_schedule_is_where_the_plan_had_the_earned_value(seed: int) -> None:
    figures = random_figures(seed)
    es = evm.earned_schedule(figures).es
    for plan, earned, found in zip(figures.pv, figures.ev, es, strict=True):
        for value, place in zip(earned[~np.isnan(earned)], found[~np.isnan(found)], strict=True):
            curve = np.interp(place, np.arange(len(plan) + 1), np.concatenate([[0.0], plan]))
            assert round(float(curve - value), 9) == 0


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_sums_roll_up_through_any_grouping(seed: int) -> None:
    figures = random_figures(seed)
    group = np.random.default_rng(seed + 1).integers(0, 3, 6)
    parts = evm.roll_up(figures, np.arange(6), group, 3)
    whole = evm.roll_up(figures, np.arange(6), np.zeros(6, dtype=int), 1)
    assert np.array_equal(parts.plan.sum(axis=0), whole.plan[0])
    assert np.array_equal(parts.fresh.sum(axis=0), whole.fresh[0])
    assert parts.figures.bac.sum() == whole.figures.bac[0]
    full = evm.Figures.of(figures.pv, figures.pv, figures.pv)
    assert np.array_equal(
        np.nansum(evm.roll_up(full, np.arange(6), group, 3).figures.ev, axis=0), full.ev.sum(axis=0)
    )


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_project_alone_rolls_up_to_itself_where_it_reports(seed: int) -> None:
    figures = random_figures(seed)
    found = evm.roll_up(figures, np.arange(6), np.arange(6), 6).figures
    known = ~np.isnan(figures.ev)
    for mine, theirs in ((found.pv, figures.pv), (found.ev, figures.ev), (found.ac, figures.ac)):
        assert np.array_equal(mine[known], theirs[known])


@given(SEEDS)
@settings(max_examples=120, deadline=None)
def test_every_gap_has_a_reason_and_nothing_is_infinite(seed: int) -> None:
    random = np.random.default_rng(seed)
    pv = random.choice([0, 0, 1, 5], (4, 5)).cumsum(axis=1).astype(np.float64)
    ev, ac = random.choice([0, 1, 4, 20, np.nan], (2, 4, 5))
    figures = evm.Figures.of(pv, ev, ac, random.choice([0, 4, 9], 4))
    cost = evm.measure(figures, random.integers(0, 4, 4), random.choice([0, 3, np.nan], (4, 5)))
    time = evm.earned_schedule(figures, start=random.integers(0, 3, 4), duration=[1, 2, 4, 9])
    named = dict.fromkeys(("cv", "sv", "cpi", "spi", "complete", "spent", "eac", "etc", "vac"), cost)
    named |= {"tcpi_budget": cost, "tcpi_forecast": cost}
    named |= dict.fromkeys(("es", "sv_t", "spi_t", "ieac_t", "tspi"), time)
    for name, found in named.items():
        values = getattr(found, name)
        assert not np.isinf(values).any(), name
        assert np.array_equal(np.isnan(values), found.why(name) != evm.Reason.EXISTS), name
