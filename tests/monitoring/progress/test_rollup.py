"""The earned value of a portfolio: sums first, indices after, in one currency, of what the reader may see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.core.errors import Missing
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.alerts.batch import Batch
from mainstay.monitoring.alerts.measures import known_measures
from mainstay.monitoring.models import WorkPackage
from mainstay.monitoring.progress.operations import Done, add_package, record_progress
from mainstay.monitoring.progress.place_page import PlaceProgress
from mainstay.monitoring.progress.project_page import ProjectProgress
from mainstay.monitoring.raid.places import place_asked
from mainstay.portfolio.models import Phase, Project, Stage
from mainstay.portfolio.queries.reading import Reading
from mainstay.value.operations import add_currency, set_rate
from tests.monitoring.money.conftest import HEADER, build_books


@pytest.fixture
def running(world):
    """The pumps (1,000, half done for 800) and the meters (3,000, all done for 1,500), planned for last month."""
    for rows in (Project.objects, Project.Version.objects):
        rows.update(stage=Stage.objects.filter(phase=Phase.COMMITTED).first())
    first = month_after(timezone.localdate(), -1)
    last = date.fromordinal(month_after(first, 1).toordinal() - 1)
    for project, budget, share in ((world.pumps, 1000, "0.5"), (world.meters, 3000, "1"), (world.heron, 77, "1")):
        days = {"start_date": first, "end_date": last}
        one = add_package(project, actor=MAINSTAY, name="All of it", budget=Decimal(budget), **days)
        record_progress(project, actor=MAINSTAY, readings=[Done(one, last, Decimal(share))])
    lines = [f"L-{code},{first},{cost}.00,GBP,{code},,,,,,spent" for code, cost in (("PUMPS", 800), ("METERS", 1500))]
    build_books(world).book("\n".join([HEADER, *lines]))
    return world


def test_sums_are_divided_and_indices_never_averaged(running):
    page = PlaceProgress(place_asked(Reading(running.controller), "NET", ""))
    whole = page.whole
    assert (whole.count, whole.budget, whole.planned, whole.earned, whole.spent) == (2, 4000, 4000, 3500, 2300)
    assert (round(whole.cpi, 4), round(whole.spi, 4)) == (1.5217, 0.875)
    assert [row.project.code for row in page.rows(page.order)] == ["PUMPS", "METERS"]
    assert [(one.name, one.sum.earned) for one in page.groups] == [("Smart network", 500)]


@pytest.fixture
def in_kroner(running):
    """The meters in kroner, of which nobody has said yet what they are worth."""
    for rows in (Project.objects, Project.Version.objects):
        rows.filter(code="METERS").update(currency="NOK")
    return add_currency(None, actor=MAINSTAY, code="NOK", name="Norwegian krone")


def test_costs_are_taken_at_the_rates_of_their_months_and_plans_at_that_of_the_baseline(running, in_kroner, client):
    set_rate(in_kroner, actor=MAINSTAY, date=date(2020, 1, 1), rate=Decimal("0.8"))
    set_rate(in_kroner, actor=MAINSTAY, date=timezone.localdate(), rate=Decimal("0.9"))
    whole = PlaceProgress(place_asked(Reading(running.controller), "NET", "")).whole
    assert (whole.count, whole.budget, whole.earned) == (2, 1000 + 2700, 500 + 2700)
    assert (whole.spent, round(whole.rate_effect, 2)) == (800 + 1200, -150)
    client.force_login(running.controller)
    assert "account for GBP -150" in client.get("/monitor/progress/?portfolio=NET").content.decode()
    told = client.get("/api/v1/portfolios/NET/earned-value").json()
    assert (told["spent"], told["rate_effect"]) == ("2000.00", "-150.00")


def test_what_has_no_rate_on_a_day_it_is_needed_is_in_no_sum(running, in_kroner):
    set_rate(in_kroner, actor=MAINSTAY, date=timezone.localdate(), rate=Decimal("0.9"))
    page = PlaceProgress(place_asked(Reading(running.controller), "NET", ""))
    assert (page.whole.count, page.whole.rate_effect, page.missing) == (1, 0, ["NOK"])


def test_who_sees_one_project_sees_the_sum_of_one_and_a_stranger_none(running):
    page = PlaceProgress(place_asked(Reading(running.project_manager), "", ""))
    assert (page.whole.count, page.whole.budget) == (1, 1000)
    assert PlaceProgress(place_asked(Reading(running.stranger), "", "")).whole is None
    with pytest.raises(Missing):
        place_asked(Reading(running.stranger), "NET", "")


def test_rules_may_watch_the_indices(running):
    batch, known = Batch(Project.objects.filter(code__in=["PUMPS", "DEPOT"]), timezone.localdate()), known_measures()
    found = {row.row_id: place for place, row in enumerate(sorted(batch.rows, key=lambda row: row.row_id))}
    pumps, depot = found[running.pumps.pk], found[running.depot.pk]
    cpi, spi = (known[key].values(batch) for key in ("earned.cpi", "earned.spi"))
    assert (cpi[pumps], spi[pumps]) == (0.625, 0.5)
    assert cpi[depot] != cpi[depot]


def test_it_can_all_be_asked_as_it_was_known_before_a_late_report(running):
    known, last = timezone.now(), month_after(timezone.localdate(), 0) - timedelta(days=1)
    one = WorkPackage.objects.get(project=running.pumps)
    record_progress(running.pumps, actor=MAINSTAY, readings=[Done(one, last, Decimal("0.9"))])
    then = ProjectProgress(running.controller, "PUMPS", known)
    now = ProjectProgress(running.controller, "PUMPS", None)
    assert [page.measures["ev"].value for page in (then, now)] == [500, 900]
    assert [page.packages[0].latest.share for page in (then, now)] == [Decimal("0.5"), Decimal("0.9")]
    assert then.figure.title.endswith("GBP 500 behind the plan and GBP 300 less than was spent")
    place = PlaceProgress(place_asked(Reading(running.controller, known), "NET", ""))
    assert (place.whole.earned, [row.project.code for row in place.rows(place.order)]) == (3500, ["PUMPS", "METERS"])


def test_a_page_asks_as_much_of_the_database_for_one_project_as_for_two(running, client):
    client.force_login(running.controller)
    Project.objects.filter(code="METERS").update(stage=Stage.objects.filter(phase=Phase.PIPELINE).first())
    client.get("/monitor/progress/")
    with CaptureQueriesContext(connection) as one:
        assert b"Replace the pumps" in client.get("/monitor/progress/").content
    Project.objects.update(stage=Stage.objects.filter(phase=Phase.COMMITTED).first())
    with CaptureQueriesContext(connection) as two:
        assert b"Smart meters" in client.get("/monitor/progress/").content
    assert len(two) == len(one)
