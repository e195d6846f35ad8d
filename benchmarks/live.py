"""Two hundred open dashboards on one machine: how soon a change is seen by all who may, and by none of the others.

    uv run python -m benchmarks.live --clients 200

On SQLite and PostgreSQL a server with two web workers is started; three quarters of the pages belong to people who
see the estate, one quarter to people who see another one. A project is changed through the API again and again.
Told: the time from sending the change until a page is told of it, and until it has fetched the parts that changed,
the page's own patience of a fifth of a second included; the processes' threads and memory (PSS). Fails where somebody
who may see a change is shown it after more than two seconds, or where it reaches anybody else. Linux only.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.memory import _session
from benchmarks.surroundings import database

PROJECTS, CHANGES, FETCHED = 500, 20, 5
MOST_S, PATIENCE_S, PAGE_DELAY_S = 2.0, 10.0, 0.2
PAGE = "/dashboards/executive/?portfolio=ESTATE"


def lay_down(clients: int) -> None:
    """The estate, the people with their sessions, and a key for whoever changes things; told as JSON."""
    import django
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks.estate import Estate
    from mainstay.core.operations.grants import give_grant
    from mainstay.core.operations.people import create_person
    from mainstay.core.operations.tokens import issue_token
    from mainstay.core.roles import Role
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Project, Stage
    from mainstay.portfolio.operations.tree import create_portfolio

    estate = Estate()
    estate.grow_to(PROJECTS)
    other = create_portfolio(None, actor=MAINSTAY, name="Another estate", code="OTHER")
    cookies: dict[str, list[str]] = {"inside": [], "outside": []}
    for number in range(clients):
        where, top = ("outside", other) if number % 4 == 3 else ("inside", estate.top)
        person = create_person(None, actor=MAINSTAY, username=f"viewer{number:04d}", name=f"Viewer {number:04d}")
        give_grant(person, actor=MAINSTAY, role=Role.EXECUTIVE, path=top.path)
        browser = Client()
        browser.force_login(person)
        cookies[where].append(browser.cookies["sessionid"].value)
    _, secret = issue_token(estate.manager, actor=estate.manager, name="Live", scopes=["read", "write"])
    running = Project.objects.filter(stage=Stage.objects.get(key="active")).order_by("pk")
    codes = list(running.values_list("code", flat=True)[: CHANGES + FETCHED])
    print(json.dumps({"cookies": cookies, "secret": secret, "codes": codes}))


class Answer:
    """What a server answered: status, head and body."""

    def __init__(self, status: int, head: dict[str, str], body: bytes) -> None:
        self.status, self.head, self.body = status, head, body


async def ask(port: int, method: str, path: str, head: dict[str, str], body: bytes = b"") -> Answer:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = {"Host": "127.0.0.1", "Connection": "close", "Content-Length": str(len(body)), **head}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    writer.write("\r\n".join(lines).encode() + body)
    await writer.drain()
    told = await reader.read()
    writer.close()
    first, _, rest = told.partition(b"\r\n\r\n")
    status, *given = first.decode("latin-1").split("\r\n")
    named = dict(line.split(": ", 1) for line in given)
    return Answer(int(status.split()[1]), {name.lower(): value for name, value in named.items()}, rest)


class Page:
    """An open dashboard: its stream, and when it was told of a change."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.head = port, {"Cookie": f"sessionid={cookie}"}
        self.told_at: float | None = None
        self.changes = 0
        self.known: list[str] = []
        self.opened = asyncio.Event()

    async def listen(self) -> None:
        """Hold the stream open and note changes of projects."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        cookie = self.head["Cookie"]
        writer.write(f"GET /stream/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        await writer.drain()
        while line := await reader.readline():
            if line.startswith(b"retry:"):
                self.opened.set()
            if line.startswith(b"data:") and "project" in json.loads(line[5:])["topics"]:
                self.changes += 1
                self.told_at = self.told_at or time.perf_counter()

    async def look(self) -> None:
        """Open the dashboard and remember which state of its parts it shows."""
        answer = await ask(self.port, "GET", PAGE, self.head)
        self.known = re.findall(r'name="known" value="([^"]+)"', answer.body.decode())

    async def fetch(self) -> float:
        """Ask for the parts that changed, as the page does by itself; gives the moment they are there."""
        await asyncio.sleep(PAGE_DELAY_S)
        query = "".join(f"&known={one}" for one in self.known)
        answer = await ask(self.port, "GET", PAGE + query, self.head | {"HX-Request": "true"})
        if answer.status != 200 or b"hx-swap-oob" not in answer.body:
            raise SystemExit(f"A page that asked for changes was answered {answer.status}.")
        return time.perf_counter()


class Estate:
    """The pages of those who see the estate and of those who do not, and whoever changes it."""

    def __init__(self, port: int, told: dict[str, Any]) -> None:
        self.port, self.head = port, {"Authorization": f"Bearer {told['secret']}"}
        self.inside, self.outside = ([Page(port, one) for one in told["cookies"][w]] for w in ("inside", "outside"))
        self.pages = [*self.inside, *self.outside]

    async def change(self, code: str) -> float:
        """Change a project; gives the moment before it was sent."""
        path = f"/api/v1/projects/{code}"
        known = await ask(self.port, "GET", path, self.head)
        health = "red" if json.loads(known.body)["health"] == "green" else "green"
        head = self.head | {"If-Match": known.head["etag"], "Content-Type": "application/json"}
        for page in self.pages:
            page.told_at = None
        start = time.perf_counter()
        answer = await ask(self.port, "PATCH", path, head, json.dumps({"health": health}).encode())
        if answer.status != 200:
            raise SystemExit(f"The change was answered {answer.status}.")
        return start

    async def told(self, start: float) -> list[float]:
        """How long each page that may know waited until it was told."""
        while any(page.told_at is None for page in self.inside):
            await asyncio.sleep(0.005)
            if time.perf_counter() - start > PATIENCE_S:
                raise SystemExit("Not every page was told of a change.")
        return [page.told_at - start for page in self.inside if page.told_at]


async def measured(port: int, told: dict[str, Any], database: str, server: int) -> int:
    """Open every page, change projects, and tell the figures."""
    estate = Estate(port, told)
    tasks = [asyncio.create_task(page.listen()) for page in estate.pages]
    await asyncio.wait_for(asyncio.gather(*(page.opened.wait() for page in estate.pages)), 60)
    await asyncio.sleep(1)
    first, rest = told["codes"][:CHANGES], told["codes"][CHANGES:]
    waits = [wait for code in first for wait in await estate.told(await estate.change(code))]
    _report(f"{database:9} told of a change", waits)
    shown = []
    for code in rest:
        await asyncio.gather(*(page.look() for page in estate.inside))
        start = await estate.change(code)
        await estate.told(start)
        shown += [moment - start for moment in await asyncio.gather(*(page.fetch() for page in estate.inside))]
    _report(f"{database:9} shown by the page", shown)
    strangers = sum(page.changes for page in estate.outside)
    threads, memory = _weight(server)
    print(
        f"{database:9} {len(estate.inside)} pages may know, {len(estate.outside)} may not and were told "
        f"{strangers} times"
    )
    print(f"{database:9} {threads} threads, {memory:.0f} MiB in all processes of the server", flush=True)
    for task in tasks:
        task.cancel()
    return 0 if strangers == 0 and max(waits + shown) <= MOST_S else 1


def _report(name: str, waits: list[float]) -> None:
    waits = sorted(waits)
    p95 = waits[int(0.95 * (len(waits) - 1))]
    figures = (statistics.median(waits), p95, waits[-1])
    print(f"{name:30} p50 {figures[0]:6.3f} s   p95 {figures[1]:6.3f} s   longest {figures[2]:6.3f} s", flush=True)


def _weight(server: int) -> tuple[int, float]:
    """Threads, and memory in MiB, of every process of the server."""
    threads, memory = 0, 0
    for process in _session(server):
        status, rollup = (Path(f"/proc/{process}/{name}").read_text() for name in ("status", "smaps_rollup"))
        threads += int(re.search(r"^Threads:\s+(\d+)", status, re.MULTILINE)[1])  # type: ignore[index]
        memory += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return threads, memory / 1024


def run(kind: str, clients: int) -> int:
    """One database: lay down, serve, measure, stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with database(kind) as environment:
        words = [sys.executable, "-m", "benchmarks.live", "--inside", "--clients", str(clients)]
        laid = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        command = [sys.executable, "-m", "mainstay.cli", "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            _wait_for(port)
            return asyncio.run(measured(port, json.loads(laid.splitlines()[-1]), kind, server.pid))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        lay_down(options.clients)
        return 0
    kinds = ("sqlite", "postgres") if options.database == "both" else (options.database,)
    return max(run(kind, options.clients) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
