"""Making a request: drafts as typed, submission into the register, questions, withdrawal."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event, Grant, Notice
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import Cycle, CycleState
from mainstay.identification.completeness import completeness_of
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import BusinessCase, Note, Request, State
from mainstay.identification.operations.cases import edit_case, open_case
from mainstay.identification.operations.forms import edit_form, publish_form
from mainstay.identification.operations.requests import (
    answer_request,
    draft_request,
    save_request,
    submit_request,
    withdraw_request,
)
from mainstay.identification.operations.triage import ask_request, return_request
from mainstay.portfolio.models import Project
from tests.identification.conftest import IDEA, TYPED

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_was_typed_even_if_it_is_wrong(intake):
    request = intake.drafted()
    save_request(request, actor=intake.rosa, answers={"calls": "many", "start": "next spring"})
    assert intake.fresh(request).answers == {"calls": "many", "start": "next spring"}
    assert request.code == "REQ-0001"
    assert Project.objects.count() == 4


def test_saving_some_answers_keeps_the_others(intake):
    request = intake.drafted(answers={"who": "Customers", "channel": "Web"})
    save_request(request, actor=intake.rosa, answers={"channel": ""})
    assert intake.fresh(request).answers == {"who": "Customers"}


def test_a_draft_is_seen_by_its_requester_only(intake):
    request = intake.drafted()
    assert list(Request.objects.visible_to(intake.rosa)) == [request]
    assert not Request.objects.visible_to(intake.amara).exists()
    assert not Request.objects.visible_to(intake.world.director).exists()
    assert not Event.objects.visible_to(intake.world.director).filter(noun="request").exists()
    assert Event.objects.visible_to(intake.rosa).filter(noun="request").count() == 0


def test_what_happens_to_requests_is_told_to_those_who_may_read_them(intake):
    intake.submitted()
    told = Event.objects.filter(verb="request.submit")
    assert Event.objects.visible_to(intake.amara).filter(pk__in=told).count() == 1
    assert Event.objects.visible_to(intake.world.sponsor).filter(pk__in=told).count() == 0


def test_only_the_requester_changes_a_request(intake):
    request = intake.drafted()
    with pytest.raises(Missing):
        save_request(request, actor=intake.amara, title="Mine now")
    submitted = intake.submitted()
    with pytest.raises(Forbidden):
        withdraw_request(submitted, actor=intake.amara)
    assert intake.fresh(request).title == "A portal for moving house"
    assert intake.fresh(submitted).state == State.SUBMITTED


def test_somebody_without_the_role_cannot_ask(intake):
    with pytest.raises(Missing):
        draft_request(intake.world.networks, actor=intake.world.stranger, edition=intake.edition)
    with pytest.raises(Missing):
        draft_request(intake.world.secret, actor=intake.rosa, edition=intake.edition)
    assert Request.objects.count() == 0


def test_an_incomplete_request_is_not_submitted(intake):
    request = intake.drafted(description="It is needed.", answers={"channel": "Phone", "start": "soon"})
    with pytest.raises(ValidationError) as refusal:
        submit_request(request, actor=intake.rosa)
    assert refusal.value.message_dict == {
        "who": ["This is needed."],
        "calls": ["This is needed."],
        "start": ["Write the date as 2026-03-31."],
    }
    assert intake.fresh(request).state == State.DRAFT
    assert Project.objects.count() == 4


def test_completeness_counts_and_names(intake):
    request = intake.drafted(answers={"channel": "Phone", "who": "Customers"})
    submit = completeness_of(request, Stage.SUBMIT)
    accept = completeness_of(request, Stage.ACCEPT)
    assert (submit.count, submit.names) == ("2/4", "What is needed and why, Calls a month")
    assert (accept.count, accept.names) == ("2/5", "What is needed and why, Calls a month, Sponsor")


def test_a_submitted_request_is_a_proposal_in_the_register(intake):
    request = intake.submitted(start="2027-04-01", theme="Digital")
    project = request.project
    assert (project.name, project.stage.key, project.theme) == ("A portal for moving house", "proposed", "Digital")
    assert (str(project.start_date), project.owner.username, project.proposed_by) == (
        "2027-04-01",
        "grace",
        intake.rosa,
    )
    assert Grant.objects.filter(person=intake.rosa, path=project.path, role="proposer").count() == 1
    assert (request.state, request.submitted_at, request.returns) == (State.SUBMITTED, request.clock_from, 0)


def test_the_office_is_told_after_the_commit(intake, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        request = intake.submitted()
    told = Notice.objects.filter(person=intake.amara)
    assert [notice.text for notice in told] == [f"{request.code} A portal for moving house was submitted."]
    assert told.get().url == f"/requests/{request.code}/"


def test_a_question_stops_the_clock_and_the_answer_starts_it_again(intake):
    monday = timezone.now().replace(hour=9) - timedelta(days=28 + timezone.now().weekday())
    with acting(at=monday):
        request = intake.submitted()
    with acting(at=monday + timedelta(days=1)):
        ask_request(request, actor=intake.amara, text="How many customers move?")
    asked = intake.fresh(request)
    assert (asked.state, asked.clock_from, asked.clock_used) == (State.QUESTIONED, None, timedelta(days=1))
    with acting(at=monday + timedelta(days=3)):
        answer_request(request, actor=intake.rosa, text="Twelve thousand a year.")
    answered = intake.fresh(request)
    assert (answered.state, answered.clock_from) == (State.SUBMITTED, monday + timedelta(days=3))
    assert (answered.clock_used, answered.returns) == (timedelta(days=1), 1)
    assert list(Note.objects.values_list("kind", "text")) == [
        ("question", "How many customers move?"),
        ("answer", "Twelve thousand a year."),
    ]


def test_resubmission_brings_the_project_up_to_date(intake):
    request = intake.submitted()
    return_request(request, actor=intake.amara, text="Say for whom.")
    save_request(request, actor=intake.rosa, title="A portal for moving home", answers={"theme": "Customers"})
    submit_request(request, actor=intake.rosa, reason="Now for households only.")
    project = Project.objects.get(pk=intake.fresh(request).project_id)
    assert (project.name, project.theme) == ("A portal for moving home", "Customers")
    assert Project.objects.count() == 5
    assert list(request.notes.values_list("kind", flat=True)) == ["return", "comment"]


def test_a_submitted_request_is_not_edited(intake):
    request = intake.submitted()
    with pytest.raises(Impossible, match="while the request is submitted"):
        save_request(request, actor=intake.rosa, title="Something else")
    assert intake.fresh(request).title == "A portal for moving house"


def test_a_stale_edit_is_refused_with_what_changed(intake):
    request = intake.drafted()
    save_request(request, actor=intake.rosa, expected_version=1, title="In one window")
    with pytest.raises(Stale) as refusal:
        save_request(request, actor=intake.rosa, expected_version=1, title="In another window")
    assert [(change.label, change.after) for change in refusal.value.changes] == [("Title", "In one window")]
    assert intake.fresh(request).title == "In one window"


def test_a_withdrawn_request_leaves_the_register(intake):
    request = intake.submitted()
    withdraw_request(request, actor=intake.rosa, reason="Bought elsewhere.")
    gone = intake.fresh(request)
    assert (gone.state, gone.project.stage.key) == (State.WITHDRAWN, "rejected")
    told = Event.objects.filter(verb="project.authorise").latest("pk").reason
    assert told == "Withdrawn by Rosa Lind. Bought elsewhere."


def test_the_cycle_open_for_proposals_decides(intake):
    top = intake.world.top
    cycle = {"portfolio": top, "start_date": "2027-01-01", "end_date": "2027-12-31", "state": CycleState.OPEN}
    Cycle.objects.create(name="Later", decision_date="2027-06-30", **cycle)
    first = Cycle.objects.create(name="First", decision_date="2027-01-31", **cycle)
    Cycle.objects.create(name="Over", decision_date="2026-01-31", intake_until="2020-01-01", **cycle)
    assert intake.submitted().cycle == first


def test_old_requests_keep_their_edition_until_they_move(intake):
    request = intake.drafted(answers=TYPED)
    changed = {"sections": [{**IDEA["sections"][0], "fields": [{"key": "who", "label": "For whom"}]}]}
    edit_form(intake.form, actor=MAINSTAY, draft=changed)
    newest = publish_form(intake.form, actor=MAINSTAY, reason="Shorter")
    save_request(request, actor=intake.rosa, title="Still the old one")
    assert (intake.fresh(request).edition, intake.fresh(request).answers) == (intake.edition, TYPED)
    save_request(request, actor=intake.rosa, to_newest_edition=True)
    assert (intake.fresh(request).edition, intake.fresh(request).answers) == (newest, {"who": TYPED["who"]})


def test_an_edition_that_is_not_the_newest_takes_no_new_requests(intake):
    edit_form(intake.form, actor=MAINSTAY, draft={**IDEA, "case_required_at": "submit"})
    publish_form(intake.form, actor=MAINSTAY)
    with pytest.raises(Impossible, match="newer edition"):
        intake.drafted()
    assert Request.objects.count() == 0


def test_the_business_case_counts_where_the_form_asks_for_one(intake):
    edit_form(intake.form, actor=MAINSTAY, draft={**IDEA, "case_required_at": "submit"})
    edition = publish_form(intake.form, actor=MAINSTAY)
    request = draft_request(
        intake.world.networks, actor=intake.rosa, edition=edition, title="Portal", description="d", answers=TYPED
    )
    assert completeness_of(request, Stage.SUBMIT).count == "3/11"
    case = open_case(request, actor=intake.rosa)
    edit_case(case, actor=intake.rosa, problem="Letters get lost.")
    complete = completeness_of(request, Stage.SUBMIT)
    assert complete.count == "5/11"
    with pytest.raises(ValidationError, match="Costs by period"):
        submit_request(request, actor=intake.rosa)
    assert intake.fresh(request).state == State.DRAFT


def test_the_business_case_goes_with_the_request_into_the_register(intake):
    request = intake.drafted(description="d", answers=TYPED)
    case = open_case(request, actor=intake.rosa)
    submit_request(request, actor=intake.rosa)
    bound = BusinessCase.objects.get(pk=case.pk)
    assert (bound.project, bound.edition) == (intake.fresh(request).project, 1)
    assert bound.editions.get().made_by == intake.rosa
