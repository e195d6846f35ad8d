"""Every room says what it is, and is known to Django."""

import ast

import pytest
from django.conf import settings

from tests.architecture import files

NO_CHAPTER = ("engine", "charts")


@pytest.mark.parametrize("room", [*files.ROOMS, *NO_CHAPTER, "cli", "config"])
def test_a_room_opens_with_a_chapter(room, checkout):
    source = (checkout / "mainstay" / room / "__init__.py").read_text()
    chapter = ast.get_docstring(ast.parse(source)) or ""
    assert chapter.split("\n")[0].endswith("."), "the chapter opens with one full sentence"


@pytest.mark.parametrize("room", files.ROOMS)
def test_a_chapter_names_nouns_and_what_the_room_must_not_know(room, checkout):
    chapter = ast.get_docstring(ast.parse((checkout / "mainstay" / room / "__init__.py").read_text()))
    lines = [line.strip() for line in chapter.splitlines()]
    assert any(line.startswith(("Nouns:", "Nouns to come:")) for line in lines)
    assert any(line.startswith("It must not know:") for line in lines)


@pytest.mark.parametrize("room", files.ROOMS)
def test_a_room_is_installed(room):
    assert f"mainstay.{room}" in settings.INSTALLED_APPS


def test_no_folder_of_the_package_is_left_out_of_the_floors(checkout):
    folders = {path.parent.name for path in (checkout / "mainstay").glob("*/__init__.py")}
    assert folders == {*files.ROOMS, *files.FLOORS_WITHOUT_WEB, "cli", "config"}


def test_every_file_of_the_package_says_what_it_is():
    silent = [
        str(path)
        for path in files.python_files()
        if path.parts[0] != "tests" and files.text_of(path).strip() and not ast.get_docstring(files.tree_of(path))
    ]
    assert silent == []
