"""Search finds pages, portfolios, programmes, projects and people, within what somebody may see."""

import pytest

from mainstay.core.models import Person


@pytest.fixture
def found(client, world):
    def ask(username, text):
        client.force_login(Person.objects.get(username=username))
        answer = client.get("/search/", {"q": text}, headers={"accept": "application/json"})
        assert answer.status_code == 200
        return answer.json()

    return ask


def test_a_project_is_found_by_a_part_of_its_name(found):
    assert found("grace", "meter") == [
        {"label": "Smart meters", "hint": "METERS · Proposed", "url": "/projects/METERS/", "kind": "Project"}
    ]


def test_a_code_that_fits_whole_comes_first(found, world):
    labels = [one["label"] for one in found("grace", "net") if one["kind"] != "Page"]
    assert labels == ["Networks", "Smart network"]


def test_words_may_stand_in_any_order(found):
    assert [one["label"] for one in found("grace", "pumps replace")] == ["Replace the pumps"]


def test_what_may_not_be_seen_is_not_found(found):
    assert found("grace", "heron") == []
    assert found("tom", "pumps") == []
    assert [one["label"] for one in found("dora", "heron")] == ["Project Heron"]


def test_people_are_found_by_those_who_may_see_who_may_do_what(found):
    assert [one for one in found("grace", "jonas") if one["kind"] == "Person"] == []
    assert found("ada", "jonas") == [{"label": "Jonas Weber", "hint": "", "url": "/people/jonas/", "kind": "Person"}]


def test_pages_and_commands_are_those_the_person_may_use(found):
    labels = {one["label"] for one in found("amara", "")}
    assert {"Home", "Activity", "Propose a project"} <= labels
    assert "Let somebody in" not in labels
    assert "Let somebody in" in {one["label"] for one in found("ada", "let somebody")}


def test_strange_letters_find_nothing_and_break_nothing(found):
    assert found("grace", "\x00%_'\N{BELL}") == []
    assert found("grace", "x" * 5000) == []


def test_a_browser_gets_a_page(see):
    page = see("grace", "/search/?q=meter", accept="text/html")
    assert "1 found for “meter”." in page
    assert 'href="/projects/METERS/"' in page
    assert "Nothing found" in see("grace", "/search/page/?q=heron")


def test_a_visitor_finds_nothing(client, world):
    assert client.get("/search/?q=meter", headers={"accept": "application/json"}).status_code == 302
