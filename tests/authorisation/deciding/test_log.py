"""Whoever changes a byte of a decision, of what it rests on or of the log is found."""

from datetime import timedelta

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from mainstay.authorisation.deciding.content import canonical, sha256
from mainstay.authorisation.deciding.log import fingerprint, verify
from mainstay.authorisation.deciding.operations.adopting import adopt_scenario, undo_adoption
from mainstay.authorisation.deciding.replay import corrected_since, replay
from mainstay.authorisation.models import Decision, DecisionLine, DecisionRecord, LogHead, Solution
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.core.errors import Impossible
from mainstay.portfolio.operations.projects import edit_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(golden, branch):
    """Three records: a selection adopted after a scenario was adopted and taken back."""
    first = adopt_scenario(branch.scenario, actor=golden.member)
    undo_adoption(first, actor=golden.member, reason="The wrong branch")
    return adopt_selection(golden.solved(), actor=golden.member)


def test_a_log_nobody_touched_is_whole(decided):
    assert verify() == []
    assert DecisionRecord.objects.count() == 3


def test_a_log_without_a_decision_is_whole():
    assert verify() == []


TEXTS = ["title", "statement", "note", "currency", "problem_sha256"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_text_of_a_decision_is_found(decided, name):
    Decision.objects.filter(pk=decided.pk).update(
        **{name: Concat(Value("x"), F(name))} if name not in {"currency", "problem_sha256"} else {name: "XXX"}
    )
    assert [str(each) for each in verify()] == ["Record 3: the decision it is about was changed after it was taken."]


@pytest.mark.parametrize("name", ["budget", "cost", "value"])
def test_a_changed_figure_of_a_decision_is_found(decided, name):
    Decision.objects.filter(pk=decided.pk).update(**{name: F(name) + 1})
    assert [each.number for each in verify()] == [3]


@pytest.mark.parametrize("name", ["known_at", "decided_at"])
def test_a_changed_moment_of_a_decision_is_found(decided, name):
    moved = getattr(Decision.objects.get(pk=decided.pk), name) + timedelta(microseconds=1)
    Decision.objects.filter(pk=decided.pk).update(**{name: moved})
    assert [each.number for each in verify()] == [3]


def test_who_decided_is_part_of_it(decided, golden):
    Decision.objects.filter(pk=decided.pk).update(decided_by=golden.manager)
    assert [each.number for each in verify()] == [3]


def test_a_decision_taken_back_in_secret_is_found(decided):
    Decision.objects.filter(pk=decided.pk).update(undone_at=decided.decided_at)
    assert [each.what for each in verify()] == ["whether it was taken back is not what the log says."]


@pytest.mark.parametrize("change", [{"reason": "Other"}, {"outcome": "rejected"}, {"value": 1.5}, {"cost": 1}])
def test_a_changed_line_is_found(decided, change):
    DecisionLine.objects.filter(pk=decided.lines.last().pk).update(**change)
    assert [each.what for each in verify()] == ["what it decided on single projects was changed."]


def test_a_missing_line_is_found(decided):
    DecisionLine.objects.filter(pk=decided.lines.last().pk).delete()
    assert [each.number for each in verify()] == [3]


@pytest.mark.parametrize("name", ["problem", "answer"])
def test_a_changed_problem_or_answer_is_found(decided, name):
    solution = Solution.objects.get(pk=decided.solution_id)
    Solution.objects.filter(pk=solution.pk).update(**{name: getattr(solution, name) | {"name": "Other"}})
    assert [each.what for each in verify()] == ["the problem or the answer it rests on was changed."]


def test_every_byte_of_a_record_counts(decided):
    kept = DecisionRecord.objects.get(number=2)
    for place in range(0, len(kept.content), 17):
        changed = kept.content[:place] + ("x" if kept.content[place] != "x" else "y") + kept.content[place + 1 :]
        DecisionRecord.objects.filter(pk=kept.pk).update(content=changed)
        assert 2 in [each.number for each in verify()], place
    DecisionRecord.objects.filter(pk=kept.pk).update(content=kept.content)
    assert verify() == []


def test_a_record_rewritten_with_a_fitting_fingerprint_breaks_the_chain(decided):
    kept = DecisionRecord.objects.get(number=2)
    kept.content = kept.content.replace("wrong branch", "right branch")
    kept.sha256 = fingerprint(kept)
    kept.save()
    assert any(each.what == "does not follow the record before it." for each in verify())


def test_a_record_taken_out_of_the_middle_is_found(decided):
    DecisionRecord.objects.filter(number=2).delete()
    assert "Record 2: is missing; number 3 follows." in [str(each) for each in verify()]


def test_a_tail_that_was_cut_off_is_found(decided):
    DecisionRecord.objects.filter(number=3).delete()
    told = [str(each) for each in verify()]
    assert told == [
        "The log ends with record 2, its signed head says 3.",
        f"Decision no. {decided.pk} is not in the log.",
    ]


def test_a_head_that_was_moved_with_the_tail_has_no_valid_signature(decided):
    last = DecisionRecord.objects.get(number=2)
    DecisionRecord.objects.filter(number=3).delete()
    LogHead.objects.update(count=2, sha256=last.sha256)
    assert "The head of the log was changed: its signature is not this instance's." in [
        str(each) for each in verify()
    ]


def test_a_replay_gives_the_same_answer_and_lists_later_corrections_apart(decided, golden):
    found = replay(decided)
    assert found.matches
    assert found.result_then == found.result_now
    assert found.statement == "Solved anew, the stored problem gives the same answer: nothing differs."
    edit_project(golden.project("D"), actor=golden.manager, benefit=70)
    assert replay(decided).matches
    assert "D" in corrected_since(decided)


def test_a_replay_tells_what_differs(decided):
    solution = Solution.objects.get(pk=decided.solution_id)
    solution.problem["limits"][0]["total"] = 330
    solution.save()
    found = replay(Decision.objects.get(pk=decided.pk))
    assert not found.matches
    assert "Now in: D." in found.differences
    assert "No longer in: E." in found.differences


def test_a_decision_without_a_problem_cannot_be_replayed(decided):
    with pytest.raises(Impossible, match="nothing to replay"):
        replay(Decision.objects.get(title__startswith="Taken back"))


def test_the_fingerprint_of_a_known_text():
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
