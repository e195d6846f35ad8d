"""requirements.lock holds what the tests ran with, pinned by hash and naming no host."""

import importlib.metadata
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.architecture import files

CONTINUED = re.compile(r"\\\n\s*")
HASH = re.compile(r"\s--hash=sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """One line for each package, hashes and all."""
    text = CONTINUED.sub(" ", (files.CHECKOUT / "requirements.lock").read_text())
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_every_package_is_pinned_by_hash(lines):
    assert [line for line in lines if not HASH.search(line)] == []


def test_the_lock_is_what_is_installed(lines):
    requirements = [Requirement(HASH.sub("", line).strip()) for line in lines]
    wanted = {r.name: str(r.specifier) for r in requirements if r.marker is None or r.marker.evaluate()}
    installed = {name: f"=={_version(name)}" for name in wanted}
    assert installed == wanted, "run `just lock`"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "nothing"


def test_the_bounds_for_uv_are_the_lock(lines):
    settings = tomllib.loads((files.CHECKOUT / "pyproject.toml").read_text())["tool"]["uv"]
    assert settings["constraint-dependencies"] == [HASH.sub("", line).split(";")[0].strip() for line in lines]


def test_every_dependency_of_the_package_is_in_the_lock(lines):
    locked = {_plain(Requirement(HASH.sub("", line).strip()).name) for line in lines}
    stated = [Requirement(text) for text in importlib.metadata.requires("mainstay") or []]
    assert {_plain(one.name) for one in stated} - locked == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
