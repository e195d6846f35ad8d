"""A server from the first start to its end, as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all of these tests; none of them leaves a person in it."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    """A server that answers; whatever the test does, it is gone afterwards."""
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings["MAINSTAY_DATA"] = str(folder)
    words = [sys.executable, "-m", "mainstay.cli", "serve", "--port", str(port)]
    with (folder / "said").open("w") as said:
        server = subprocess.Popen(words, env=surroundings, stdout=said, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: answer(port) or server.poll() is not None)
        assert answer(port) == 200, (folder / "said").read_text()
        yield server
    finally:
        server.kill()
        server.wait()
        wait_until(lambda: processes(folder) == [])


def wait_until(condition) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, "waited too long"
        time.sleep(0.05)


def answer(port: int) -> int:
    """The status of the sign-in page, or 0 while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=PATIENCE) as page:
            return page.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def processes(folder: Path) -> list[int]:
    """Every process that works on this data folder."""
    mark = f"MAINSTAY_DATA={folder}\0".encode()
    found = []
    for surroundings in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in surroundings.read_bytes():
                found.append(int(surroundings.parent.name))
        except OSError:
            continue
    return found


def test_a_first_start_shows_the_way_in_and_an_end_leaves_nothing_running(folder, port):
    with served(folder, port) as server:
        said = (folder / "said").read_text()
        assert f"Mainstay is at http://127.0.0.1:{port}/\n" in said
        link = re.search(r"Create the first administrator at (http\S+)\n", said)[1]
        with urllib.request.urlopen(link) as page:
            assert page.status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0
        assert processes(folder) == []


def test_a_killed_server_takes_its_processes_along_and_starts_again(folder, port):
    with served(folder, port) as server:
        wait_until(lambda: len(processes(folder)) >= 2)
        server.kill()
        server.wait()
        wait_until(lambda: processes(folder) == [])
    with served(folder, port):
        assert answer(port) == 200


def test_a_second_server_at_the_same_port_is_refused(folder, port, tmp_path):
    other = tmp_path / "other"
    with served(folder, port):
        words = [sys.executable, "-m", "mainstay.cli", "serve", "--data", str(other), "--port", str(port)]
        second = subprocess.run(words, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert second.stderr == (
            f"mainstay serve: cannot listen at 127.0.0.1 port {port}: Address already in use; choose another --port\n"
        )
        assert not other.exists()
