"""Templates hold no style and no script of their own, so the content security policy can be strict."""

import re

import pytest

from tests.architecture import files

STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
DATA = re.compile(r"""type\s*=\s*["']?application/json""", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)


def pages() -> list:
    """Every template of every room, with a stand-in so that an empty list is still a test."""
    return [path for path in files.with_ending(".html") if path.parts[0] == "mainstay"]


@pytest.mark.parametrize("pattern", [STYLE, HANDLER, OUTSIDE], ids=["style", "handler", "outside"])
def test_no_template_breaks_the_policy(pattern):
    found = [
        f"{path}: {match.group(0).strip()}" for path in pages() for match in pattern.finditer(files.text_of(path))
    ]
    assert found == []


def test_a_script_in_a_template_is_a_file_or_data():
    found = [
        f"{path}: <script{match.group(1)}>"
        for path in pages()
        for match in SCRIPT.finditer(files.text_of(path))
        if "src=" not in match.group(1) and not DATA.search(match.group(1))
    ]
    assert found == []
