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
}
# Open to the people invited only, whatever roles others hold; the journeys of judging look at them.
INVITED_ONLY = {"judging", "judgement", "comparing"}
FILES = ("_file", "_export")


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


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_every_page_is_usable(tour: Any, live_server: Any, width: int, colours: str) -> None:
    page, cast, said = tour
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    wrong: list[str] = []
    for address in addresses(cast):
        answer = page.goto(live_server.url + address)
        violations = Axe().run(page).response["violations"]
        serious = [each["id"] for each in violations if each["impact"] in {"serious", "critical"}]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        titled = page.locator("h1").count() == 1
        if answer.status != 200 or serious or wide > 0 or said or not titled:
            wrong.append(f"{address}: {answer.status} {serious} {wide} px too wide, console {said}, h1 {titled}")
        said.clear()
    assert wrong == []
