"""The value page: what was invested, what came back, where value leaks, and which goals moved."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from mainstay.cockpit.value.facts import finished_in, register_of
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.engine.benefits.profile import Profile, target
from mainstay.portfolio.dashboard import Sight, parts_for
from mainstay.portfolio.operations.projects import propose_project
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.value.operations import Read, add_benefit, record_readings, verify_readings
from tests.monitoring.money.conftest import HEADER, build_books

pytestmark = pytest.mark.django_db
FIRST = month_after(timezone.localdate(), -3)


def sight_of(person, **asked):
    return Sight(ProjectFilter.read(asked, Reading(person)))


def spend(world, **amounts):
    """Book what projects cost, by code."""
    lines = [
        f"{code},{FIRST},{amount}.00,GBP,{code},CC,600,OPEX,people,Fitters,spent" for code, amount in amounts.items()
    ]
    assert build_books(world).book("\n".join([HEADER, *lines])).committed


def bring_back(project, whole, *amounts, **fields):
    """A benefit of 12 steady months, with readings of its first months."""
    benefit = add_benefit(
        project, actor=MAINSTAY, name=f"From {project.code}", target=Decimal(whole), first_month=FIRST, **fields
    )
    told = [Read(month_after(FIRST, at), Decimal(one), "Bill") for at, one in enumerate(amounts)]
    record_readings(benefit, actor=MAINSTAY, readings=told)
    return benefit


@pytest.fixture
def finished(world, bring):
    """Two finished projects: 100 cost and 150 came, 300 cost and 330 came."""
    spend(world, PUMPS=100, METERS=300)
    for project, came in ((world.pumps, 150), (world.meters, 330)):
        bring(project, "closed")
        bring_back(project, came * 4, came)


def test_the_realised_return_is_the_ratio_of_sums_and_not_the_mean_of_ratios(world, finished):
    found = finished_in(sight_of(world.director))
    assert found.roi(found.came) == pytest.approx(0.2)
    part = parts_for(world.director)["returns"].fill(sight_of(world.director))
    assert [one.value for one in part.indicators][-1] == "20%"


def test_leaks_are_told_apart_and_an_excess_is_never_set_off(world, finished, bring):
    mains = propose_project(world.networks, actor=MAINSTAY, code="MAINS", name="Mains", cost=Decimal(5))
    bring(mains, "closed")
    bring_back(mains, 1200, 40)
    add_benefit(mains, actor=MAINSTAY, name="Never read", target=Decimal(2400), first_month=FIRST)
    part = parts_for(world.director)["value_leaks"].fill(sight_of(world.director))
    assert [(one.label, one.amount) for one in part.indicators] == [
        ("Behind plan", 60), ("Not measured", 600), ("Not verified", 520), ("Finished without benefits", 0),
    ]  # fmt: skip
    assert [row[0].text for row in part.tables[0].rows] == ["Never read", "From MAINS"]


def test_the_page_tells_the_story_and_the_past_what_was_known_then(world, finished, client):
    client.force_login(world.director)
    page = client.get("/value/").content.decode()
    questions = ("What did we invest?", "What came back?", "Where does value leak?", "Which goals moved?")
    places = [page.index(text) for text in questions]
    assert places == sorted(places)
    assert "GBP 480" in page
    before = client.get(f"/value/?as_of={timezone.localdate() - timedelta(days=2)}").content.decode()
    assert "GBP 480" not in before


def test_who_may_not_see_figures_has_no_value_page(world, client):
    client.force_login(world.stranger)
    assert client.get("/value/").status_code == 404


def test_sums_of_many_benefits_are_those_made_one_by_one(world):
    chance = np.random.default_rng(5)
    expected = {"planned": Decimal(0), "came": Decimal(0), "due": Decimal(0), "verified": Decimal(0)}
    until = month_after(timezone.localdate(), -1)
    for number in range(30):
        project = (world.pumps, world.meters)[number % 2]
        months, waiting, start = int(chance.integers(1, 20)), int(chance.integers(0, 4)), int(chance.integers(-18, 3))
        profile = list(Profile)[number % 3]
        whole = Decimal(int(chance.integers(1, 90_000))) / 100
        share, minus = Decimal(int(chance.integers(1, 100))) / 100, number % 7 == 0
        first = month_after(timezone.localdate(), start)
        benefit = add_benefit(
            project, actor=MAINSTAY, name=f"{number}", target=whole, first_month=first, months=months,
            waiting=waiting, profile=profile.value, attribution=share, is_disbenefit=minus,
        )  # fmt: skip
        course = target(whole, months, profile, waiting)
        sign = -1 if minus else 1
        read = [at for at in range(24) if month_after(first, at) <= until and chance.random() < 0.6]
        told = [Read(month_after(first, at), Decimal(int(chance.integers(0, 9_000))) / 100, "Bill") for at in read]
        if told:
            record_readings(benefit, actor=MAINSTAY, readings=told)
            verify_readings(benefit, actor=world.controller, months=[told[0].month])
            expected["verified"] += sign * told[0].amount * share
        expected["planned"] += sign * sum(
            (part for at, part in enumerate(course) if month_after(first, at) <= until), Decimal(0)
        )
        expected["due"] += sign * sum((course[at] for at in read if at < len(course)), Decimal(0))
        expected["came"] += sign * share * sum((one.amount for one in told), Decimal(0))
    register = register_of(sight_of(world.director))
    now = register.now
    found = {name: float(getattr(now, name).sum()) for name in expected}
    assert found == pytest.approx({name: float(amount) for name, amount in expected.items()}, abs=0.16)
