"""`mainstay test`: the whole suite, on every database and browser this machine has."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mainstay.cli import build, place
from mainstay.cli.command import FAILED, Command, Refusal

NO_TESTS_COLLECTED = 5
PROCESSES = "2"
SCRIPTS = Path(sys.executable).parent
"""Where the environment of this checkout keeps its commands, Node's among them."""


@dataclass(frozen=True)
class Step:
    """One run of a test tool, or the reason why it cannot run here."""

    name: str
    words: Sequence[str] = ()
    folder: Path | None = None
    missing: str = ""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = "mainstay test [--all] [--db sqlite|postgres|both] [--data DIR] [ARGUMENTS OF PYTEST ...]"
    parser.add_argument("--all", action="store_true", help="count a skipped test as a failure")
    parser.add_argument("--db", choices=["sqlite", "postgres", "both"], default="both", help="default: both")


def _run(options: argparse.Namespace) -> int:
    root = place.checkout()
    if root is None:
        raise Refusal("tests are run from a checkout, and this is an installed package")
    build.bring_up_to_date()
    outcomes = [(step, _outcome(step, options.all)) for step in _steps(root, options)]
    print("\n" + "\n".join(f"{step.name}: {outcome}" for step, outcome in outcomes))
    failed = any(outcome.startswith("failed") for _, outcome in outcomes)
    return FAILED if failed or "passed" not in {outcome for _, outcome in outcomes} else 0


def _steps(root: Path, options: argparse.Namespace) -> Iterator[Step]:
    if not options.rest:
        yield _front_end(root / "frontend")
    if options.db != "postgres":
        yield Step("Tests on SQLite", _pytest(options, "sqlite"), root)
    if options.db != "sqlite":
        yield _postgres(root, options)


def _front_end(folder: Path) -> Step:
    name = "Front end"
    if not (folder / "node_modules").is_dir():
        return Step(name, missing="frontend/node_modules is absent; `mainstay build --force` fetches it")
    return Step(name, [str(SCRIPTS / "npm"), "--silent", "test"], folder)


def _postgres(root: Path, options: argparse.Namespace) -> Step:
    sys.path.insert(0, str(root))
    from tests.plugins import postgres

    name = "Tests on PostgreSQL"
    if not postgres.is_available():
        return Step(name, missing="neither MAINSTAY_TEST_POSTGRES_URL nor pg_ctl was found")
    return Step(name, [*_pytest(options, "postgres"), "--database-tests-only"], root)


def _pytest(options: argparse.Namespace, database: str) -> list[str]:
    words = [sys.executable, "-m", "pytest", f"--db={database}", "-n", PROCESSES, "--dist=worksteal", "-q", "-rs"]
    return [*words, *(["--forbid-skips"] if options.all else []), *options.rest]


def _outcome(step: Step, all_must_run: bool) -> str:
    if step.missing:
        return f"{'failed, because it was ' if all_must_run else ''}skipped: {step.missing}"
    print(f"\n== {step.name}", flush=True)
    code = subprocess.run(step.words, cwd=step.folder, env=_surroundings(), check=False).returncode
    if code == NO_TESTS_COLLECTED:
        return "no test matched"
    return "passed" if code == 0 else f"failed (code {code})"


def _surroundings() -> dict[str, str]:
    """Nothing of this installation: tests bring their own data folder and database."""
    ours = {"MAINSTAY_DATA", "MAINSTAY_DEMO", "DATABASE_URL"}
    path = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")])
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PATH": path}


COMMAND = Command("test", "Run the tests", _add_arguments, _run, passes_on=True)
