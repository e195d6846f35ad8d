"""Computing what a change touches gives what computing everything gives."""

import random
from math import inf, nan

from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.network import Change, CycleError, Link, Network, Plan, plan, replan

DICE = st.randoms(use_true_random=False)


def some_link(dice: random.Random, nodes: int) -> Link:
    """A link between any two nodes, forwards in most cases."""
    giver, taker = dice.sample(range(nodes), 2)
    if dice.random() < 0.8:
        giver, taker = min(giver, taker), max(giver, taker)
    needing = float(dice.randint(0, 40)) if dice.random() < 0.3 else nan
    return Link(giver, taker, float(dice.randint(-2, 5)), needing=needing)


def some_network(dice: random.Random, nodes: int) -> Network:
    """A network without cycles."""
    links = [link for link in (some_link(dice, nodes) for _ in range(2 * nodes)) if link.giver < link.taker]
    due = [float(dice.randint(5, 60)) if dice.random() < 0.2 else inf for _ in range(nodes)]
    return Network.of(
        [dice.randint(0, 9) for _ in range(nodes)], links, [dice.randint(0, 9) for _ in range(nodes)], due
    )


def some_change(dice: random.Random, network: Network) -> Change:
    """One or several changes of any kind."""
    node, alive = dice.randrange(len(network)), [number for numbers in network.out for number in numbers]
    kinds: list[Change] = [
        Change(duration={node: dice.randint(0, 12)}),
        Change(not_before={node: dice.randint(0, 20)}, due={node: dice.randint(0, 40)}),
        Change(due={node: inf}),
        Change(started={node: dice.random() < 0.5}),
        Change(added=(some_link(dice, len(network)), some_link(dice, len(network)))),
    ]
    if alive:
        number = dice.choice(alive)
        link = network.links[number]
        kinds += [
            Change(removed=(number,)),
            Change(changed={number: Link(link.giver, link.taker, dice.randint(-3, 9))}),
        ]
    return dice.choice(kinds)


def whole(network: Network) -> Plan:
    """Everything computed from the start, with an order found anew."""
    kept = [network.links[number] for numbers in network.out for number in numbers]
    return plan(Network.of(network.duration, kept, network.not_before, network.due, network.started))


@given(DICE)
@settings(max_examples=120, deadline=None)
def test_many_changes_one_after_another_equal_planning_anew(dice: random.Random) -> None:
    found = plan(some_network(dice, 12))
    for _ in range(12):
        try:
            found = replan(found, some_change(dice, found.network))
        except CycleError:
            continue
        expected = whole(found.network)
        assert found.early_start == expected.early_start
        assert found.early_finish == expected.early_finish
        assert found.horizon == expected.horizon
        assert found.limit == expected.limit
        assert found.late_finish.tolist() == expected.late_finish.tolist()


@given(DICE)
@settings(max_examples=120, deadline=None)
def test_a_cycle_that_is_named_is_one(dice: random.Random) -> None:
    before = plan(some_network(dice, 8))
    link = some_link(dice, 8)
    try:
        after = replan(before, Change(added=(link,)))
    except CycleError as refused:
        joined = {(each.giver, each.taker) for each in (*before.network.links, link)}
        around = zip(refused.nodes, (*refused.nodes[1:], refused.nodes[0]), strict=True)
        assert set(around) <= joined
    else:
        places = after.network.position
        assert sorted(places) == list(range(8))
        assert all(places[each.giver] < places[each.taker] for each in after.network.links)


@given(DICE)
@settings(max_examples=60, deadline=None)
def test_nothing_slips_while_it_stays_within_its_slack(dice: random.Random) -> None:
    before = plan(some_network(dice, 10))
    node = dice.randrange(10)
    slack = float(before.slack[node])
    if slack < 0:
        return
    longer = replan(before, Change(duration={node: before.network.duration[node] + slack}))
    assert longer.horizon == before.horizon
    kept = [day for day, last in zip(before.early_finish, before.network.due, strict=True) if day <= last]
    still = [day for day, last in zip(longer.early_finish, longer.network.due, strict=True) if day <= last]
    assert len(still) >= len(kept)
