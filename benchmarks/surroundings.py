"""Databases for benchmarks: each measurement runs in a process of its own against a fresh one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.plugins import postgres


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh SQLite file or PostgreSQL server; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mainstay-bench-") as folder:
        environment = os.environ | {
            "MAINSTAY_DATA": folder,
            "MAINSTAY_SECRET_KEY": "benchmark",
            "MAINSTAY_HOSTS": "testserver,127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "mainstay.config.settings",
        }
        environment.pop("DATABASE_URL", None)
        if kind == "sqlite":
            yield environment
            return
        programs = postgres.programs()
        if programs is None:
            raise SystemExit("No PostgreSQL server programs were found on this machine.")
        server = postgres.Server(programs)
        server.start()
        try:
            with psycopg.connect(server.url.replace("/mainstay?", "/postgres?"), autocommit=True) as wire:
                wire.execute("CREATE DATABASE mainstay")
            yield environment | {"DATABASE_URL": server.url}
        finally:
            server.stop()


def run_inside(module: str, kind: str, words: list[str]) -> int:
    """Run a module's measurement against a fresh database of this kind."""
    with database(kind) as environment:
        command = [sys.executable, "-m", module, "--inside", kind, *words]
        return subprocess.run(command, env=environment, check=False).returncode
