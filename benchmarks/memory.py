"""How much memory the server takes: two web workers, after they have answered some pages.

    uv run python -m benchmarks.memory

Counted is the proportional share (PSS) of every process of the server: the one that keeps them, two web workers and
the worker for long runs. Shared pages count once. Linux only.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.surroundings import database

PAGES = 200


def main() -> int:
    """Start, ask, count, stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with database("sqlite") as environment:
        command = [sys.executable, "-m", "mainstay.cli", "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            _ask(f"http://127.0.0.1:{port}/account/login/")
            _report(_session(server.pid))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
    return 0


def _ask(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310  (our own server)
            break
        except OSError:
            time.sleep(0.2)
    for _ in range(PAGES):
        urllib.request.urlopen(address, timeout=5).read()  # noqa: S310


def _session(leader: int) -> list[int]:
    """Every process of the server's session."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == leader:
                found.append(int(folder.name))
    return found


def _report(processes: list[int]) -> None:
    total = 0
    for process in sorted(processes):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        share = int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        words = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        print(f"{share / 1024:8.1f} MiB  {words[-60:]}")
        total += share
    print(f"{total / 1024:8.1f} MiB  in {len(processes)} processes")


if __name__ == "__main__":
    sys.exit(main())
