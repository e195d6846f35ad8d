"""The pages of requests and triage, without a browser."""

import json

import pytest
from django.test import Client

from mainstay.core.system import MAINSTAY
from mainstay.identification.models import FormEdition, Request, RequestForm, State
from mainstay.identification.operations.forms import edit_form, publish_form
from mainstay.identification.operations.triage import assign_request
from tests.identification.conftest import TYPED
from tests.second_save import answered

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_request_is_drafted_kept_and_submitted(intake):
    rosa = browser(intake.rosa)
    assert rosa.post("/requests/new/", {"form": "idea"}).url == "/requests/REQ-0001/edit/"
    typed = {f"answer_{key}": value for key, value in TYPED.items()}
    sent = {"title": "Portal", "description": "d", "version": "1", "shown": ["who", "channel"], **typed}
    kept = rosa.post("/requests/REQ-0001/edit/", sent | {"action": "autosave"}, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert b"Complete 3/3" in kept.content
    assert b'id="version" value="2"' in kept.content
    answer = rosa.post("/requests/REQ-0001/edit/", sent | {"version": "2", "action": "submit"}, follow=True)
    assert answer.redirect_chain == [("/requests/REQ-0001/", 302)]
    assert Request.objects.get().state == State.SUBMITTED


def test_a_form_sent_in_place_goes_on_or_comes_back_whole(intake):
    rosa = browser(intake.rosa)
    request = intake.drafted(description="d")
    sent = {"title": "Portal", "description": "d", "version": "1", "action": ["autosave", "submit"]}
    refused = rosa.post(f"/requests/{request.code}/edit/", sent, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["HX-Retarget"], refused["HX-Reswap"]) == (422, "#main", "outerHTML")
    done = rosa.post(
        f"/requests/{request.code}/edit/",
        sent | {"answer_who": "Customers", "version": "2"},
        headers={"HX-Request": "true"},
    )
    assert done["HX-Redirect"] == f"/requests/{request.code}/"
    assert intake.fresh(request).state == State.SUBMITTED


def test_what_is_missing_stands_beside_its_question_and_what_was_typed_stays(intake):
    rosa = browser(intake.rosa)
    request = intake.drafted()
    sent = {"title": "Portal", "description": "d", "version": "1", "action": "submit", "answer_start": "soon"}
    answer = rosa.post(f"/requests/{request.code}/edit/", sent)
    assert answer.status_code == 422
    assert b'id="id_answer_who-error"' in answer.content
    assert b"Write the date as 2026-03-31." in answer.content
    assert b'value="soon"' in answer.content
    assert intake.fresh(request).answers == {"start": "soon"}
    assert intake.fresh(request).state == State.DRAFT


def test_a_conditional_question_appears_without_touching_the_others(intake):
    rosa = browser(intake.rosa)
    request = intake.drafted()
    sent = {"title": "Portal", "version": "1", "action": "autosave", "answer_channel": "Phone"}
    shown = {"shown": ["who", "channel", "start", "theme", "sponsor"]}
    answer = rosa.post(f"/requests/{request.code}/edit/", sent | shown, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert 'id="question-calls" hx-swap-oob="true"' in text
    assert "question-who" not in text


def test_a_second_window_is_told_and_keeps_what_was_typed(intake):
    rosa = browser(intake.rosa)
    request = intake.drafted()
    first = {"title": "In one window", "version": "1", "action": "save"}
    rosa.post(f"/requests/{request.code}/edit/", first)
    answer = rosa.post(f"/requests/{request.code}/edit/", first | {"title": "In another"})
    assert answer.status_code == 409
    assert b'value="In another"' in answer.content
    assert intake.fresh(request).title == "In one window"


def test_an_answer_given_in_another_window_is_taken_over_or_chosen(intake):
    rosa = browser(intake.rosa)
    url = f"/requests/{intake.drafted().code}/edit/"
    page = answered(rosa.get(url)) | {"title": ["Portal"], "action": ["save"]}
    assert rosa.post(url, page | {"answer_who": "Customers", "answer_theme": "Water"}).status_code == 302
    second = rosa.post(url, page | {"answer_who": "Staff", "description": "By phone"})
    assert second.status_code == 409
    assert "Taken over as saved" in second.content.decode()
    assert intake.fresh(Request.objects.get()).answers == {"who": "Customers", "theme": "Water"}
    assert rosa.post(url, answered(second, answer_who="theirs") | {"action": ["save"]}).status_code == 302
    saved = Request.objects.get()
    assert (saved.answers, saved.description) == ({"who": "Customers", "theme": "Water"}, "By phone")


def test_a_form_kept_while_typing_says_that_another_window_saved(intake):
    rosa = browser(intake.rosa)
    url = f"/requests/{intake.drafted().code}/edit/"
    rosa.post(url, {"title": "In one window", "version": "1", "action": "save"})
    sent = {"title": "In another", "version": "1", "action": "autosave"}
    answer = rosa.post(url, sent, headers={"HX-Request": "true"})
    assert "nothing is kept until you compare" in answer.content.decode()
    assert Request.objects.get().title == "In one window"


@pytest.mark.parametrize(("whose", "label"), [("mine", "Who needs it?"), ("theirs", "For whom?")])
def test_questions_that_two_people_changed_are_a_choice(intake, whose, label):
    ada, url = browser(intake.world.administrator), "/identify/forms/idea/"
    page = answered(ada.get(url)) | {"action": ["save"]}
    assert ada.post(url, page | {"section-0-field-0-label": "For whom?"}).status_code == 302
    second = ada.post(url, page | {"section-0-field-0-label": "Who needs it?", "description": "Any idea"})
    assert second.status_code == 409
    assert "Questions: whose version stays?" in " ".join(second.content.decode().split())
    assert RequestForm.objects.get(key="idea").draft["sections"][0]["fields"][0]["label"] == "For whom?"
    sent = answered(second, questions=whose) | {"action": ["save"]}
    assert ada.post(url, sent).status_code == 302
    saved = RequestForm.objects.get(key="idea")
    assert (saved.draft["sections"][0]["fields"][0]["label"], saved.description) == (label, "Any idea")


def test_questions_only_the_other_one_changed_are_taken_over(intake):
    ada, url = browser(intake.world.administrator), "/identify/forms/idea/"
    page = answered(ada.get(url)) | {"action": ["save"]}
    assert ada.post(url, page | {"section-0-field-0-label": "For whom?"}).status_code == 302
    second = ada.post(url, page | {"description": "Any idea"})
    assert second.status_code == 409
    assert 'value="For whom?"' in second.content.decode()
    assert ada.post(url, answered(second) | {"action": ["save"]}).status_code == 302
    assert RequestForm.objects.get(key="idea").draft["sections"][0]["fields"][0]["label"] == "For whom?"


def test_scripts_are_shown_as_text_everywhere(intake):
    request = intake.submitted(SCRIPT, who=SCRIPT, theme=SCRIPT)
    amara = browser(intake.amara)
    for address in ("/identify/", f"/requests/{request.code}/", "/identify/duplicates/?level=0.4", "/activity/"):
        answer = amara.get(address)
        assert answer.status_code == 200
        assert SCRIPT.encode() not in answer.content
    assert b"&lt;script&gt;" in amara.get("/identify/").content


def test_the_help_of_a_question_is_text_and_never_markup(intake):
    definition = {"sections": [{"key": "s", "title": "S", "fields": [{"key": "q", "label": "Q", "help": SCRIPT}]}]}
    edit_form(intake.form, actor=MAINSTAY, draft=definition)
    publish_form(intake.form, actor=MAINSTAY)
    rosa = browser(intake.rosa)
    page = rosa.get(rosa.post("/requests/new/", {"form": "idea"}).url).content
    assert SCRIPT.encode() not in page
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_queue_is_narrowed_as_asked(intake):
    first, second = intake.submitted("Bridges"), intake.submitted("Tunnels")
    assign_request(second, actor=MAINSTAY, officer=intake.amara)
    amara = browser(intake.amara)
    assert [line.request for line in amara.get("/identify/").context["board"].lines] == [first, second]
    mine = amara.get("/identify/?officer=me&form=idea&portfolio=NET").context["board"].lines
    assert [line.request for line in mine] == [second]
    assert amara.get("/identify/?q=bridge").context["board"].lines[0].request == first
    assert amara.get("/identify/?state=accepted&late=1").context["board"].lines == []


def test_many_are_returned_from_the_board(intake):
    codes = [intake.submitted("One").code, intake.submitted("Two").code]
    sent = {"selected": codes, "action": "return", "text": "After the summer.", "here": "/identify/?late="}
    answer = browser(intake.amara).post("/identify/many/", sent)
    assert answer.url == "/identify/?late="
    assert set(Request.objects.values_list("state", flat=True)) == {"returned"}


def test_the_board_asks_the_database_as_often_for_many_as_for_few(intake):
    amara = browser(intake.amara)

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert amara.get("/identify/").status_code == 200
        return len(queries)

    intake.submitted("One")
    few = count()
    for number in range(6):
        intake.submitted(f"Number {number}")
    assert count() <= few
    assert few <= 60


def test_an_administrator_builds_a_form_without_typing_code(intake):
    ada = browser(intake.world.administrator)
    assert ada.post("/identify/forms/", {"name": "Change", "key": "change"}).url == "/identify/forms/change/"
    facts = {"name": "Change", "answer_within_days": "5", "position": "1", "version": "1"}
    ada.post("/identify/forms/change/", facts | {"action": "add-section"})
    one = facts | {"version": "2", "section-0-title": "Where", "section-0-key": "where"}
    ada.post("/identify/forms/change/", one | {"action": "add-field:0"})
    asked = one | {"version": "3", "section-0-field-0-label": "Which site", "section-0-field-0-key": ""}
    asked |= {"section-0-field-0-kind": "choice", "section-0-field-0-options": "North\nSouth", "action": "save"}
    assert ada.post("/identify/forms/change/", asked).status_code == 302
    field = RequestForm.objects.get(key="change").draft["sections"][0]["fields"][0]
    assert field == {"key": "which_site", "label": "Which site", "kind": "choice", "options": ["North", "South"]}
    assert ada.get("/identify/forms/change/preview/").status_code == 200
    ada.post("/identify/forms/change/publication/", {"reason": "First"})
    assert FormEdition.objects.get(form__key="change").number == 1
    page = browser(intake.rosa).get("/requests/new/").content
    assert b"Change" in page


def test_what_is_wrong_in_the_editor_is_told_and_stays_typed(intake):
    ada = browser(intake.world.administrator)
    version = RequestForm.objects.get(key="idea").version
    sent = {"name": "Idea", "answer_within_days": "5", "position": "1", "version": str(version)}
    sent |= {"section-0-title": "S", "section-0-key": "s", "section-0-field-0-label": "Pick one"}
    sent |= {"section-0-field-0-kind": "choice", "section-0-field-0-key": "pick", "action": "save"}
    answer = ada.post("/identify/forms/idea/", sent)
    assert answer.status_code == 422
    assert "a choice needs its options" in answer.content.decode()
    assert b'value="Pick one"' in answer.content
    assert RequestForm.objects.get(key="idea").version == version


def test_a_form_goes_out_and_comes_in_as_a_file(intake, tmp_path):
    ada = browser(intake.world.administrator)
    told = ada.get("/identify/forms/idea/file/").content
    definition = json.loads(told)
    definition["sections"][0]["fields"][0]["label"] = "For whom"
    file = tmp_path / "idea.json"
    file.write_text(json.dumps(definition))
    with file.open("rb") as sent:
        assert ada.post("/identify/forms/idea/file/", {"file": sent}).status_code == 302
    draft = RequestForm.objects.get(key="idea").draft
    assert draft["sections"][0]["fields"][0]["label"] == "For whom"


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '{"sections": ' + "[" * 500 + "]" * 500 + "}", "null", '"x"'])
def test_a_hostile_form_file_is_refused(intake, tmp_path, text):
    file = tmp_path / "idea.json"
    file.write_text(text)
    before = RequestForm.objects.get(key="idea").version
    with file.open("rb") as sent:
        answer = browser(intake.world.administrator).post("/identify/forms/idea/file/", {"file": sent})
    assert answer.status_code == 422
    assert RequestForm.objects.get(key="idea").version == before


