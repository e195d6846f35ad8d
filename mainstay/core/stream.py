"""The way into live updates: `/stream/` never reaches Django's threads, everything else goes to Django.

The session is read once; then an open page is a queue in the event loop.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async

from mainstay.core.live import Client, held_now, hub, person_behind, pulses_after

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PING_EVERY = 20.0
RENEW_EVERY = 60.0
MOST_REPLAYED = 500


class Streams:
    """The ASGI way in: `/stream/` is answered here, everything else by Django."""

    def __init__(self, django: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.django = django

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/stream/":
            await stream(scope, receive, send)
        elif scope["type"] == "http":
            await self.django(scope, receive, send)


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Hold one page's stream open until it goes away or its person loses every right."""
    known = await sync_to_async(person_behind)(_cookie(scope))
    if known is None:
        await send({"type": "http.response.start", "status": 401, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"Sign in first."})
        return
    client = Client(*known)
    await hub().join(client)
    sender = asyncio.create_task(_pour(client, _last_seen(scope), send))
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub().leave(client)
        sender.cancel()


async def _pour(client: Client, last: int | None, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _write(send, "retry: 3000\n\n")
    if last is not None:
        for pulse in await sync_to_async(pulses_after)(last, MOST_REPLAYED):
            if client.may_know(pulse):
                await _write(send, _message(pulse))
    renewed = asyncio.get_running_loop().time()
    while True:
        try:
            pulse = await asyncio.wait_for(client.queue.get(), timeout=PING_EVERY)
        except TimeoutError:
            await _write(send, ": ping\n\n")
            if asyncio.get_running_loop().time() - renewed > RENEW_EVERY:
                client.held = await sync_to_async(held_now)(client.person_id)
                renewed = asyncio.get_running_loop().time()
            continue
        if pulse is None:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await _write(send, _message(pulse))


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _message(pulse: dict[str, Any]) -> str:
    data = {"topics": topics_of(pulse), "version": pulse["row_version"]}
    return f"id: {pulse['id']}\ndata: {json.dumps(data)}\n\n"


def topics_of(pulse: dict[str, Any]) -> list[str]:
    """What a change is about: the kind of row, the row itself (`project:12`), every place above (`under:/a/b/`)."""
    parts = pulse["path"].strip("/").split("/") if pulse["path"] else []
    places = [f"under:/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts))]
    return [pulse["noun"], f"{pulse['noun']}:{pulse['row_id']}", *places]


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _cookie(scope: Scope) -> str:
    from http.cookies import CookieError, SimpleCookie

    from django.conf import settings

    try:
        jar = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return ""
    return jar[settings.SESSION_COOKIE_NAME].value if settings.SESSION_COOKIE_NAME in jar else ""


def _last_seen(scope: Scope) -> int | None:
    text = _header(scope, b"last-event-id")
    return int(text) if text.isdecimal() and len(text) < 19 else None
