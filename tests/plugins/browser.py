"""Chromium as the machine has it: nothing is downloaded, and no page may reach beyond this machine."""

import os
import shutil
from typing import Any

import pytest

from tests.signing_in import sign_in

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """The path of Chromium on this machine: the one named in MAINSTAY_CHROMIUM, else the one on the PATH."""
    named = os.environ.get("MAINSTAY_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


@pytest.fixture
def opened(page: Any, live_server: Any) -> Any:
    """Opens a page as somebody."""

    def open_as(person: Any, path: str) -> Any:
        page.context.clear_cookies()
        sign_in(page.context, live_server, person)
        page.goto(live_server.url + path)
        return page

    return open_as


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that opens a page, so that `-m 'not browser'` leaves them out."""
    for item in items:
        if opens_a_page(item):
            item.add_marker(pytest.mark.browser)


def opens_a_page(item: pytest.Item) -> bool:
    """Whether a test uses a browser."""
    return not {"page", "browser", "context"}.isdisjoint(getattr(item, "fixturenames", ()))


def launch_arguments(arguments: dict[str, Any]) -> dict[str, Any]:
    """What Playwright needs to start the Chromium of this machine, or a skip where there is none."""
    path = executable()
    if path is None:
        pytest.skip("no Chromium on this machine (looked for " + ", ".join(NAMES) + ")")
    # Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return arguments | {"executable_path": path, "args": SWITCHES}
