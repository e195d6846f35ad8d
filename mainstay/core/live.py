"""The hub of live updates: tells open pages which rows changed, to those who may know.

PostgreSQL wakes the hub by NOTIFY; on SQLite it looks into the outbox five times a second while somebody listens.
"""

import asyncio
import contextlib
import logging
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection

from mainstay.core.access import Held, held_by
from mainstay.core.verbs import Verb

LOOK_EVERY = 0.2
LOOK_EVERY_AT_LEAST = 2.0
log = logging.getLogger("mainstay.live")


class Client:
    """An open page: who looks, what they may see, and what it has still to be told."""

    def __init__(self, person_id: int, held: tuple[Held, ...]) -> None:
        self.person_id = person_id
        self.held = held
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(maxsize=1000)

    def may_know(self, pulse: dict[str, Any]) -> bool:
        """Whether the person may be told: their own things, and rows at places they may see."""
        if pulse["person_id"] is not None:
            return bool(pulse["person_id"] == self.person_id)
        verb = Verb.SEE_REGISTER if pulse["path"] else Verb.SEE_AUDIT
        path, seal = pulse["path"] or "/", pulse["seal"]
        return any(verb in grant.role.verbs and grant.reaches(path, seal) for grant in self.held)

    def tell(self, pulse: dict[str, Any]) -> None:
        """Put a change into the queue; a page that does not read is closed and comes back by itself."""
        try:
            self.queue.put_nowait(pulse)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """End the stream."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


def person_behind(cookie: str) -> tuple[int, tuple[Held, ...]] | None:
    """The signed-in person behind a session cookie and what they hold."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    close_old_connections()
    try:
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(cookie)
        person = get_user(request)
        return (person.pk, held_by(person)) if person.is_authenticated and person.is_active else None
    finally:
        _let_go()


def held_now(person_id: int) -> tuple[Held, ...]:
    from mainstay.core.models import Person

    try:
        person = Person.objects.filter(pk=person_id, is_active=True).first()
        return held_by(person) if person else ()
    finally:
        _let_go()


def pulses_after(last: int, most: int) -> list[dict[str, Any]]:
    from mainstay.core.models import Pulse

    close_old_connections()
    try:
        return list(Pulse.objects.filter(pk__gt=last).order_by("pk").values()[:most])
    finally:
        _let_go()


def last_pulse() -> int:
    from mainstay.core.models import Pulse

    try:
        return Pulse.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    finally:
        _let_go()


def _let_go() -> None:
    """Give a pooled connection back; the embedded database's stays open for the next look."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()


class Hub:
    """The one place of a process that looks for changes and tells them to its clients."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.wake = asyncio.Event()
        self.begun: asyncio.Future[int] | None = None
        self.last = 0
        self.task: asyncio.Task[None] | None = None

    async def join(self, client: Client) -> None:
        """Let a client in; the first of those who come starts the one watch, and all wait until it has begun."""
        self.clients.add(client)
        if self.task is None or self.task.done():
            self.begun = asyncio.ensure_future(sync_to_async(last_pulse)())
            self.task = asyncio.create_task(self._watch(self.begun))
        await asyncio.shield(self.begun)

    def leave(self, client: Client) -> None:
        """Let a client go."""
        self.clients.discard(client)

    async def _watch(self, begun: asyncio.Future[int]) -> None:
        self.last = await begun
        listener = asyncio.create_task(self._listen()) if connection.vendor == "postgresql" else None
        try:
            while self.clients:
                await self._look()
                await self._rest()
        finally:
            if listener:
                listener.cancel()

    async def _rest(self) -> None:
        try:
            patience = LOOK_EVERY_AT_LEAST if connection.vendor == "postgresql" else LOOK_EVERY
            await asyncio.wait_for(self.wake.wait(), timeout=patience)
        except TimeoutError:
            pass
        self.wake.clear()

    async def _look(self) -> None:
        try:
            pulses = await sync_to_async(pulses_after)(self.last, 1000)
        except Exception:
            log.warning("The outbox could not be read; trying again", exc_info=True)
            return
        for pulse in pulses:
            self.last = pulse["id"]
            await self._tell(pulse)

    async def _tell(self, pulse: dict[str, Any]) -> None:
        for client in list(self.clients):
            if pulse["noun"] in {"grant", "person"} and client.person_id in {pulse["person_id"], pulse["row_id"]}:
                client.held = await sync_to_async(held_now)(client.person_id)
                if not client.held:
                    client.close()
            if client.may_know(pulse):
                client.tell(pulse)

    async def _listen(self) -> None:
        import psycopg

        settings = connection.get_connection_params()
        known = {k: v for k, v in settings.items() if k in {"dbname", "user", "password", "host", "port"}}
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                await self._hear(await psycopg.AsyncConnection.connect(**known, autocommit=True))
            await asyncio.sleep(1)

    async def _hear(self, wire: Any) -> None:
        async with wire:
            await wire.execute("LISTEN mainstay")
            async for _ in wire.notifies():
                self.wake.set()


_hubs: dict[int, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(id(asyncio.get_running_loop()), Hub())
