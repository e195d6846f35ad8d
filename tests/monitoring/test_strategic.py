"""Where people's time goes by kinds of work: booked and worked hours, each against its target."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mainstay.core.system import MAINSTAY
from mainstay.monitoring.queries.strategic import StrategicUse
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.queries.heat import By, Question
from mainstay.strategy.operations.mix import WantedBucket, classify_projects, create_classification
from tests.monitoring.crew import WEEK, Crew, gather_crew

ENDS = date(2026, 5, 15)
WINDOW = Question(By.PERSON, "month", date(2026, 5, 1), date(2026, 5, 31))
ASKED = "?first=2026-05&months=1"


@pytest.fixture
def crew(world: Any) -> Crew:
    """Anna and Ben, booked on the meters and on what few may know of."""
    crew = gather_crew(world)
    time = {"starts_on": WEEK, "ends_on": ENDS, "role": crew.staff.role, "actor": MAINSTAY}
    add_booking(crew.ben, project=world.meters, hours=Decimal(30), **time)
    add_booking(crew.ben, project=world.heron, hours=Decimal(5), **time)
    return crew


@pytest.fixture
def kinds(world: Any) -> Any:
    """Run and grow in halves; the pumps are run, the meters grow."""
    buckets = [WantedBucket(name, Decimal(50)) for name in ("Run", "Grow")]
    made = create_classification(None, actor=MAINSTAY, name="Run and grow", code="RG", buckets=buckets)
    for project, bucket in zip((world.pumps, world.meters), made.buckets.order_by("position"), strict=True):
        classify_projects([project], actor=MAINSTAY, classification=made, bucket=bucket)
    return made


def test_hours_booked_and_worked_fall_to_the_kinds_of_their_projects(world: Any, crew: Crew, kinds: Any) -> None:
    crew.enter("6", project=world.pumps)
    use = StrategicUse(kinds, WINDOW, world.portfolio_manager)
    pumps = sum(hours for project, hours in use.booked.items() if project == world.pumps.pk)
    told = {str(one.bucket): (round(one.booked, 2), one.worked, one.projects) for one in use.kinds}
    assert told["Grow"] == (30.0, 0.0, (world.meters.pk,))
    assert told["Run"] == (round(pumps, 2), 6.0, (world.pumps.pk,))
    assert told["None"] == (0.0, 0.0, ())
    assert sum(one.booked_share for one in use.kinds) == pytest.approx(1)
    assert use.hidden == pytest.approx(5)


def test_the_page_tells_the_worst_kind_and_opens_its_projects(world: Any, crew: Crew, kinds: Any) -> None:
    browser = Client()
    browser.force_login(world.portfolio_manager)
    page = browser.get(f"/resources/strategic/{ASKED}").context["page"]
    line = next(one for one in page.lines if one["name"] == "Grow")
    assert page.finding.startswith(("Run takes", "Grow takes", "Booked time follows"))
    opened = browser.get(line["url"].partition("#")[0])
    assert [project.code for project, _, _ in opened.context["page"].projects] == ["METERS"]
    assert "Project Heron" not in opened.content.decode()
    assert browser.get(f"/resources/strategic/{ASKED}&bucket=0").status_code == 404


def test_the_api_tells_the_same(world: Any, crew: Crew, kinds: Any) -> None:
    browser = Client()
    browser.force_login(world.portfolio_manager)
    told = browser.get(f"/api/v1/capacity/strategic{ASKED}").json()
    grow = next(one for one in told["items"] if one["bucket"] == "Grow")
    assert (told["classification"], told["hidden"]) == ("RG", 5.0)
    assert (grow["target"], grow["booked"], grow["projects"]) == (0.5, 30.0, ["METERS"])


def test_whoever_sees_no_people_is_refused(world: Any, crew: Crew, kinds: Any) -> None:
    browser = Client()
    browser.force_login(world.stranger)
    assert browser.get(f"/resources/strategic/{ASKED}").status_code == 403
