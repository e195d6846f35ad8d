"""The pages of authorisation: what they say, to whom, and what they do."""

import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.authorisation.models import Decision, Selection, SelectionState
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import edit_selection
from mainstay.core.api.problems import Busy
from mainstay.core.models import Run
from mainstay.core.runs import work_off
from mainstay.core.system import MAINSTAY
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field
from tests.authorisation.conftest import candidate
from tests.second_save import answered

FORM = {
    "portfolio": "GOLD",
    "name": "Budget 2027",
    "maximise": "benefit",
    "budget": "320",
    "currency": "GBP",
    "stages": ["candidate"],
    "committed": "left_out",
    "present": "",
    "dependencies": "on",
    "groups": "",
    **{f"{rows}-TOTAL_FORMS": "1" for rows in ("limits", "forced", "shares")},
    **{f"{rows}-INITIAL_FORMS": "0" for rows in ("limits", "forced", "shares")},
    "limits-0-source": "",
    "forced-0-way": "in",
}


def words(response):
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def test_a_selection_goes_through_its_pages_from_question_to_decision(golden, client):
    client.force_login(golden.manager)
    saved = client.post("/authorise/selections/new/", FORM)
    selection = Selection.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, f"/authorise/selections/{selection.pk}/")
    page = client.get(saved["Location"])
    assert "5 candidates would cost GBP 380 together; the budget is GBP 320. Not solved yet." in words(page)
    client.post(f"/authorise/selections/{selection.pk}/solution/")
    said = words(client.get(saved["Location"]))
    assert "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit." in said
    assert "In: 4 candidates" in said
    assert "Out: 1 candidate" in said
    assert "Including it would cost GBP 9 of benefit: “Project C” would have to leave." in said
    assert "Proven: no other choice within the limits and rules brings more." in said
    preview = client.get(f"/authorise/selections/{selection.pk}/adoption/")
    assert "Authorise 4 projects" in words(preview)
    assert set(Project.objects.filter(code__in="ABCDE").values_list("stage__key", flat=True)) == {"candidate"}
    selection.refresh_from_db()
    adopted = client.post(f"/authorise/selections/{selection.pk}/adoption/", {"version": selection.version})
    decision = Decision.objects.get()
    assert (adopted.status_code, adopted["Location"]) == (302, f"/authorise/decisions/{decision.pk}/")
    record = words(client.get(adopted["Location"]))
    assert decision.statement in record
    assert decision.problem_sha256 in record
    assert "Authorised: 4" in record
    assert "Stays a candidate: 1" in record


def test_the_answer_stands_beside_the_present_selection(golden, client):
    create_field(None, actor=MAINSTAY, key="chosen", label="Chosen", kind="yes_no")
    for code, benefit, cost in (("F", 40, 60), ("G", 20, 200)):
        candidate(golden.portfolio, code, benefit, cost, custom={"chosen": True})
    selection = golden.solved(present="custom.chosen")
    client.force_login(golden.manager)
    said = words(client.get(f"/authorise/selections/{selection.pk}/"))
    assert "they bring GBP 111 of benefit, 85% more than the present selection." in said
    assert "GBP 60 with the present selection" in said
    assert "The plan gives 85% more value than the present selection, for GBP 50 more" in said
    assert said.count("Dropped") == 1
    assert said.count("Kept") == 1


def test_the_files_are_the_problem_and_the_answer_of_the_format(golden, client):
    selection = golden.solved()
    client.force_login(golden.member)
    problem = client.get(f"/authorise/selections/{selection.pk}/problem.json")
    answer = client.get(f"/authorise/selections/{selection.pk}/answer.json")
    again = engine.solve(engine.read_problem(problem.content))
    assert problem["Content-Disposition"] == f'attachment; filename="selection-{selection.pk}-problem.json"'
    assert again.problem_sha256 == answer.json()["problem_sha256"] == selection.solution.problem_sha256
    assert json.loads(problem.content)["format"] == "mainstay-plan/1"
    assert answer.json()["format"] == "mainstay-plan-answer/1"
    assert answer.json()["objective"] == again.objective == 92


def test_one_candidate_is_explained_as_a_fragment_and_as_a_page(golden, client):
    selection = golden.solved()
    client.force_login(golden.manager)
    url = f"/authorise/selections/{selection.pk}/candidates/D/"
    fragment, page = client.get(url, headers={"hx-request": "true"}), client.get(url)
    assert words(fragment).strip().startswith("Including it would cost GBP 9 of benefit")
    assert "<html" not in fragment.content.decode()
    assert "Why Project D is out" in words(page)
    assert client.get(f"/authorise/selections/{selection.pk}/candidates/PUMPS/").status_code == 404


