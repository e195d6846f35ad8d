"""Critical path, slack, conflicts and cycles of small networks known by hand."""

from math import inf, isnan

import numpy as np
import pytest

from mainstay.engine.network import (
    Change,
    CycleError,
    Link,
    Network,
    chain,
    conflicts,
    critical_path,
    moved,
    plan,
    replan,
)

# Two projects: 0 → 1 → 2 (a milestone), 3 → 4; project two waits for node 1 with two days of lag.
DURATION = [5, 4, 0, 3, 6]
LINKS = [Link(0, 1), Link(1, 2), Link(3, 4), Link(1, 4, lag=2, giving=8, needing=10)]


def test_days_and_slack_of_two_projects_that_wait_for_each_other() -> None:
    found = plan(Network.of(DURATION, LINKS))
    assert found.early_start == [0, 5, 9, 0, 11]
    assert found.early_finish == [5, 9, 9, 3, 17]
    assert found.horizon == 17
    assert found.late_finish.tolist() == [4, 8, 17, 11, 17]
    assert found.slack.tolist() == [-1, -1, 8, 8, 0]
    assert found.is_critical.tolist() == [True, True, False, False, True]
    assert critical_path(found) == [0, 1, 4]
    assert chain(found, 2) == [0, 1, 2]
    assert [found.free_slack(node) for node in range(5)] == [0, 0, 8, 8, 0]


def test_without_a_needing_day_the_critical_path_has_no_slack() -> None:
    found = plan(Network.of(DURATION, [*LINKS[:3], Link(1, 4, lag=2)]))
    assert found.slack.tolist() == [0, 0, 8, 8, 0]


def test_a_due_day_that_is_missed_gives_slack_below_zero_to_all_that_leads_to_it() -> None:
    found = plan(Network.of(DURATION, LINKS[:3], due=[inf, inf, 7, inf, inf]))
    assert found.slack.tolist() == [-2, -2, -2, 0, 0]


def test_work_that_may_not_begin_before_a_day_decides_for_itself() -> None:
    found = plan(Network.of([2, 2], [Link(0, 1)], not_before=[0, 5]))
    assert found.early_start == [0, 5]
    assert chain(found, 1) == [1]
    assert found.free_slack(0) == 3


def test_work_that_has_begun_waits_for_nobody() -> None:
    network = Network.of([5, 4, 2], [Link(0, 1, needing=3), Link(1, 2)], [0, 3, 0], started=[True, True, False])
    found = plan(network)
    assert found.early_start == [0, 3, 7]
    assert found.slack.tolist() == [-2, 0, 0]
    assert found.free_slack(0) == 4
    assert chain(found, 2) == [1, 2]
    later = replan(found, Change(duration={0: 8}))
    assert later.early_start == [0, 3, 7]
    assert replan(later, Change(started={1: False})).early_start == [0, 8, 12]


def test_a_lead_lets_the_taker_begin_before_the_giver_ends() -> None:
    assert plan(Network.of([5, 3], [Link(0, 1, lag=-2)])).early_start == [0, 3]


def test_conflicts_tell_expected_and_promised_delay() -> None:
    found = conflicts(plan(Network.of(DURATION, LINKS)))
    assert found.link.tolist() == [3]
    assert found.expected_late.tolist() == [1.0]
    assert found.promised_late.tolist() == [0.0]


def test_a_promise_that_does_not_fit_is_a_conflict_even_if_work_is_early() -> None:
    links = [Link(0, 1, needing=9, giving=12), Link(0, 1, needing=4), Link(0, 1, giving=99), Link(0, 1, needing=5)]
    found = conflicts(plan(Network.of([5, 1], links)))
    assert found.link.tolist() == [1, 0]
    assert found.expected_late.tolist() == [1.0, -4.0]
    assert isnan(found.promised_late[0])
    assert found.promised_late[1] == 3.0


def test_a_change_downstream_moves_only_what_waits_for_it() -> None:
    before = plan(Network.of(DURATION, LINKS))
    after = replan(before, Change(duration={3: 12}))
    assert after.early_start == [0, 5, 9, 0, 12]
    assert before.early_start == [0, 5, 9, 0, 11]
    nodes, days = moved(before, after)
    assert (nodes.tolist(), days.tolist()) == ([3, 4], [9.0, 1.0])
    assert after.touched == 2


def test_a_change_that_slack_absorbs_stops_at_once() -> None:
    before = plan(Network.of(DURATION, LINKS))
    after = replan(before, Change(duration={3: 4}))
    assert moved(before, after)[0].tolist() == [3]


def test_a_cycle_is_named() -> None:
    with pytest.raises(CycleError, match="0 → 1 → 2 → 0") as refused:
        Network.of([1, 1, 1, 1], [Link(0, 1), Link(1, 2), Link(2, 0), Link(2, 3)])
    assert sorted(refused.value.nodes) == [0, 1, 2]
    with pytest.raises(CycleError) as alone:
        Network.of([1], [Link(0, 0)])
    assert alone.value.nodes == (0,)


def test_a_link_that_would_close_a_cycle_is_refused_and_nothing_changes() -> None:
    before = plan(Network.of(DURATION, LINKS))
    with pytest.raises(CycleError) as refused:
        replan(before, Change(added=(Link(4, 0),)))
    assert refused.value.nodes == (0, 1, 4)
    assert (before.network.links, before.network.position) == (
        LINKS,
        plan(Network.of(DURATION, LINKS)).network.position,
    )


def test_nothing_at_all_has_a_plan() -> None:
    empty = plan(Network.of([]))
    assert (empty.early_start, empty.horizon, critical_path(empty)) == ([], 0.0, [])
    assert conflicts(empty).link.tolist() == []


@pytest.mark.parametrize(
    "change",
    [
        Change(duration={9: 1}),
        Change(duration={0: -1}),
        Change(duration={0: inf}),
        Change(due={0: np.nan}),
        Change(not_before={0: inf}),
        Change(added=(Link(0, 9),)),
        Change(removed=(2, 2)),
        Change(changed={0: Link(0, 2)}),
        Change(changed={0: Link(0, 1, lag=inf)}),
    ],
)
def test_changes_that_make_no_sense_are_refused_and_nothing_changes(change: Change) -> None:
    before = plan(Network.of(DURATION, LINKS))
    with pytest.raises(ValueError):
        replan(before, change)
    assert (before.network.duration, before.network.links) == (DURATION, LINKS)


def test_networks_that_make_no_sense_are_refused() -> None:
    for duration, links, words in (
        ([-1], [], "duration"),
        ([inf], [], "duration"),
        ([np.nan], [], "known"),
        ([1], [Link(0, 0, lag=np.nan)], "two nodes"),
        ([1], [Link(0, 1)], "two nodes"),
    ):
        with pytest.raises(ValueError, match=words):
            Network.of(duration, links)
    with pytest.raises(ValueError, match="same nodes"):
        moved(plan(Network.of([1])), plan(Network.of([1, 2])))
