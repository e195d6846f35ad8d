"""Programs that call the API in the name of the people of the small world."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from mainstay.core.models import Person
from mainstay.core.operations.tokens import issue_token

ROOT = "/api/v1"


@dataclass
class Program:
    """A program with a key; every call gives the answer with its JSON under `.data`."""

    secret: str
    client: Client

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request; headers are named as `If_Match`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            named["Authorization"] = f"Bearer {self.secret}"
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        address = path if path.startswith("/api") else ROOT + path
        answer = self.client.generic(method, address, content, "application/json", headers=named)
        answer.data = _read(answer)
        return answer

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Send."""
        return self.call("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, version: int | None = None, **headers: str) -> Any:
        """Change."""
        known = {} if version is None else {"If_Match": f'"{version}"'}
        return self.call("PATCH", path, body, **known, **headers)


def _read(answer: HttpResponse) -> Any:
    return json.loads(answer.content) if answer.content else None


def program_of(person: Person, *scopes: str) -> Program:
    """A program that acts for a person."""
    _, secret = issue_token(person, actor=person, name="Test", scopes=list(scopes or ("read", "write")))
    return Program(secret, Client(raise_request_exception=False))


@pytest.fixture
def held_open():
    """The application leaves the connection of the test open, as Django's own client makes it do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def amara(world):
    """The program of the portfolio manager of Networks."""
    return program_of(world.portfolio_manager)


@pytest.fixture
def jonas(world):
    """The program of the project manager of the pumps."""
    return program_of(world.project_manager)


@pytest.fixture
def grace(world):
    """The program of the sponsor."""
    return program_of(world.sponsor)


@pytest.fixture
def tom(world):
    """The program of the stranger."""
    return program_of(world.stranger)


@pytest.fixture
def ada(world):
    """The program of the administrator."""
    return program_of(world.administrator)


@pytest.fixture
def nobody(db):
    """A program without a key."""
    return Program("", Client(raise_request_exception=False))
