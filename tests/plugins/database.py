"""`pytest --db=sqlite|postgres`: the database is settled before Django reads its settings.

The controller starts one server; every worker of pytest-xdist gets a database of its own in it.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.plugins import browser, postgres

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
FOLDER_VARIABLE = "MAINSTAY_TEST_FOLDER"
started: list[postgres.Server] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options about databases."""
    group = parser.getgroup("mainstay")
    group.addoption("--db", choices=["sqlite", "postgres"], default="sqlite", help="the database to test on")
    group.addoption("--database-tests-only", action="store_true", help="leave out pages, and what needs no database")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Sets data folder and database address before pytest-django loads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        _prepare(early_config.known_args_namespace.db)
    folder = Path(os.environ[FOLDER_VARIABLE]) / (worker or "alone")
    folder.mkdir(exist_ok=True)
    os.environ |= {"MAINSTAY_TEST": "1", "MAINSTAY_DATA": str(folder)}
    try:
        return (yield)
    except BaseException:
        clean_up()
        raise


def _prepare(database: str) -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("MAINSTAY_DEMO", None)
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="mainstay-test-")
    if database == "postgres":
        os.environ["DATABASE_URL"] = os.environ.get(postgres.URL_VARIABLE) or _start_server()


def _start_server() -> str:
    programs = postgres.programs()
    if programs is None:
        raise pytest.UsageError(f"--db=postgres needs {postgres.URL_VARIABLE} or pg_ctl, and neither was found")
    server = postgres.Server(programs)
    started.append(server)
    server.start()
    return server.url


def pytest_unconfigure() -> None:
    """Leaves nothing behind."""
    clean_up()


def clean_up() -> None:
    """Stops the server and removes the data folders; workers leave both to the controller."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    while started:
        started.pop().stop()
    shutil.rmtree(os.environ.get(FOLDER_VARIABLE, ""), ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out tests that are about another database, or about none where that was asked for."""
    kept = [item for item in items if _is_about(item, config)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _is_about(item: pytest.Item, config: pytest.Config) -> bool:
    only = item.get_closest_marker("only_on")
    if only and only.args[0] != config.getoption("--db"):
        return False
    return not config.getoption("--database-tests-only") or _uses_database(item)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if browser.opens_a_page(item):
        return False
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(fixtures)
