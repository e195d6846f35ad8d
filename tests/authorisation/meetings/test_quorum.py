"""What votes decide."""

import doctest

import pytest

from mainstay.authorisation.meetings import quorum
from mainstay.authorisation.meetings.quorum import Quorum, counted, verdicts_for


@pytest.mark.parametrize(
    ("votes", "casting", "verdicts"),
    [
        (["approve", "approve", "reject"], "", {"go"}),
        (["approve", "conditions", "reject"], "", {"conditional"}),
        (["approve", "approve", "conditions"], "", {"go"}),
        (["reject", "reject", "approve", "abstain"], "", {"stop"}),
        (["defer", "defer", "approve"], "", {"hold", "recycle"}),
        (["approve", "reject"], "approve", {"go"}),
        (["approve", "reject"], "reject", {"stop"}),
        (["approve", "reject"], "abstain", {"hold", "recycle"}),
        (["approve", "reject"], "", {"hold", "recycle"}),
        (["abstain", "recused"], "", {"hold", "recycle"}),
        (["approve", "recused", "recused"], "", {"go"}),
    ],
)
def test_the_most_votes_decide_and_the_chair_breaks_a_tie(votes, casting, verdicts):
    assert verdicts_for(votes, casting) == verdicts


def test_a_quorum_counts_members_with_a_vote_who_are_not_recused():
    assert Quorum(seats=5, present=4, free=3, needed=3).is_met
    recused = Quorum(seats=5, present=4, free=2, needed=3)
    assert not recused.is_met
    assert recused.words == "4 of 5 members with a vote present, 2 recused; 3 needed"


def test_votes_are_counted_in_the_order_in_which_they_are_offered():
    assert list(counted(["reject", "approve", "approve"]).items())[:4] == [
        ("approve", 2),
        ("conditions", 0),
        ("defer", 0),
        ("reject", 1),
    ]


def test_the_examples_in_the_documentation_hold():
    assert doctest.testmod(quorum).failed == 0
