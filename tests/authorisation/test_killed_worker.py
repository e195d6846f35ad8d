"""A worker that is killed while it solves: the run is taken up again by another process, never lost."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from mainstay.authorisation.jobs import SOLVE
from mainstay.core.operations.runs import start_run
from tests.authorisation.conftest import build_golden

pytestmark = pytest.mark.django_db(transaction=True)

START = """
import json, time
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from mainstay.authorisation import solving
from mainstay.authorisation.models import Selection
from mainstay.core import runs
from mainstay.core.models import Run
"""
AT_WORK = """
def solve(problem, **terms):
    terms["progress"](None, None, None, 0.1)
    print("at work", flush=True)
    time.sleep(600)
solving.engine.solve = solve
runs.work_off()
"""
LOOK = """
run = Run.objects.get()
print(json.dumps({"state": run.state, "attempts": run.attempts, "step": run.step}))
"""
LATER = """
Run.objects.update(heartbeat_at=timezone.now() - runs.DEAD_AFTER - timedelta(seconds=1))
reaped, done, run = runs.reap(), runs.work_off(), Run.objects.get()
finding = Selection.objects.get().solution.finding
print(json.dumps({"reaped": reaped, "done": done, "state": run.state, "attempts": run.attempts, "found": finding}))
"""


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of a process that sees the test's data: in PostgreSQL itself, else in a copy as a file."""
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "mainstay.config.settings", "MAINSTAY_DATA": str(tmp_path)}
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        host = known["OPTIONS"].get("host") or known["HOST"]
        who = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
        address = f"{who}:{known['PORT']}" if known["PORT"] else who
        return lambda: surroundings | {"DATABASE_URL": f"postgresql://{address}/{known['NAME']}?host={host}"}

    def copied():
        surroundings.pop("DATABASE_URL", None)
        file = sqlite3.connect(tmp_path / "mainstay.sqlite3")
        connection.connection.backup(file)
        file.close()
        return surroundings

    return copied


def said(script, surroundings):
    """What a process of its own says at its end."""
    found = subprocess.run(
        [sys.executable, "-c", START + script], env=surroundings, capture_output=True, text=True, check=True
    )
    return json.loads(found.stdout.splitlines()[-1])


def test_a_run_whose_worker_is_killed_is_done_by_the_next_one(world, elsewhere):
    golden = build_golden(world)
    parameters = {"selection": golden.prepare().pk}
    start_run(None, actor=golden.manager, kind=SOLVE, title="Solve", parameters=parameters)
    surroundings = elsewhere()
    with subprocess.Popen(
        [sys.executable, "-c", START + AT_WORK], env=surroundings, stdout=subprocess.PIPE
    ) as worker:
        try:
            assert worker.stdout.readline() == b"at work\n"
        finally:
            worker.kill()
    assert worker.returncode == -9
    left = {"state": "running", "attempts": 0, "step": "Looking for a first plan."}
    assert said(LOOK, surroundings) == left
    assert said(LATER, surroundings) == {
        "reaped": 1,
        "done": 1,
        "state": "succeeded",
        "attempts": 1,
        "found": "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit.",
    }
