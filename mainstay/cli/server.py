"""The web server: granian, with room for a thousand open pages."""

import gc
import os
import socket
import time
from dataclasses import dataclass

from mainstay.cli import orphans
from mainstay.cli.command import Refusal
from mainstay.cli.companion import Companion

APPLICATION = "mainstay.cli.application:application"
OPEN_CONNECTIONS = 4096
"""Above the number of pages that may listen for news at the same time."""
SECONDS_FOR_OPEN_REQUESTS = 5
SECONDS_FOR_THE_PORT = 3.0


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What a person types into a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104  (shown, not bound)
        return f"http://{host}:{self.port}/"


def wait_for_port(address: Address, seconds: float = SECONDS_FOR_THE_PORT) -> None:
    """Waits until nobody listens at the address, and refuses after a few seconds."""
    last_look = time.monotonic() + seconds
    while error := _taken(address):
        if time.monotonic() > last_look:
            raise Refusal(f"cannot listen at {address.host} port {address.port}: {error}; choose another --port")
        time.sleep(0.1)


def _taken(address: Address) -> str:
    """Why the address cannot be had, or nothing: granian shares ports, so it would not notice."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def run(address: Address, processes: int, with_worker: bool) -> None:
    """Serves until told to stop; the processes are forked, so they share the memory of loaded code."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _load_everything()
    _let_go_of_the_database()
    os.environ[orphans.VARIABLE] = str(os.getpid())
    companion = Companion() if with_worker else None
    try:
        Granian(
            target=APPLICATION,
            address=address.host,
            port=address.port,
            interface=Interfaces.ASGINL,
            workers=processes,
            backlog=OPEN_CONNECTIONS,
            backpressure=OPEN_CONNECTIONS,
            websockets=False,
            workers_kill_timeout=SECONDS_FOR_OPEN_REQUESTS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        if companion:
            companion.stop()


def _load_everything() -> None:
    """Loads what the first request would load, so that the forked processes share it and never copy it."""
    from django.urls import get_resolver

    import mainstay.config.asgi  # noqa: F401  (loads the applications)

    for pattern in get_resolver().url_patterns:
        getattr(pattern, "url_patterns", None)
    gc.collect()
    gc.freeze()


def _let_go_of_the_database() -> None:
    """No connection may be shared across a fork."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
