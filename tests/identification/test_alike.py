"""Look-alikes: found whoever wrote them, told only as far as the reader may know."""

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.system import MAINSTAY
from mainstay.identification import outcomes
from mainstay.identification.alike import near_duplicates, similar_to
from mainstay.identification.models import Merger, Request, State, Unlike
from mainstay.identification.operations.duplicates import dismiss_pair, merge_projects, merge_request
from mainstay.identification.operations.triage import accept_request
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import authorise_project, edit_project, propose_project

pytestmark = pytest.mark.django_db
TITLE, TEXT = "Customer self-service portal", "Customers change their address and pay bills themselves."


@pytest.fixture
def failed(intake):
    """A portal that was cancelled, with the reason that is its lesson."""
    project = propose_project(
        intake.world.networks, actor=MAINSTAY, name=TITLE, description=TEXT, code="OLD", cost="7777777.00"
    )
    target = Stage.objects.get(key="rejected")
    return authorise_project(project, actor=MAINSTAY, target=target, reason="Two records for each customer.")


def test_a_requester_sees_how_a_similar_project_ended(intake, failed):
    found = similar_to("A self service portal for customers", "", intake.rosa)
    assert [(one.project.code, one.is_open, one.outcome.reason) for one in found] == [
        ("OLD", False, "Two records for each customer.")
    ]
    assert set(found[0].shared) >= {"portal", "service", "self"}


def test_a_requester_sees_nothing_of_running_projects_of_others(intake, failed):
    assert similar_to("Replace the pumps", "", intake.rosa) == []
    assert [one.project.code for one in similar_to("Replace the pumps", "", intake.amara)] == ["PUMPS"]


def test_confidential_projects_leave_no_trace(intake):
    target = Stage.objects.get(key="rejected")
    authorise_project(intake.world.heron, actor=MAINSTAY, target=target, reason="A secret reason")
    assert similar_to("Project Heron", "", intake.rosa) == []
    assert [one.project.code for one in similar_to("Project Heron", "", intake.world.director)] == ["HERON"]


def test_lessons_of_later_rooms_are_told_with_the_outcome(intake, failed, monkeypatch):
    monkeypatch.setattr(outcomes, "_sources", [])
    outcomes.add_source(lambda ids: {failed.pk: ["Clean the records first."]} if failed.pk in ids else {})
    found = similar_to(TITLE, "", intake.rosa)
    assert found[0].outcome.lessons == ("Clean the records first.",)


def test_what_is_new_or_renamed_is_found_at_once(intake):
    assert "DREDGE" not in _codes(similar_to("Dredge the harbour", "", intake.amara))
    project = propose_project(intake.world.networks, actor=MAINSTAY, name="Dredge the harbour", code="DREDGE")
    assert _codes(similar_to("Dredging of the harbour", "", intake.amara))[0] == "DREDGE"
    edit_project(project, actor=MAINSTAY, name="Lighthouse lamp")
    assert "DREDGE" not in _codes(similar_to("Dredge the harbour", "", intake.amara))
    assert _codes(similar_to("Lamp of the lighthouse", "", intake.amara))[0] == "DREDGE"


def _codes(found):
    return [one.project.code for one in found]


def test_a_draft_of_somebody_else_is_never_found(intake):
    intake.drafted("Solar roof above bicycles")
    assert similar_to("Solar roof above bicycles", "", intake.amara) == []


def test_near_duplicates_are_listed_for_those_who_may_settle_both(intake):
    one, two = intake.submitted(TITLE), intake.submitted("Self-service portal for customers")
    pairs = near_duplicates(intake.amara, 0.4)
    assert [{pair.one_request.code, pair.other_request.code} for pair in pairs] == [{one.code, two.code}]
    assert near_duplicates(intake.rosa, 0.4) == []
    assert near_duplicates(intake.world.sponsor, 0.4) == []


