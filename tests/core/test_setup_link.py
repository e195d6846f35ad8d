"""The secret address at which the first administrator of an instance is created."""

import stat

import pytest

from mainstay.core.operations.people import create_first_administrator
from mainstay.core.setup import end_setup, is_setup_token, setup_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def create_somebody():
    create_first_administrator(username="ada", name="Ada", email="", password="seven green kettles")


def test_the_secret_stays_the_same_until_it_is_spent_and_only_its_owner_reads_it(data):
    secret = setup_token()
    assert len(secret) == 32
    assert setup_token() == secret
    assert stat.S_IMODE((data / "setup-token").stat().st_mode) == 0o600
    end_setup()
    end_setup()
    assert setup_token() != secret


def test_only_the_secret_opens_and_only_while_nobody_is_there(data):
    assert not is_setup_token("")
    secret = setup_token()
    assert is_setup_token(secret)
    assert not is_setup_token(secret[:-1])
    assert not is_setup_token("")
    create_somebody()
    assert not is_setup_token(secret)


def test_an_instance_with_people_has_no_secret(data):
    setup_token()
    create_somebody()
    assert setup_token() == ""
    assert not (data / "setup-token").exists()
