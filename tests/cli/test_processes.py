"""The processes of a server: none is left behind, none stays dead, none shares a port unasked."""

import os
import signal
import socket
import sys
import time

import pytest

from mainstay.cli import orphans
from mainstay.cli.command import Refusal
from mainstay.cli.companion import Companion
from mainstay.cli.server import Address, wait_for_port

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
PATIENCE = 30.0


def eventually(condition) -> bool:
    """Whether the condition came true before patience ran out."""
    last = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_companion_that_dies_is_started_again():
    companion = Companion(SLEEPER)
    try:
        first = companion.pid
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: companion.pid != first)
        assert runs(companion.pid)
    finally:
        companion.stop()


def test_a_stopped_companion_is_gone_and_stays_gone():
    companion = Companion(SLEEPER)
    pid = companion.pid
    companion.stop()
    assert not runs(pid)
    assert companion.pid == pid


def test_a_companion_is_told_who_its_parent_is(tmp_path):
    told = tmp_path / "told"
    tell = f"print(os.environ[{orphans.VARIABLE!r}], file=open({str(told)!r}, 'w'), flush=True)"
    companion = Companion((sys.executable, "-c", f"import os, time; {tell}; time.sleep(600)"))
    try:
        assert eventually(lambda: told.exists() and told.read_text() == f"{os.getpid()}\n")
    finally:
        companion.stop()


def test_a_child_ends_once_its_parent_is_another():
    ended = []
    orphans.watch(os.getppid() + 1, lambda: ended.append("ended"))
    assert ended == ["ended"]


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield Address("127.0.0.1", listener.getsockname()[1])


def test_a_port_somebody_listens_at_is_refused_in_words(taken):
    with pytest.raises(Refusal) as refusal:
        wait_for_port(taken, seconds=0)
    assert refusal.value.line == (
        f"cannot listen at 127.0.0.1 port {taken.port}: Address already in use; choose another --port"
    )


def test_a_host_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match=r"^cannot listen at host\.invalid port 8000: "):
        wait_for_port(Address("host.invalid", 8000), seconds=0)


def test_a_server_for_everybody_is_shown_with_an_address_one_can_open():
    assert Address("0.0.0.0", 8000).url == "http://127.0.0.1:8000/"
    assert Address("127.0.0.1", 81).url == "http://127.0.0.1:81/"
