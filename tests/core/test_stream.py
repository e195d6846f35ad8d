"""Live updates reach those who may know, and nobody else."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client

from mainstay.core.access import held_by
from mainstay.core.live import Client as Page
from mainstay.core.live import Hub
from mainstay.core.models import Grant, Pulse
from mainstay.core.operations.grants import withdraw_grant
from mainstay.core.stream import Streams, stream
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from tests.world import World, build_world


def in_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread of its own, since a browser test may have left an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def pulse(**values: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "noun": "project",
        "row_id": 1,
        "row_version": 2,
        "path": "",
        "seal": "",
        "person_id": None,
    } | values


def test_a_page_is_told_of_what_its_person_may_see(world: World) -> None:
    page = Page(world.project_manager.pk, held_by(world.project_manager))
    assert page.may_know(pulse(path=world.pumps.path))
    assert not page.may_know(pulse(path=world.meters.path))
    assert page.may_know(pulse(noun="run", person_id=world.project_manager.pk))
    assert not page.may_know(pulse(noun="run", person_id=world.sponsor.pk))
    assert not page.may_know(pulse(noun="grant"))
    assert not Page(1, held_by(world.sponsor)).may_know(pulse(path=world.heron.path, seal=world.heron.seal))


async def _open(cookie: str, until: int, act: Any = None) -> tuple[int, list[dict[str, Any]]]:
    """Open the stream, do something meanwhile, and read until so many changes came."""
    heard: list[dict[str, Any]] = []
    status: list[int] = []
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])
        lines = message.get("body", b"").decode().splitlines()
        heard.extend(json.loads(line[6:]) for line in lines if line.startswith("data: "))
        if len(heard) >= until:
            gone.set()

    scope = {"type": "http", "path": "/stream/", "headers": [(b"cookie", f"sessionid={cookie}".encode())]}
    task = asyncio.create_task(stream(scope, receive, send))
    await asyncio.sleep(0.8)
    if act:
        await asyncio.to_thread(act)
    done, _ = await asyncio.wait({task}, timeout=6)
    if not done:
        gone.set()
        await task
    return status[0], heard


@pytest.mark.django_db(transaction=True)
def test_an_edit_reaches_an_open_page_that_may_see_it() -> None:
    world = build_world()
    browser = Client()
    browser.force_login(world.project_manager)

    def edit() -> None:
        from django.db import connection

        edit_project(world.meters, actor=MAINSTAY, name="Not for Jonas")
        edit_project(world.pumps, actor=MAINSTAY, name="For Jonas")
        connection.close()

    status, heard = in_a_loop(_open(browser.session.session_key, 2, edit))
    assert status == 200
    topics = {topic for one in heard for topic in one["topics"]}
    assert {topic for topic in topics if topic.startswith("project:")} == {f"project:{world.pumps.pk}"}
    assert f"under:{world.networks.path}" in topics


async def _watchers_of(pages: int) -> int:
    """How many look for changes after so many pages came at once."""
    hub = Hub()
    clients = [Page(number, ()) for number in range(pages)]
    await asyncio.gather(*(hub.join(client) for client in clients))
    watching = [task for task in asyncio.all_tasks() if task.get_coro().__qualname__ == "Hub._watch"]
    for task in watching:
        task.cancel()
    return len(watching)


@pytest.mark.django_db(transaction=True)
def test_one_watch_serves_all_pages_that_come_at_once() -> None:
    assert in_a_loop(_watchers_of(20)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_stranger_gets_no_stream() -> None:
    status, heard = in_a_loop(_open("nonsense", 1))
    assert (status, heard) == (401, [])


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_right_ends_an_open_stream() -> None:
    world = build_world()
    browser = Client()
    browser.force_login(world.project_manager)
    grant = Grant.objects.get(person=world.project_manager)

    def act() -> None:
        from django.db import connection

        withdraw_grant(grant, actor=MAINSTAY)
        edit_project(world.pumps, actor=MAINSTAY, name="Not any more")
        connection.close()

    _, heard = in_a_loop(_open(browser.session.session_key, 2, act))
    assert f"project:{world.pumps.pk}" not in [topic for one in heard for topic in one["topics"]]
    assert Pulse.objects.filter(noun="project", row_id=world.pumps.pk, row_version=2).exists()


def test_everything_else_goes_to_django() -> None:
    asked: list[str] = []

    async def django(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])

    in_a_loop(Streams(django)({"type": "http", "path": "/projects/"}, None, None))  # type: ignore[arg-type]
    assert asked == ["/projects/"]
