"""Fifty requests at one moment to a server of its own: no fund is ever promised or released beyond what it holds."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from tests.api.conftest import program_of
from tests.authorisation.funding.conftest import build_money
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 50
PATIENCE = 60.0


@pytest.fixture
def money(transactional_db):
    """The fund of Networks; the pumps are authorised, so that their money may be released."""
    found = build_money(build_world())
    found.authorise()
    return found


@pytest.fixture
def served(tmp_path):
    """Starts a server on the test's data, in PostgreSQL itself, else on a copy as a file; gives its address."""
    servers = []

    def start():
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        words = ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
        command = [sys.executable, "-m", "granian", *words, "mainstay.config.asgi:application"]
        quiet = subprocess.DEVNULL
        servers.append(subprocess.Popen(command, env=_surroundings(tmp_path), stdout=quiet, stderr=quiet))
        _wait_for(port)
        return f"http://127.0.0.1:{port}/api/v1"

    yield start
    for server in servers:
        server.terminate()  # its workers go with it
        server.wait(PATIENCE)


def _surroundings(folder):
    found = os.environ | {"DJANGO_SETTINGS_MODULE": "mainstay.config.settings", "MAINSTAY_DATA": str(folder)}
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        host = known["OPTIONS"].get("host") or known["HOST"]
        who = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
        address = f"{who}:{known['PORT']}" if known["PORT"] else who
        return found | {"DATABASE_URL": f"postgresql://{address}/{known['NAME']}?host={host}"}
    found.pop("DATABASE_URL", None)
    file = sqlite3.connect(folder / "mainstay.sqlite3")
    connection.connection.backup(file)
    file.close()
    return found


def _wait_for(port):
    last = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < last, "the server does not answer"
            time.sleep(0.1)


def ask(address, secret, body=None):
    """The status and the body of one request; with a body it is a POST."""
    sent = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, sent, headers), timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def together(requests):
    """The answers to requests that start at one moment."""
    gate = Barrier(len(requests))

    def one(request):
        gate.wait()
        for _ in range(60):
            answer = ask(*request)
            if answer[0] != 503:  # busy: whoever is told so asks again
                break
            time.sleep(1)
        return answer

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(one, requests))


def the_first_year(api, secret):
    status, body = ask(f"{api}/funds/growth/years", secret)
    assert status == 200
    return body["items"][0]


def test_of_fifty_commitments_at_once_only_as_many_hold_as_the_envelope_covers(money, served):
    mei = program_of(money.world.controller).secret
    api = served()
    body = {"fund": "growth", "year": "2027", "amount": "90.00"}
    codes = ["PUMPS", "METERS"] * (AT_ONCE // 2)
    answers = together([(f"{api}/projects/{code}/commitments", mei, body) for code in codes])
    assert Counter(status for status, _ in answers) == {201: 10, 409: 40}
    told = {refusal["detail"] for status, refusal in answers if status == 409}
    assert told == {"Growth fund 2027 has GBP 0.00 left, not GBP 90.00; nothing was committed."}
    year = the_first_year(api, mei)
    assert (year["committed"], year["available"]) == ("900.00", "0.00")
    _, rows = ask(f"{api}/commitments?count=true", mei)
    assert (rows["count"], sum(Decimal(row["amount"]) for row in rows["items"])) == (10, Decimal(900))


def test_of_fifty_releases_at_once_each_tranche_is_released_once(money, served):
    tranches = [one.pk for _ in range(5) for one in money.divided("36", "36", "36", "36", "36")]
    amara = program_of(money.world.portfolio_manager).secret
    api = served()
    answers = together([(f"{api}/tranches/{pk}/release", amara, {}) for pk in tranches * 2])
    assert Counter(status for status, _ in answers) == {200: 25, 409: 25}
    assert all("It is released already." in refusal["detail"] for status, refusal in answers if status == 409)
    year = the_first_year(api, amara)
    assert (year["committed"], year["released"], year["available"]) == ("900.00", "900.00", "0.00")


def test_commitments_returns_releases_and_carry_overs_at_once_leave_sums_that_agree(money, served):
    made = [money.divided("45", "45") for _ in range(5)]
    mei, amara = program_of(money.world.controller).secret, program_of(money.world.portfolio_manager).secret
    api = served()
    commit = {"fund": "growth", "year": "2027", "amount": "90.00"}
    carry = {"from_year": "2027", "to_year": "2028", "amount": "90.00", "reason": "Year end"}
    back = {"amount": "45.00", "reason": "Cheaper"}
    answers = together(
        [(f"{api}/projects/METERS/commitments", mei, commit)] * 15
        + [(f"{api}/funds/growth/carry-over", mei, carry)] * 15
        + [(f"{api}/commitments/{first.commitment_id}/return", mei, back) for first, _ in made] * 2
        + [(f"{api}/tranches/{first.pk}/release", amara, {}) for first, _ in made] * 2
    )
    assert {status for status, _ in answers} <= {200, 201, 409}
    year = the_first_year(api, mei)
    held, gone = Decimal(year["committed"]), Decimal(year["carried_out"])
    assert Decimal(year["available"]) == Decimal(900) - held - gone
    assert (Decimal(year["available"]) >= 0, Decimal(year["released"]) <= held) == (True, True)
    done = Counter(status for status, _ in answers[:30])
    assert done[201] * 90 == held + Decimal(year["returned"]) - 450 + gone
