"""Requests at the same moment: of two edits one holds, of a repeated request one acts.

PostgreSQL only: the test database of SQLite lives in one connection.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mainstay.portfolio.models import Project
from tests.api.conftest import program_of
from tests.world import build_world

pytestmark = [pytest.mark.only_on("postgres"), pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def together(program, send):
    """The answers to requests that start at one moment, each on a connection of its own."""
    gate = Barrier(AT_ONCE)

    def one(number):
        try:
            gate.wait()
            return send(type(program)(program.secret, type(program.client)(raise_request_exception=False)), number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_many_edits_from_one_version_exactly_one_holds():
    program = program_of(build_world().portfolio_manager)
    for version in range(1, 6):
        answers = together(
            program, lambda p, n, v=version: p.patch("/projects/PUMPS", {"risk": 10 * v + n}, version=v)
        )
        assert Counter(answer.status_code for answer in answers) == {200: 1, 412: AT_ONCE - 1}
        (held,) = [answer.data["risk"] for answer in answers if answer.status_code == 200]
        assert (program.get("/projects/PUMPS").data["risk"], held) == (held, held)


def test_of_a_request_sent_many_times_at_once_one_acts_and_all_are_answered_alike():
    program = program_of(build_world().portfolio_manager)
    for number in range(5):
        body = {"portfolio": "NET", "name": f"Valve {number}"}
        answers = together(program, lambda p, _, b=body, n=number: p.post("/projects", b, Idempotency_Key=f"k{n}"))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.data["code"] for answer in answers}) == 1
        assert Project.objects.filter(name=f"Valve {number}").count() == 1
