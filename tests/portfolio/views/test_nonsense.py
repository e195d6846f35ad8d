"""Nonsense in an address or a form is refused in words and never breaks a page."""

import pytest

from mainstay.core.models import Event
from mainstay.portfolio.models import Project


@pytest.fixture
def dora(world, client):
    client.force_login(world.director)
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/projects/%00/", 404),
        ("/projects/a%20b/", 404),
        ("/programmes/%00/", 404),
        ("/fields/%00/", 404),
        ("/projects/?q=%00", 400),
        ("/projects/?theme=%00", 400),
        ("/projects/?sort=%00", 400),
        ("/projects/?page=99999999999999999999", 400),
        ("/projects/?page=-1", 400),
        ("/projects/?cost_min=1e999999999", 400),
        ("/projects/?risk_min=1e-999999999", 400),
        ("/projects/?end_from=99999-01-01", 400),
        ("/projects/?columns=name,%00", 400),
        ("/projects/?group=description", 400),
        ("/projects/?as_of=9999-01-01", 400),
        ("/projects/new/?portfolio=%00", 400),
        ("/tree/new/?under=%00", 400),
        ("/inventory/options/?needs=%00", 400),
        ("/inventory/edits/?selected=%00", 400),
        ("/inventory/export/?format=../etc", 400),
    ],
)
def test_an_address(dora, address, status):
    assert dora.get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/projects/PUMPS/edit/", {"name": "x", "code": "PUMPS", "currency": "GBP", "version": "abc"}),
        ("/projects/PUMPS/edit/", {"name": "x", "code": "PUMPS", "currency": "GBP"}),
        ("/projects/PUMPS/edit/", {"name": "x", "code": "PUMPS", "currency": "GBP", "version": "9" * 30}),
        ("/projects/PUMPS/edit/", {"name": "a\x00b", "code": "PUMPS", "currency": "GBP", "version": "1"}),
        (
            "/projects/PUMPS/edit/",
            {"name": "x", "code": "PUMPS", "currency": "GBP", "version": "1", "reason": "\x00"},
        ),
        ("/projects/PUMPS/stage/candidate/", {"reason": "\x00"}),
        ("/inventory/edits/?selected=PUMPS", {"theme": "\x00"}),
        ("/changes/99999999999999999/undo/", {}),
        ("/portfolios/NET/edit/", {"name": "x", "code": "NET", "currency": "GBP", "version": "-1"}),
    ],
)
def test_a_form(dora, address, sent):
    events = Event.objects.count()
    assert 400 <= dora.post(address, sent).status_code < 500
    assert Project.objects.get(code="PUMPS").name == "Replace the pumps"
    assert Event.objects.count() == events
