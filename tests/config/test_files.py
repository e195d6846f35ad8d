"""Files of the front end: whole, in part, or not again."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mainstay.config.files import Files


@pytest.fixture
def get(settings, tmp_path):
    """Asks for a file beside one whose name carries its fingerprint."""
    (tmp_path / "mainstay" / "assets").mkdir(parents=True)
    (tmp_path / "mainstay" / "assets" / "main-DvAzJUxL.js").write_text("let calm = true;")
    (tmp_path / "plain.css").write_text("a{}")
    settings.STATICFILES_DIRS = [str(tmp_path)]
    files = Files(lambda request: HttpResponse("a page"))

    def ask(name, method="get", **headers):
        return files(getattr(RequestFactory(), method)(f"/static/{name}", headers=headers))

    return ask


SCRIPT = "mainstay/assets/main-DvAzJUxL.js"


def test_a_file_comes_whole_with_its_kind(get):
    response = get(SCRIPT)
    assert (response.status_code, response.content, response.streaming) == (200, b"let calm = true;", False)
    assert response["Content-Type"] == 'text/javascript; charset="utf-8"'
    assert response["Content-Length"] == "16"
    assert "Access-Control-Allow-Origin" not in response


def test_a_name_with_a_fingerprint_is_kept_for_years_and_another_for_a_minute(get):
    assert get(SCRIPT)["Cache-Control"] == "max-age=315360000, public, immutable"
    assert get("plain.css")["Cache-Control"] == "max-age=60, public"


def test_a_file_the_browser_has_is_not_sent_again(get):
    response = get(SCRIPT, **{"If-None-Match": get(SCRIPT)["ETag"]})
    assert (response.status_code, response.content) == (304, b"")


def test_a_part_of_a_file_is_only_that_part(get):
    response = get(SCRIPT, Range="bytes=4-7")
    assert (response.status_code, response.content) == (206, b"calm")


def test_only_the_head_is_sent_where_only_that_is_asked(get):
    response = get(SCRIPT, "head")
    assert (response.status_code, response.content, response["Content-Length"]) == (200, b"", "16")


def test_what_is_no_file_is_a_page(get):
    assert get("absent.css").content == b"a page"
