"""Every page of the permission table: usable by everybody, on any screen, without a message in the console."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from tests.permissions.cast import Cast, gather
from tests.permissions.rows import CLOSED
from tests.permissions.table import TABLE
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FRAGMENTS = {
    "account_logout",
    "search",
    "inventory_filters",
    "inventory_columns",
    "project_options",
    "ranking_news",
    "holidays",
    "roadmap_data",
    "roadmap_effect",
}
# Open to the people invited only, whatever roles others hold; the journeys of judging look at them.
INVITED_ONLY = {"judging", "judgement", "comparing"}
PARTS = 6  # so that workers share the pages out
FILES = ("_file", "_export", "_record")
# The navigation and the top bar are the same on every page; each part looks at them once.
SHELL = [[".shell-side"], [".shell-top"]]


@pytest.fixture
def tour(page: Any, live_server: Any) -> tuple[Any, Cast, list[str]]:
    """A browser of somebody who may open everything, and what its console says."""
    cast = gather()
    give_grant(cast.world.director, actor=MAINSTAY, role=Role.ADMINISTRATOR, path="/")
    sign_in(page.context, live_server, cast.world.director)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_told_off(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, cast, said


def _is_told_off(message: Any) -> bool:
    """Errors, but for the stream, which the test server does not have."""
    return message.type == "error" and not message.location["url"].endswith("/stream/")


def addresses(cast: Cast) -> list[str]:
    """Every page that can be opened in this world."""
    found = []
    for name, row in TABLE.items():
        if row.get not in (None, CLOSED) and name not in FRAGMENTS | INVITED_ONLY and not name.endswith(FILES):
            arguments = {key: cast.inside[value] for key, value in row.arguments.items()}
            found.append(reverse(name, kwargs=arguments) + (f"?{row.query}" if row.query else ""))
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_usable(tour: Any, live_server: Any, part: int) -> None:
    page, cast, said = tour
    wrong: list[str] = []
    for number, address in enumerate(addresses(cast)[part::PARTS]):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light" if part % 2 else "dark")
        answer = page.goto(live_server.url + address)
        faults = [*said, *_faults(page, SHELL if number else []), *_on_a_phone(page)]
        if answer.status != 200 or faults or page.locator("h1").count() != 1:
            wrong.append(f"{address}: {answer.status} {faults}")
        said.clear()
    assert wrong == []


def _on_a_phone(page: Any) -> list[str]:
    """Whether the same page scrolls sideways on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    return [f"phone: {fault}" for fault in _too_wide(page)]


def _faults(page: Any, without: list[list[str]]) -> list[str]:
    """What hinders people, and whether the page scrolls sideways."""
    wanted = {"resultTypes": ["violations"]}
    violations = Axe().run(page, {"exclude": without}, wanted).response["violations"]
    return [each["id"] for each in violations if each["impact"] in {"serious", "critical"}] + _too_wide(page)


def _too_wide(page: Any) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{wide} px too wide"] if wide > 0 else []
