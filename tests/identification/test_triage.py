"""Triage: questions, returns, acceptance, rejection, many at once; refusals change nothing."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Event, Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.identification.models import Request, State
from mainstay.identification.operations.requests import save_request, submit_request
from mainstay.identification.operations.triage import (
    accept_request,
    ask_request,
    assign_request,
    reject_request,
    return_request,
    triage_requests,
)
from mainstay.portfolio.models import Project

pytestmark = pytest.mark.django_db


def test_an_accepted_request_goes_into_evaluation(intake, django_capture_on_commit_callbacks):
    request = intake.submitted()
    with django_capture_on_commit_callbacks(execute=True):
        accept_request(request, actor=intake.amara, reason="A clear need.")
    now = intake.fresh(request)
    assert (now.state, now.clock_from, now.project.stage.key) == (State.ACCEPTED, None, "under_evaluation")
    assert now.notes.get().text == "Accepted: A clear need."
    assert Event.objects.filter(verb="project.advance").latest("pk").person == intake.amara
    assert Notice.objects.filter(person=intake.rosa, text__endswith="was accepted.").count() == 1


def test_an_accepted_request_without_an_owner_is_owned_by_who_asked(intake):
    request = intake.drafted(description="d", answers={"who": "x", "sponsor": "grace"})
    submit_request(request, actor=intake.rosa)
    Project.objects.filter(pk=intake.fresh(request).project_id).update(owner=None)
    accept_request(intake.fresh(request), actor=intake.amara)
    assert intake.fresh(request).project.owner == intake.rosa


def test_an_incomplete_request_is_not_accepted(intake):
    request = intake.submitted(sponsor="")
    with pytest.raises(Impossible, match="complete in 3/4 only; missing: Sponsor"):
        accept_request(request, actor=intake.amara)
    assert intake.fresh(request).state == State.SUBMITTED
    assert intake.fresh(request).project.stage.key == "proposed"


def test_a_rejected_request_is_dropped_with_its_reason(intake):
    request = intake.submitted()
    reject_request(request, actor=intake.amara, reason="The year is full.")
    now = intake.fresh(request)
    assert (now.state, now.project.stage.key) == (State.REJECTED, "rejected")
    event = Event.objects.filter(verb="project.authorise").latest("pk")
    assert (event.who, event.reason) == ("Amara Diallo", f"Request {request.code} was rejected: The year is full.")


def test_who_triages_without_the_right_to_authorise_drops_the_project_through_mainstay(intake):
    request = intake.submitted()
    reject_request(request, actor=intake.world.administrator, reason="No.")
    event = Event.objects.filter(verb="project.authorise").latest("pk")
    assert event.who == "Mainstay"
    assert event.reason == f"Request {request.code} was rejected: No. (decided by Ada Admin)"


def test_a_rejection_needs_a_reason(intake):
    request = intake.submitted()
    with pytest.raises(ValidationError, match="Say why"):
        reject_request(request, actor=intake.amara, reason="  ")
    assert intake.fresh(request).state == State.SUBMITTED


def test_those_who_may_not_triage_are_refused_and_nothing_happens(intake):
    request = intake.submitted()
    before = Event.objects.count()
    for who in (intake.world.stranger, intake.world.project_manager):
        with pytest.raises(Missing):
            accept_request(request, actor=who)
    for who in (intake.world.sponsor, intake.world.controller):
        with pytest.raises(Forbidden):
            return_request(request, actor=who, text="No.")
    with pytest.raises(Missing):
        assign_request(request, actor=intake.rosa, officer=intake.rosa)
    assert intake.fresh(request).state == State.SUBMITTED
    assert Event.objects.count() == before


def test_a_draft_is_not_there_for_the_office(intake):
    request = intake.drafted()
    with pytest.raises(Missing):
        accept_request(request, actor=intake.amara)
    with pytest.raises(Missing):
        assign_request(request, actor=intake.amara, officer=intake.amara)
    assert intake.fresh(request).version == request.version


def test_the_officer_is_somebody_who_may_triage_there(intake):
    request = intake.submitted()
    assign_request(request, actor=intake.amara, officer=intake.world.director)
    assert intake.fresh(request).officer == intake.world.director
    with pytest.raises(ValidationError, match="may not triage"):
        assign_request(request, actor=intake.amara, officer=intake.world.sponsor)
    assert intake.fresh(request).officer == intake.world.director


def test_the_clock_counts_only_what_the_office_took(intake):
    monday = datetime.fromisoformat("2026-10-05T09:00:00+00:00")
    days = {"submit": 0, "ask": 2, "answer": 7, "return": 8, "again": 14, "accept": 15}
    at = {name: monday + timedelta(days=day) for name, day in days.items()}
    with acting(at=at["submit"]):
        request = intake.submitted()
    with acting(at=at["ask"]):
        ask_request(request, actor=intake.amara, text="For whom?")
    with acting(at=at["answer"]):
        from mainstay.identification.operations.requests import answer_request

        answer_request(request, actor=intake.rosa, text="For all.")
    with acting(at=at["return"]):
        return_request(request, actor=intake.amara, text="Name the saving.")
    with acting(at=at["again"]):
        save_request(request, actor=intake.rosa, description="It saves 10,000 letters.")
        submit_request(request, actor=intake.rosa)
    with acting(at=at["accept"]):
        accept_request(request, actor=intake.amara)
    now = intake.fresh(request)
    assert (now.clock_used, now.returns, now.decided_at) == (timedelta(days=4), 2, at["accept"])
    assert now.submitted_at == monday


def test_many_are_returned_at_once_and_what_cannot_be_is_named(intake):
    first, second = intake.submitted("First"), intake.submitted("Second")
    done = intake.submitted("Done")
    accept_request(done, actor=intake.amara)
    outcomes = triage_requests([first, second, done], actor=intake.amara, action="return", text="After the summer.")
    assert [(one.request.title, one.problem) for one in outcomes] == [
        ("First", ""),
        ("Second", ""),
        ("Done", f"{done.code} is accepted; this cannot be done to it now."),
    ]
    assert [intake.fresh(one).state for one in (first, second, done)] == ["returned", "returned", "accepted"]
    assert Event.objects.filter(verb="requests.triage").get().count == 4


def test_of_many_only_complete_ones_are_accepted(intake):
    complete, incomplete = intake.submitted("Complete"), intake.submitted("Incomplete", sponsor="")
    outcomes = triage_requests([complete, incomplete], actor=intake.amara, action="accept")
    assert [bool(one.problem) for one in outcomes] == [False, True]
    assert intake.fresh(complete).project.stage.key == "under_evaluation"
    assert intake.fresh(incomplete).project.stage.key == "proposed"


def test_many_in_different_portfolios_need_the_right_in_each(intake):
    inside = intake.submitted()
    give_grant(intake.rosa, actor=MAINSTAY, role=Role.REQUESTER, path=intake.world.top.path)
    from mainstay.identification.operations.requests import draft_request

    outside = draft_request(
        intake.world.top, actor=intake.rosa, edition=intake.edition, title="Outside", description="d",
        answers={"who": "x"},
    )  # fmt: skip
    submit_request(outside, actor=intake.rosa)
    with pytest.raises(Missing):
        triage_requests([inside, outside], actor=intake.amara, action="assign", officer=intake.amara)
    assert intake.fresh(inside).officer is None
    assert timezone.is_aware(intake.fresh(outside).submitted_at)


def test_nobody_accepts_or_rejects_what_they_asked_for_themselves(intake):
    request = intake.submitted()
    Request.objects.filter(pk=request.pk).update(requester=intake.amara)
    before = Event.objects.count()
    own = intake.fresh(request)
    for decide in (accept_request, reject_request):
        with pytest.raises(Forbidden, match=f"own cause: Amara Diallo asked for {request.code}. .* can"):
            decide(own, actor=intake.amara, reason="I want it.")
    [outcome] = triage_requests([own], actor=intake.amara, action="accept")
    assert "Nobody decides on their own cause" in outcome.problem
    assert intake.fresh(request).state == State.SUBMITTED
    assert Event.objects.exclude(verb="requests.triage").count() == before


def test_the_page_of_ones_own_request_offers_no_decision(intake, client):
    request = intake.submitted()
    Request.objects.filter(pk=request.pk).update(requester=intake.amara)
    client.force_login(intake.amara)
    said = client.get(f"/requests/{request.code}/").content.decode()
    assert "Why it is accepted" not in said
    assert "Reject the request" not in said
    answer = client.post(f"/requests/{request.code}/acceptance/", {"reason": ""})
    assert answer.status_code == 403
    assert "Nobody decides on their own cause" in answer.content.decode()
    assert intake.fresh(request).state == State.SUBMITTED