def test_a_dismissed_pair_is_not_listed_again(intake):
    one, two = intake.submitted(TITLE), intake.submitted(TITLE)
    dismiss_pair(two.project, actor=intake.amara, other=one.project, reason="Another region.")
    assert near_duplicates(intake.amara, 0.4) == []
    assert Unlike.objects.get().one_id == min(one.project_id, two.project_id)
    with pytest.raises(Impossible):
        dismiss_pair(one.project, actor=intake.amara, other=two.project, reason="Again.")
    assert Unlike.objects.count() == 1


def test_merging_two_requests_keeps_both_histories(intake):
    one, two = intake.submitted(TITLE), intake.submitted("Portal for customers")
    merge_request(two, actor=intake.amara, into=one, reason="The same portal.")
    merged, survivor = intake.fresh(two), intake.fresh(one)
    assert (merged.state, merged.merged_into, survivor.state) == (State.MERGED, survivor, State.SUBMITTED)
    assert merged.answers == two.answers
    assert merged.notes.get().text == f"Merged into {one.code}: The same portal."
    assert survivor.notes.get().text == f"{two.code} was merged into this request: The same portal."
    assert merged.project.stage.key == "rejected"
    assert survivor.project.stage.key == "proposed"
    merger = Merger.objects.get()
    assert (merger.merged, merger.survivor) == (merged.project, survivor.project)
    reason = Project.Version.objects.filter(row_id=merged.project_id).latest("version_id").event.reason
    assert reason == f"Merged into {survivor.project.code} {TITLE}: The same portal."


def test_a_project_elsewhere_is_not_named_to_those_who_see_the_merged_one(intake):
    request = intake.submitted("New depot")
    merge_projects(request.project, actor=intake.world.director, into=intake.world.depot, reason="One depot.")
    reason = Project.Version.objects.filter(row_id=request.project_id).latest("version_id").event.reason
    assert reason == "Merged into another project: One depot."
    assert intake.fresh(request).state == State.MERGED
    assert not Merger.objects.visible_to(intake.rosa).exists()


@pytest.mark.parametrize("who", ["rosa", "sponsor", "stranger"])
def test_who_may_not_settle_look_alikes_is_refused(intake, who):
    one, two = intake.submitted(TITLE), intake.submitted(TITLE)
    person = intake.rosa if who == "rosa" else getattr(intake.world, who)
    with pytest.raises((Missing, Exception)) as refusal:
        merge_request(two, actor=person, into=one, reason="The same.")
    assert refusal.type.__name__ in {"Missing", "Forbidden"}
    assert intake.fresh(two).state == State.SUBMITTED
    assert not Merger.objects.exists()


def test_nothing_is_merged_into_itself_or_into_what_ended(intake):
    one, two = intake.submitted(TITLE), intake.submitted(TITLE)
    with pytest.raises(ValidationError, match="into itself"):
        merge_request(one, actor=intake.amara, into=one, reason="x")
    accept_request(two, actor=intake.amara)
    with pytest.raises(Impossible, match="accepted; it cannot be merged"):
        merge_request(two, actor=intake.amara, into=one, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        merge_request(one, actor=intake.amara, into=two, reason=" ")
    assert intake.fresh(one).state == State.SUBMITTED


def test_nobody_merges_away_a_request_of_their_own(intake):
    one, two = intake.submitted(), intake.submitted("Portal for moving house")
    Request.objects.filter(pk=two.pk).update(requester=intake.amara)
    two = intake.fresh(two)
    with pytest.raises(Forbidden, match=f"Amara Diallo asked for {two.code}"):
        merge_request(two, actor=intake.amara, into=one, reason="The same.")
    with pytest.raises(Forbidden, match=f"Amara Diallo asked for {two.code}"):
        merge_projects(two.project, actor=intake.amara, into=one.project, reason="The same.")
    assert intake.fresh(two).state == State.SUBMITTED
    assert not Merger.objects.exists()