def test_every_candidate_is_explained_by_a_run(golden, client):
    selection = golden.solved()
    client.force_login(golden.manager)
    started = client.post(f"/authorise/selections/{selection.pk}/solution/", {"explain": "all"})
    run = Run.objects.get()
    assert started["Location"] == f"/runs/{run.pk}/"
    work_off()
    run.refresh_from_db()
    assert (run.state, run.result) == ("succeeded", {"url": f"/authorise/selections/{selection.pk}/"})
    selection.refresh_from_db()
    assert [one["candidate"] for one in selection.solution.answer["explanations"]] == list("ABCDE")


def test_a_run_in_the_name_of_somebody_else_finds_no_selection(golden, world):
    from mainstay.core.operations.runs import start_run

    selection = golden.prepare()
    parameters = {"selection": selection.pk}
    start_run(None, actor=world.stranger, kind="solve_selection", title="Solve", parameters=parameters)
    work_off()
    assert (Run.objects.get().state, Run.objects.get().step) == ("failed", "There is no such selection.")
    selection.refresh_from_db()
    assert selection.state == SelectionState.DRAFT


def test_a_stale_answer_says_so_and_cannot_be_adopted(golden, client):
    selection = golden.solved()
    edit_project(golden.project("D"), actor=golden.manager, cost=10)
    client.force_login(golden.manager)
    page = words(client.get(f"/authorise/selections/{selection.pk}/"))
    assert "The register changed since this was solved" in page
    assert "Adopt this plan" not in page
    preview = words(client.get(f"/authorise/selections/{selection.pk}/adoption/"))
    assert "The register changed since this was solved; solve it again before it is adopted." in preview
    refused = client.post(f"/authorise/selections/{selection.pk}/adoption/", {"version": selection.version})
    assert refused.status_code == 409
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"budget": "much"}, "Enter a number."),
        ({"currency": "pounds"}, "Enter a valid value."),
        ({"maximise": "cost"}, "Select a valid choice."),
        ({"groups": "A"}, "A group names two candidates or more, apart by commas."),
        ({"stages": []}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(golden, client, changes, told):
    client.force_login(golden.manager)
    page = client.post("/authorise/selections/new/", FORM | changes)
    assert page.status_code == 422
    assert told in words(page)
    assert 'value="Budget 2027"' in page.content.decode()
    assert not Selection.objects.exists()


def test_rules_typed_into_the_form_are_kept_in_words(golden, client):
    client.force_login(golden.manager)
    typed = {
        "groups": "A, B",
        "limits-0-source": "risk",
        "limits-0-max": "100",
        "forced-0-code": "C",
        "forced-0-reason": "Required by law",
        "shares-0-theme": "Grow",
        "shares-0-max": "80",
    }
    client.post("/authorise/selections/new/", FORM | typed)
    selection = Selection.objects.get()
    assert selection.limits == [{"source": "risk", "max": "100"}]
    assert selection.rules == {
        "dependencies": True,
        "at_most_one": [["A", "B"]],
        "forced": [{"code": "C", "way": "in", "reason": "Required by law"}],
        "shares": [{"theme": "Grow", "min": "", "max": "80"}],
    }
    page = words(client.get(f"/authorise/selections/{selection.pk}/"))
    assert "Risk at most 100" in page
    for rule in (
        "At most one of A and B.",
        "C is always in: Required by law",
        "Grow takes at most 80% of what is spent.",
    ):
        assert rule in page
    form = client.get(f"/authorise/selections/{selection.pk}/edit/").content.decode()
    assert 'value="Required by law"' in form
    assert ">A, B</textarea>" in form.replace(">\nA", ">A")


def test_the_candidates_are_counted_before_anything_is_saved(golden, client):
    client.force_login(golden.manager)
    fragment = client.post("/authorise/selections/new/", FORM | {"action": "count"}, headers={"hx-request": "true"})
    assert "5 candidates would cost GBP 380 together; the budget is GBP 320." in words(fragment)
    assert "<html" not in fragment.content.decode()
    assert not Selection.objects.exists()


def test_two_people_edit_one_selection_and_the_second_sees_both_versions(golden, client):
    selection = golden.prepare()
    client.force_login(golden.manager)
    url = f"/authorise/selections/{selection.pk}/edit/"
    assert client.post(url, FORM | {"version": 1, "budget": "330"}).status_code == 302
    second = client.post(url, FORM | {"version": 1, "budget": "310"})
    assert second.status_code == 409
    assert "Somebody else saved this selection while you were editing it" in words(second)
    assert 'value="310"' in second.content.decode()
    assert Selection.objects.get().budget == 330


@pytest.mark.parametrize(("choice", "most"), [("mine", 4), ("theirs", 3)])
def test_who_saves_a_selection_second_chooses_and_overwrites_nothing_else(golden, client, choice, most):
    selection = golden.prepare()
    client.force_login(golden.manager)
    url = f"/authorise/selections/{selection.pk}/edit/"
    opened = answered(client.get(url))
    forced = {"forced-0-code": "C", "forced-0-way": "in", "forced-0-reason": "Law"}
    theirs = forced | {"budget": "330", "groups": "A, B", "limits-0-source": "count", "limits-0-max": "3"}
    assert client.post(url, opened | theirs).status_code == 302
    mine = {"budget": "310", "name": "Budget 2028", "limits-0-source": "count", "limits-0-max": "4"}
    second = client.post(url, opened | mine)
    assert second.status_code == 409
    assert "Further limits: whose version stays?" in words(second)
    assert client.post(url, answered(second, budget="theirs", limits=choice)).status_code == 302
    saved = Selection.objects.get()
    assert (saved.name, saved.budget, saved.rules["at_most_one"]) == ("Budget 2028", 330, [["A", "B"]])
    assert [entry["code"] for entry in saved.rules["forced"]] == ["C"]
    assert [float(limit["max"]) for limit in saved.limits] == [most]


def test_a_page_tells_nobody_more_than_they_may_see(golden, world, client):
    selection = golden.solved()
    pages = [
        "/authorise/selections/",
        f"/authorise/selections/{selection.pk}/",
        f"/authorise/selections/{selection.pk}/problem.json",
        f"/authorise/selections/{selection.pk}/answer.json",
        f"/authorise/selections/{selection.pk}/candidates/A/",
        f"/authorise/selections/{selection.pk}/edit/",
        f"/authorise/selections/{selection.pk}/adoption/",
    ]
    for person in (golden.evaluator, world.stranger, world.project_manager):
        client.force_login(person)
        answers = [client.get(url) for url in pages]
        assert [answer.status_code for answer in answers] == [200] + [404] * 6
        assert "Budget" not in words(answers[0])


def test_those_who_only_read_see_no_buttons(golden, world, client):
    selection = golden.solved()
    client.force_login(world.sponsor)
    page = words(client.get(f"/authorise/selections/{selection.pk}/"))
    assert "4 of 5 candidates fit into GBP 320" in page
    for button in ("Solve again", "Adopt this plan", "Explain every candidate"):
        assert button not in page
    assert client.get(f"/authorise/selections/{selection.pk}/adoption/").status_code == 403
    assert client.post(f"/authorise/selections/{selection.pk}/solution/").status_code == 403


def test_strangers_are_asked_to_sign_in(golden, client):
    selection = golden.prepare()
    answer = client.get(f"/authorise/selections/{selection.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_a_selection_can_be_read_as_known_on_a_past_day(golden, client):
    selection = golden.solved()
    before = timezone.now()
    edit_selection(selection, actor=golden.manager, budget=Decimal(100))
    client.force_login(golden.manager)
    url = f"/authorise/selections/{selection.pk}/"
    then = words(client.get(url, {"as_of": before.isoformat()}))
    assert "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit." in then
    assert "Adopt this plan" not in then
    assert "the budget is GBP 100. Not solved yet." in words(client.get(url))
    listed = words(client.get("/authorise/selections/", {"as_of": before.isoformat()}))
    assert "4 of 5 candidates fit into GBP 320" in listed


def test_a_decision_about_a_project_is_a_fragment_of_its_page(golden, client):
    adopt_selection(golden.solved(), actor=golden.member)
    client.force_login(golden.manager)
    fragment = client.get("/authorise/projects/D/", headers={"hx-request": "true"})
    assert "Stays a candidate," in words(fragment)
    assert "Including it would cost GBP 9 of benefit" in words(fragment)
    assert "<html" not in fragment.content.decode()
    client.force_login(golden.evaluator)
    said = words(client.get("/authorise/projects/D/"))
    assert "Stays a candidate," in said
    assert "GBP" not in said


def test_while_others_are_solving_the_work_goes_to_a_run(golden, client, monkeypatch):
    def full():
        raise Busy("Two problems are being solved right now.")

    monkeypatch.setattr("mainstay.authorisation.views.answers.one_of_few", full)
    selection = golden.prepare()
    client.force_login(golden.manager)
    answer = client.post(f"/authorise/selections/{selection.pk}/solution/")
    assert answer["Location"] == f"/runs/{Run.objects.get().pk}/"
    selection.refresh_from_db()
    assert selection.state == SelectionState.DRAFT


def test_the_pages_ask_the_database_the_same_number_of_questions_however_many_candidates(golden, client):
    client.force_login(golden.manager)
    few = golden.solved(name="Few")
    pages = [f"/authorise/selections/{few.pk}/", f"/authorise/selections/{few.pk}/adoption/"]
    counted = [_questions(client, page) for page in pages]
    for number in range(15):
        candidate(golden.portfolio, f"N{number}", 10 + number, 20 + number)
    many = golden.solved(name="Many")
    pages = [f"/authorise/selections/{many.pk}/", f"/authorise/selections/{many.pk}/adoption/"]
    assert [_questions(client, page) for page in pages] == counted


def _questions(client, page):
    """How many queries a page needs once its caches are warm."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
