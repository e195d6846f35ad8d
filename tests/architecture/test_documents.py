"""What the documents say is so: links lead somewhere, commands exist, nouns live where the table says."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from mainstay.cli.registry import COMMANDS
from tests.architecture import files

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#|mailto:)([^)#\s]+)")
COMMAND = re.compile(r"(?:^|[\s`])(?:bin/|uv run )mainstay +([a-z]+)", re.MULTILINE)
EXAMPLE = re.compile(r"\bdocs/examples/[\w.-]+\w")
PLACE = re.compile(r"`((?:\w+/)+(?:\w+\.py)?)`")
NOUNS = re.compile(r"^\| `(?P<room>\w+)` \| (?P<today>[^|]*)\|[^|]*\|$", re.MULTILINE)


@pytest.mark.parametrize("document", files.with_ending(".md"), ids=str)
def test_links_lead_to_a_file(document):
    targets = [(files.CHECKOUT / document).parent / link for link in LINK.findall(files.text_of(document))]
    assert [str(target) for target in targets if not target.exists()] == []


def test_examples_named_in_the_readme_exist():
    named = EXAMPLE.findall(files.text_of(Path("README.md")))
    assert [name for name in named if not (files.CHECKOUT / name).exists()] == []


def test_commands_named_in_documents_exist():
    known = {command.name for command in COMMANDS}
    named = {word for document in files.with_ending(".md") for word in COMMAND.findall(files.text_of(document))}
    assert named - known == set()


def test_the_readme_names_the_two_commands():
    words = set(COMMAND.findall(files.text_of(Path("README.md"))))
    assert {"demo", "test"} <= words


def test_places_named_in_the_architecture_exist():
    named = PLACE.findall(files.text_of(Path("ARCHITECTURE.md")))
    roots = (
        files.CHECKOUT,
        files.CHECKOUT / "mainstay",
        files.CHECKOUT / "tests",
        files.CHECKOUT / "mainstay" / "core",
    )
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []


def test_every_noun_lives_in_the_room_the_architecture_says():
    section = files.text_of(Path("ARCHITECTURE.md")).split("## Which room holds which noun")[1].split("\n## ")[0]
    said = {row["room"]: _nouns(row["today"]) for row in NOUNS.finditer(section)}
    assert {room: nouns for room, nouns in said.items() if nouns} == _models()
    assert set(said) | {"cockpit", "connect"} == set(files.ROOMS)


def _nouns(cell: str) -> set[str]:
    return {noun.strip() for noun in cell.split(",") if noun.strip()}


def _models() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("mainstay.") and not model.__name__.endswith("Version"):
            found.setdefault(model._meta.app_label, set()).add(str(model._meta.verbose_name))
    return found