def test_a_new_edition_takes_effect_at_once_and_old_requests_keep_theirs(intake):
    request = intake.drafted()
    rosa, ada = browser(intake.rosa), browser(intake.world.administrator)
    assert b"Who has the need" in rosa.get(f"/requests/{request.code}/edit/").content
    form = RequestForm.objects.get(key="idea")
    definition = json.loads(json.dumps(form.draft).replace("Who has the need", "For whom"))
    answer = ada.post("/identify/forms/idea/file/", {"file": _file(json.dumps(definition))})
    assert answer.status_code == 302
    ada.post("/identify/forms/idea/publication/", {"reason": "Clearer"})
    old = rosa.get(f"/requests/{request.code}/edit/").content
    assert b"Who has the need" in old
    assert b"Move to the newest edition" in old
    address = rosa.post("/requests/new/", {"form": "idea"}).url
    assert b"For whom" in rosa.get(address).content


def _file(text: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("form.json", text.encode(), "application/json")


def test_similar_things_are_a_fragment_for_whoever_types(intake):
    intake.submitted("Customer portal")
    answer = browser(intake.rosa).post("/requests/alike/", {"title": "Portal for customers", "code": "REQ-0001"})
    assert answer.status_code == 200
    assert b"Customer portal" not in answer.content
    other = browser(intake.rosa).post("/requests/alike/", {"title": "Portal for customers"})
    assert b"Customer portal" in other.content


def test_a_request_is_read_as_it_was_known(intake):
    request = intake.submitted()
    page = browser(intake.amara).get(f"/requests/{request.code}/?as_of=2020-01-01")
    assert page.status_code == 404
