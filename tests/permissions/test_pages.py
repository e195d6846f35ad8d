"""The permission table over every page, for every role and for strangers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from mainstay.core.models import Event
from tests.permissions.cast import STRANGERS_OUTSIDE, Cast, asked, gather
from tests.permissions.marks import marks_in
from tests.permissions.rooms import ROOMS
from tests.permissions.routes import pages
from tests.permissions.rows import Row, expected
from tests.permissions.table import TABLE

REFUSALS = {403, 404}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, gathered once for every row of the table and gone afterwards."""
    with django_db_blocker.unblock(), _rolled_back():
        yield gather()


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def _answer(cast: Cast, who: str, name: str, row: Row, where: dict[str, Any], method: str) -> tuple[int, bytes, int]:
    """What somebody gets, and how many events it made; whatever it changed is taken back."""
    address = reverse(name, kwargs={key: where[value] for key, value in row.arguments.items()})
    address += f"?{row.query}" if row.query else ""
    browser = cast.client(who)
    before = Event.objects.count()
    with _rolled_back():
        response = browser.get(address) if method == "GET" else browser.post(address, dict(row.sent))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        made = Event.objects.count() - before
    to_sign_in = response.status_code == 302 and "/account/login/" in response["Location"]
    return (401 if to_sign_in else response.status_code), body, made


def _cells(method: str) -> list[tuple[str, Row]]:
    return [(name, row) for name, row in TABLE.items() if (row.get if method == "GET" else row.post) is not None]


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert {address.name for address in pages()} == set(TABLE)
    for address in pages():
        assert set(TABLE[address.name].arguments) == address.arguments or not address.arguments


@pytest.mark.parametrize(("name", "row"), _cells("GET"), ids=[name for name, _ in _cells("GET")])
def test_who_may_open_a_page(cast: Cast, name: str, row: Row) -> None:
    may = expected(row, "GET")
    for who in asked():
        status, body, made = _answer(cast, who, name, row, cast.inside, "GET")
        wanted = {200, 302} if may(who) else REFUSALS | {401}
        assert status in wanted, f"{who} got {status} from {name}"
        assert made == 0, f"{who} changed something by looking at {name}"
        assert not marks_in(body, who), f"{who} saw {marks_in(body, who)} on {name}"


@pytest.mark.parametrize(("name", "row"), _cells("POST"), ids=[name for name, _ in _cells("POST")])
def test_who_may_act(cast: Cast, name: str, row: Row) -> None:
    may = expected(row, "POST")
    for who in asked():
        status, body, made = _answer(cast, who, name, row, cast.inside, "POST")
        if may(who):
            assert status not in REFUSALS | {401, 405, 500}, f"{who} got {status} from {name}"
        else:
            assert status in REFUSALS | {401}, f"{who} got {status} from {name}"
            assert made == 0, f"{who} was refused by {name} and yet something happened"
        assert not marks_in(body, who), f"{who} saw {marks_in(body, who)} on {name}"


def _outside() -> list[tuple[str, str, Row]]:
    """Every address that names a row in the tree, by each way it takes."""
    placed = {"project", "portfolio", "programme", "selection", "model", "decision", "event"}
    placed |= {key for room in ROOMS for key in room.placed}
    rows = [(name, row) for name, row in TABLE.items() if placed & set(row.arguments.values())]
    return [
        (name, method, row)
        for name, row in rows
        for method in ("GET", "POST")
        if (row.get if method == "GET" else row.post) is not None
    ]


@pytest.mark.parametrize(
    ("name", "method", "row"), _outside(), ids=[f"{method} {name}" for name, method, _ in _outside()]
)
def test_what_lies_outside_does_not_exist(cast: Cast, name: str, method: str, row: Row) -> None:
    for who in STRANGERS_OUTSIDE:
        status, body, made = _answer(cast, who, name, row, cast.outside, method)
        assert status == 404, f"{who} got {status} from {name} outside"
        assert made == 0
        assert not marks_in(body, who), f"{who} saw {marks_in(body, who)} on {name}"
