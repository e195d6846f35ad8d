"""The suite's own PostgreSQL server comes, answers and leaves nothing behind."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import psycopg
import pytest

from tests.plugins import postgres


def test_a_server_answers_through_its_socket_and_is_gone_afterwards():
    programs = postgres.programs()
    if programs is None:
        pytest.skip("no PostgreSQL server programs on this machine")
    server = postgres.Server(programs)
    folder = Path(parse_qs(urlparse(server.url).query)["host"][0])
    server.start()
    try:
        with psycopg.connect(server.url.replace("/mainstay?", "/postgres?")) as connection:
            settings = connection.execute("SELECT current_setting('fsync'), current_setting('listen_addresses')")
            assert settings.fetchone() == ("off", "")
    finally:
        server.stop()
    assert not folder.exists()


def test_a_server_named_in_the_environment_counts_as_available(monkeypatch):
    monkeypatch.setattr(postgres, "programs", lambda: None)
    monkeypatch.delenv(postgres.URL_VARIABLE, raising=False)
    assert not postgres.is_available()
    monkeypatch.setenv(postgres.URL_VARIABLE, "postgresql://somewhere/tests")
    assert postgres.is_available()
