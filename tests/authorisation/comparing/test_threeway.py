"""The three-way comparison: what each side changed, what merges by itself, and what somebody has to settle."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mainstay.authorisation.comparing.threeway import How, Part, State, Three

MARCH, APRIL, MAY, YEAR_END = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1), date(2027, 12, 31)
BASE = State(is_in=True, start=MARCH, end=YEAR_END)

days = st.none() | st.integers(0, 4).map(lambda count: MARCH + timedelta(days=count))
states = st.builds(State, is_in=st.booleans(), option=st.sampled_from(["", "Reduced"]), start=days, end=days)


def mine(three: Three) -> dict[Part, object]:
    return {part: three.here.part(part) for part in three.conflicts}


def test_a_field_is_unchanged_changed_on_one_side_the_same_or_in_conflict():
    three = Three(BASE, replace(BASE, start=APRIL, option="Reduced"), replace(BASE, start=MAY, end=MAY))
    assert {name: three.how(name) for name in ("is_in", "option", "start", "end")} == {
        "is_in": How.UNCHANGED,
        "option": How.HERE,
        "start": How.CONFLICT,
        "end": How.THERE,
    }
    assert Three(BASE, replace(BASE, start=MAY), replace(BASE, start=MAY)).how("start") == How.SAME


def test_what_each_side_changed_alone_is_put_together():
    here, there = replace(BASE, option="Reduced"), replace(BASE, start=APRIL)
    assert Three(BASE, here, there).merged() == State(True, "Reduced", APRIL, YEAR_END)


def test_a_start_of_one_side_is_never_joined_with_an_end_of_the_other():
    three = Three(BASE, replace(BASE, start=MAY), replace(BASE, end=APRIL))
    assert three.conflicts == (Part.DATES,)
    assert three.merged({Part.DATES: (APRIL, MAY)}).dates == (APRIL, MAY)


def test_taking_out_what_the_other_side_plans_anew_is_a_conflict_on_both_sides():
    out, moved = replace(BASE, is_in=False), replace(BASE, start=APRIL)
    assert Three(BASE, out, moved).conflicts == Three(BASE, moved, out).conflicts == (Part.IS_IN,)
    assert Three(BASE, out, BASE).conflicts == ()


def test_what_is_held_by_hand_is_not_taken_out_unasked():
    out = replace(BASE, is_in=False)
    assert Three(BASE, BASE, out).merged().is_in is False
    assert Three(BASE, BASE, out, is_held=True).conflicts == (Part.IS_IN,)


@given(states, states)
def test_with_no_change_there_the_merge_is_the_scenario(base, here):
    assert Three(base, here, base).merged(mine(Three(base, here, base))) == here


@given(states, states)
def test_with_no_change_here_the_merge_is_the_plan(base, there):
    three = Three(base, base, there)
    assert three.conflicts == ()
    assert three.merged() == there


@given(states, states, states)
def test_merging_twice_changes_nothing(base, here, there):
    three = Three(base, here, there)
    once = three.merged(mine(three))
    again = Three(there, once, there)
    assert again.conflicts == ()
    assert again.merged() == once


@given(states, states, states)
def test_the_sides_may_be_swapped(base, here, there):
    one, other = Three(base, here, there), Three(base, there, here)
    assert one.conflicts == other.conflicts
    assert one.merged(mine(one)) == other.merged(mine(one))


@given(states, states, states)
def test_the_parts_together_tell_every_difference(base, here, there):
    three = Three(base, here, there)
    assert bool(three.changed_here) == (here != base)
    assert bool(three.changed_there) == (there != base)
