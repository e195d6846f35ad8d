"""A PostgreSQL server of our own for the length of a test run."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

URL_VARIABLE = "MAINSTAY_TEST_POSTGRES_URL"
OWNER_WHEN_ROOT = "postgres"
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


def is_available() -> bool:
    """Whether this machine has a server for tests, or what it takes to start one."""
    return bool(os.environ.get(URL_VARIABLE)) or programs() is not None


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: on the PATH, else the newest that Debian installed."""
    on_path = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=_version)
    found = [Path(on_path).resolve()] if on_path else debian[-1:]
    return found[0].parent if found and (found[0].parent / "initdb").exists() else None


def _version(program: Path) -> int:
    return int(program.parents[1].name)


class Server:
    """A server in a temporary folder, reached through a socket in it, that forgets everything."""

    def __init__(self, folder_of_programs: Path) -> None:
        self._programs = folder_of_programs
        self._folder = Path(tempfile.mkdtemp(prefix="mainstay-pg-"))
        self._data = self._folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self._folder, OWNER_WHEN_ROOT)

    @property
    def url(self) -> str:
        """The address as DATABASE_URL wants it."""
        return f"postgresql://mainstay@/mainstay?host={quote(str(self._folder))}"

    def start(self) -> None:
        """Makes the database files and starts the server."""
        self._call(
            "initdb",
            "-D",
            self._data,
            "-U",
            "mainstay",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        settings = SETTINGS | {"unix_socket_directories": f"'{self._folder}'"}
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self._call("pg_ctl", "-D", self._data, "-l", self._folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stops the server and removes every trace of it."""
        self._call("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(self, program: str, *words: str | Path) -> None:
        command = [str(self._programs / program), *map(str, words)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", OWNER_WHEN_ROOT, "--", *command]
        outcome = subprocess.run(
            command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if outcome.returncode:
            log = self._folder / "log"
            raise RuntimeError(
                f"{program} failed: {outcome.stdout.strip()} {log.read_text() if log.exists() else ''}"
            )
