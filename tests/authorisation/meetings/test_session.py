"""A sitting: frozen papers, votes, recusal, delegation, what is decided and when it takes effect."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.deciding import log
from mainstay.authorisation.meetings.operations.concluding import close_meeting, release_meeting
from mainstay.authorisation.meetings.operations.preparing import edit_meeting, freeze_meeting, set_agenda
from mainstay.authorisation.meetings.operations.session import (
    cast_vote,
    decide_item,
    meet_condition,
    open_meeting,
    set_condition,
)
from mainstay.authorisation.meetings.papers import fingerprint
from mainstay.authorisation.meetings.queries import changed_since
from mainstay.authorisation.models import AgendaItem, Condition, Decision, Meeting, Vote
from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event, Notice
from mainstay.core.system import MAINSTAY
from mainstay.governance.operations.delegations import set_delegation
from mainstay.portfolio.guards import obstacles
from mainstay.portfolio.models import Project, Transition
from mainstay.portfolio.operations.projects import edit_project


def vote(committee, item, **choices):
    for username, choice in choices.items():
        reason = "" if choice in {"approve", "abstain"} else "Because of the pilot"
        cast_vote(item, actor=committee.person(username), choice=choice, reason=reason)


def all_approve(committee, item):
    vote(committee, item, bao="approve", cleo="approve", dev="approve", ena="approve")


def decided(committee, code, verdict="go"):
    item = committee.item(code)
    all_approve(committee, item)
    return decide_item(item, actor=committee.chair, verdict=verdict, reason="Worth it")


def released(committee, meeting):
    return release_meeting(close_meeting(meeting, actor=committee.secretary), actor=committee.secretary)


def stage(code):
    return Project.objects.get(code=code).stage.key


def test_a_frozen_paper_stays_as_it_was_whatever_happens_after(committee):
    freeze_meeting(committee.planned("N1"), actor=committee.secretary)
    before = committee.item("N1")
    edit_project(Project.objects.get(code="N1"), actor=MAINSTAY, cost=Decimal(999_999))
    after = committee.item("N1")
    assert after.paper == before.paper
    assert ["Whole-life cost", "GBP 100,000"] in after.paper["parts"][0]["facts"]
    assert after.paper_sha256 == fingerprint(after.paper)
    assert changed_since(after) == ["The project"]


def test_an_agenda_is_arranged_while_the_meeting_is_planned_only(committee):
    meeting = committee.planned("N1", "N2")
    first, second = meeting.items.values_list("pk", flat=True)
    set_agenda(meeting, actor=committee.secretary, items=[{"item": second}, {"item": first}, {"title": "Any other"}])
    assert list(meeting.items.values_list("title", flat=True)) == ["Project N2", "Project N1", "Any other"]
    with pytest.raises(Stale):
        set_agenda(meeting, actor=committee.secretary, items=[], expected_version=1)
    freeze_meeting(meeting, actor=committee.secretary)
    with pytest.raises(Impossible, match="its agenda stands"):
        set_agenda(meeting, actor=committee.secretary, items=[])
    assert meeting.items.count() == 3


def test_only_what_waits_for_the_board_comes_on_its_agenda(committee):
    meeting = committee.planned()
    for wanted in ({"project": "DEPOT"}, {"project": "PUMPS"}, {"scenario": 99}, {"title": " "}):
        with pytest.raises(ValidationError):
            set_agenda(meeting, actor=committee.secretary, items=[wanted])
    assert not meeting.items.exists()


def test_members_present_vote_and_others_do_not(committee):
    committee.sitting("N1")
    item = committee.item("N1")
    with pytest.raises(Forbidden, match="you are not among them"):
        cast_vote(item, actor=committee.person("fay"), choice="approve")
    with pytest.raises(ValidationError, match="Say why"):
        cast_vote(item, actor=committee.chair, choice="reject")
    assert not Vote.objects.exists()
    vote(committee, item, cleo="approve")
    vote(committee, item, cleo="reject")
    assert list(Vote.objects.values_list("choice", flat=True)) == ["reject"]


def test_who_owns_a_project_is_recused_with_the_reason_and_cannot_vote(committee):
    edit_project(Project.objects.get(code="N1"), actor=MAINSTAY, owner=committee.person("cleo"))
    committee.sitting("N1")
    item = committee.item("N1")
    (recusal,) = item.votes.all()
    assert (recusal.person.username, recusal.choice) == ("cleo", "recused")
    assert recusal.reason == "Own cause: Cleo Member owns Project N1."
    with pytest.raises(Forbidden, match="Nobody votes on their own cause"):
        cast_vote(item, actor=committee.person("cleo"), choice="approve")
    assert item.votes.get().choice == "recused"


def test_without_a_quorum_free_of_conflict_nothing_is_decided(committee):
    edit_project(Project.objects.get(code="N1"), actor=MAINSTAY, owner=committee.person("cleo"))
    committee.sitting("N1", present=("bao", "cleo", "dev"))
    item = committee.item("N1")
    vote(committee, item, bao="approve", dev="approve")
    with pytest.raises(Impossible, match="no quorum for this item: 3 of 5 members with a vote present, 1 recused"):
        decide_item(item, actor=committee.chair, verdict="go", reason="Worth it")
    assert committee.item("N1").verdict == ""


def test_a_recused_chair_lets_another_member_put_the_outcome_on_record(committee):
    edit_project(Project.objects.get(code="N1"), actor=MAINSTAY, manager=committee.chair)
    committee.sitting("N1")
    item = committee.item("N1")
    vote(committee, item, cleo="approve", dev="approve", ena="approve")
    with pytest.raises(Impossible, match="The chair puts the outcome on record"):
        decide_item(item, actor=committee.chair, verdict="go", reason="Mine")
    assert decide_item(item, actor=committee.person("cleo"), verdict="go", reason="Worth it").verdict == "go"


def test_the_outcome_follows_the_votes_and_everybody_present_has_voted(committee):
    committee.sitting("N1")
    item = committee.item("N1")
    vote(committee, item, bao="approve", cleo="reject", dev="reject")
    with pytest.raises(Impossible, match="1 member present did not vote yet"):
        decide_item(item, actor=committee.chair, verdict="stop", reason="Too dear")
    vote(committee, item, ena="reject")
    with pytest.raises(Impossible, match="The votes say stop"):
        decide_item(item, actor=committee.chair, verdict="go", reason="I like it")
    assert decide_item(item, actor=committee.chair, verdict="stop", reason="Too dear").verdict == "stop"


def test_a_board_decides_within_its_delegation_only(committee):
    set_delegation(
        committee.world.networks, actor=MAINSTAY, board=committee.board, up_to=Decimal(50_000), currency="GBP"
    )
    committee.sitting("N1")
    with pytest.raises(Forbidden, match="Project N1 costs GBP 100,000; Investment board decides up to 50,000 GBP"):
        decided(committee, "N1")
    assert committee.item("N1").verdict == ""
    assert stage("N1") == "candidate"


def test_a_conditional_go_needs_a_condition_which_blocks_after_the_release(committee):
    meeting = committee.sitting("N1")
    item = committee.item("N1")
    vote(committee, item, bao="conditions", cleo="conditions", dev="approve", ena="approve")
    with pytest.raises(Impossible, match="Write at least one condition"):
        decide_item(item, actor=committee.chair, verdict="conditional", reason="After the pilot")
    jonas = committee.world.project_manager
    set_condition(item, actor=committee.secretary, text="Pilot result", owner=jonas, due_date=date(2027, 6, 30))
    decide_item(item, actor=committee.chair, verdict="conditional", reason="After the pilot")
    assert not Condition.objects.visible_to(committee.world.controller).exists()
    released(committee, meeting)
    assert stage("N1") == "authorised"
    way = Transition(guards=["conditions_met"])
    assert obstacles(Project.objects.get(code="N1"), way) == ["1 condition not met yet: “Pilot result”."]
    assert "You own a condition, due 30 June: Pilot result" in Notice.objects.filter(person=jonas).values_list(
        "text", flat=True
    )
    meet_condition(Condition.objects.get(), actor=MAINSTAY, evidence="Report of 12 June")
    assert obstacles(Project.objects.get(code="N1"), way) == []


def test_decisions_take_effect_with_the_release_and_go_into_the_log(committee):
    meeting = committee.sitting("N1", "N2")
    decided(committee, "N1")
    item = committee.item("N2")
    vote(committee, item, bao="reject", cleo="reject", dev="reject", ena="approve")
    decide_item(item, actor=committee.chair, verdict="stop", reason="Too dear")
    assert (stage("N1"), stage("N2"), Decision.objects.count()) == ("candidate", "candidate", 0)
    released(committee, meeting)
    assert (stage("N1"), stage("N2")) == ("authorised", "rejected")
    further = committee.item("N2").decision.record.content
    assert '"choice":"reject","person":"Bao Chair","reason":"Because of the pilot"' in further
    assert log.verify() == []


def test_a_release_that_cannot_be_carried_out_releases_nothing(committee):
    meeting = committee.sitting("N1", "N2")
    decided(committee, "N1")
    decided(committee, "N2")
    close_meeting(meeting, actor=committee.secretary)
    Project.objects.filter(code="N2").update(stage=Project.objects.get(code="PUMPS").stage)
    with pytest.raises(Impossible, match="“Project N2” could not be carried out, so nothing was released"):
        release_meeting(meeting, actor=committee.secretary)
    assert (stage("N1"), Meeting.objects.get().state, Decision.objects.count()) == ("candidate", "closed", 0)


def test_minutes_are_drafted_from_what_happened_and_written_until_the_release(committee):
    meeting = committee.sitting("N1")
    decided(committee, "N1")
    meeting = close_meeting(meeting, actor=committee.secretary)
    assert "Present: Bao Chair, Cleo Member, Dev Member and Ena Member." in meeting.minutes
    assert "1. Project N1: go.\nWorth it\nVotes: 4 approve." in meeting.minutes
    edit_meeting(meeting, actor=committee.secretary, minutes="As agreed")
    meeting = release_meeting(meeting, actor=committee.secretary)
    with pytest.raises(Impossible, match="minutes can no longer be changed"):
        edit_meeting(meeting, actor=committee.secretary, minutes="Otherwise")
    assert Meeting.objects.get().minutes == "As agreed"


def test_outside_the_board_nothing_is_seen_before_the_release(committee, client):
    meeting = committee.sitting("N1")
    decided(committee, "N1")
    sponsor = committee.world.sponsor
    client.force_login(sponsor)
    item = committee.item("N1")
    for url in (f"/authorise/meetings/{meeting.pk}/", f"/authorise/items/{item.pk}/"):
        assert client.get(url).status_code == 404
    assert not AgendaItem.objects.visible_to(sponsor).exists()
    assert not Vote.objects.visible_to(sponsor).exists()
    assert not Vote.objects.visible_to(committee.world.administrator).exists()
    told = Event.objects.visible_to(sponsor).filter(verb__in=["vote.cast", "item.decide", "meeting.open"])
    assert not told.exists()
    assert "Worth it" not in str(list(Event.objects.values_list("changes", flat=True)))
    released(committee, meeting)
    page = client.get(f"/authorise/items/{item.pk}/").content.decode()
    assert "Worth it" in page
    assert "Bao Chair: approve" in page


def test_a_project_that_is_confidential_stays_so_after_the_release(committee):
    meeting = committee.sitting("N1")
    decided(committee, "N1")
    released(committee, meeting)
    assert AgendaItem.objects.visible_to(committee.world.sponsor).count() == 1
    Project.objects.filter(code="N1").update(
        seal=committee.world.secret.path, path=f"{committee.world.secret.path}x/"
    )
    assert not AgendaItem.objects.visible_to(committee.world.sponsor).exists()
    assert not Vote.objects.visible_to(committee.world.sponsor).exists()


def test_a_meeting_is_opened_once_with_people_who_hold_a_seat(committee):
    meeting = freeze_meeting(committee.planned("N1"), actor=committee.secretary)
    with pytest.raises(ValidationError, match="1 of them hold no seat"):
        open_meeting(meeting, actor=committee.secretary, present=committee.ids("grace"))
    assert Meeting.objects.get().state == "frozen"
    open_meeting(meeting, actor=committee.secretary, present=committee.ids("bao"))
    with pytest.raises(Impossible, match="in session"):
        open_meeting(meeting, actor=committee.secretary)


def test_who_may_not_see_the_board_finds_no_meeting(committee):
    meeting = committee.planned("N1")
    with pytest.raises(Missing):
        freeze_meeting(meeting, actor=committee.world.stranger)
    assert Meeting.objects.get().state == "planned"
