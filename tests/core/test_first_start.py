"""The secret address at which the first administrator of an instance is created."""

import stat

import pytest

from mainstay.core import first_start
from mainstay.core.operations.people import create_first_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def create_somebody():
    create_first_administrator(username="ada", name="Ada", email="", password="seven green kettles")


def test_an_instance_without_people_needs_its_first_administrator():
    assert first_start.is_needed()
    create_somebody()
    assert not first_start.is_needed()


def test_the_secret_stays_the_same_until_it_is_spent_and_only_its_owner_reads_it(data):
    secret = first_start.token()
    assert len(secret) == 32
    assert first_start.token() == secret
    assert stat.S_IMODE((data / "setup-token").stat().st_mode) == 0o600
    first_start.spend()
    first_start.spend()
    assert first_start.token() != secret


def test_only_the_secret_opens_and_only_while_nobody_is_there():
    assert not first_start.matches("")
    secret = first_start.token()
    assert first_start.matches(secret)
    assert not first_start.matches(secret[:-1])
    assert not first_start.matches("")
    create_somebody()
    assert not first_start.matches(secret)
