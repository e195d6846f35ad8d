"""Fixtures that every room may use."""

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.plugins import browser

# A machine that does other work beside the tests is no fault of what they test.
settings.register_profile("mainstay", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mainstay")

# The test server may still tell of a page that the browser has left when the test's own output is closed already.
logging.raiseExceptions = False

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds the package, the tests and the documents."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The public data sets that lie beside the checkout; tests about them are skipped where they do not."""
    folder = Path(os.environ.get("MAINSTAY_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the shared data sets are not beside this checkout (MAINSTAY_SHARED_DATA names another place)")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright's own settings, pointed at the Chromium of this machine."""
    return browser.launch_arguments(browser_type_launch_args)
