"""Files on their way in: kept for one person, forgotten after use or after a day."""

import os
import time

import pytest

from mainstay.core.errors import Missing
from mainstay.core.exchange import ColumnMapping, Link, uploads
from tests.world import World


def kept(world: World, content: bytes = b"Key,Name\n1,x\n") -> uploads.Upload:
    return uploads.keep([content], person=world.administrator, filename="a.csv", sheet="projects", target="NET")


def test_a_file_is_found_again_by_its_person_with_its_mapping(world: World) -> None:
    upload = kept(world)
    mapping = ColumnMapping((Link("Name", "name"),))
    uploads.settle(upload, mapping)
    found = uploads.find(upload.token, world.administrator)
    assert (found.filename, found.sheet, found.target, found.mapping) == ("a.csv", "projects", "NET", mapping)
    assert found.path.read_bytes() == b"Key,Name\n1,x\n"


def test_a_file_does_not_exist_for_anybody_else(world: World) -> None:
    upload = kept(world)
    with pytest.raises(Missing):
        uploads.find(upload.token, world.portfolio_manager)
    assert upload.path.exists()


@pytest.mark.parametrize("token", ["", "..", "../secret-key", "0" * 32, "A" * 32, "secret-key"])
def test_only_a_token_that_was_given_leads_to_a_file(token: str, world: World) -> None:
    with pytest.raises(Missing, match="choose it again"):
        uploads.find(token, world.administrator)


def test_a_file_is_forgotten_when_told_so(world: World) -> None:
    upload = kept(world)
    uploads.remove(upload)
    with pytest.raises(Missing):
        uploads.find(upload.token, world.administrator)
    assert not upload.path.exists()


def test_what_was_left_for_a_day_goes_with_the_next_file(world: World) -> None:
    old = kept(world)
    yesterday = time.time() - uploads.KEPT_SECONDS - 1
    for path in (old.path, old.path.with_suffix(".json")):
        os.utime(path, (yesterday, yesterday))
    new = kept(world)
    assert not old.path.exists()
    assert new.path.exists()
