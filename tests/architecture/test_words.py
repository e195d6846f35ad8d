"""What people read is British, and what is tracked names no machine and no registry."""

import re
from pathlib import Path

from tests.architecture import files

STEMS = (
    "prioritiz",
    "organiz",
    "authoriz",
    "optimiz",
    "analyz",
    "summariz",
    "categoriz",
    "customiz",
    "recogniz",
    "minimiz",
    "maximiz",
    "utiliz",
    "realiz",
    "standardiz",
    "synchroniz",
    "initializ",
    "normaliz",
    "visualiz",
    "finaliz",
    "favorite",
    "behavior",
    "catalog\\b",
    "center(?!ed)",
    "canceled",
    "canceling",
    "labeled",
    "modeled",
    "modeling",
    "fulfill\\b",
    "enrollment",
)
AMERICAN = re.compile(rf"\b(?:{'|'.join(STEMS)})\w*", re.IGNORECASE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
TAGS = re.compile(r"<(code|pre)\b.*?</\1>|{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
REGISTRIES = re.compile(
    "|".join(["files." + "pythonhosted", "pypi" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"])
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt/wheels)/\w")
OTHERS_WORDS = {Path("LICENSE"), Path("frontend/package-lock.json"), Path("requirements.lock")}


def test_documents_are_written_in_british_english():
    assert _american(files.with_ending(".md"), CODE) == []


def test_pages_are_written_in_british_english():
    templates = [path for path in files.with_ending(".html") if path.parts[0] == "mainstay"]
    assert _american(templates, TAGS) == []


def _american(paths: list[Path], hidden: re.Pattern[str]) -> list[str]:
    return [
        f"{path}: {match.group(0)}"
        for path in paths
        if path not in OTHERS_WORDS
        for match in AMERICAN.finditer(hidden.sub(" ", files.text_of(path)))
    ]


def test_no_tracked_file_names_a_package_registry():
    assert _found(REGISTRIES) == []


def test_no_tracked_file_names_a_place_on_somebodys_machine():
    assert _found(MACHINE) == []


def _found(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files.all_files():
        try:
            text = files.text_of(path)
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match.group(0)}" for match in pattern.finditer(text)]
    return found


def test_the_lock_of_uv_is_not_tracked():
    assert Path("uv.lock") not in files.all_files()
