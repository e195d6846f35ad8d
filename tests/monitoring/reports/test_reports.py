"""Status reports: the rhythm, what is due, declared beside computed, publication, the lock, and reminders."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.authorisation.deciding.operations.baselines import freeze_baseline
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Channel, Notice
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import Every, ReportState, StatusReport
from mainstay.monitoring.raid.places import Place
from mainstay.monitoring.reports.computed import Computed
from mainstay.monitoring.reports.operations import (
    draft_report,
    edit_report,
    publish_report,
    remind_of_reports,
    set_rhythm,
)
from mainstay.monitoring.reports.periods import Period, last_over, period_with
from mainstay.monitoring.reports.queries import Round, computed_health, trend_of
from mainstay.monitoring.reports.rhythms import Rhythms
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.queries.reading import Reading
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db


def running(project: Project, manager: Any, **fields: Any) -> Project:
    """A project that runs since last year and was promised for a year from today."""
    today = timezone.localdate()
    days = {"start_date": today - timedelta(days=400), "end_date": today + timedelta(days=365)}
    found = let_run(project, manager, **days | fields)
    freeze_baseline(found, actor=MAINSTAY, reason="Authorised")
    return found


@pytest.fixture
def late(world: Any) -> Project:
    """The pumps have a milestone that is a year late; the projects of Top report every month."""
    project = running(world.pumps, world.project_manager)
    set_rhythm(world.top, actor=MAINSTAY, every="month", due_after=0)
    day = timezone.localdate() - timedelta(days=365)
    add_milestone(project, actor=MAINSTAY, name="First pump", due_date=day)
    return project


def round_of(user: Any, which: str = "all") -> Round:
    """What the reports page shows somebody."""
    return Round(Place(Reading(user)), which)


def test_periods_are_the_same_for_everybody() -> None:
    day = date(2026, 5, 20)
    assert period_with(Every.MONTH, day) == Period(date(2026, 5, 1), date(2026, 5, 31))
    assert period_with(Every.QUARTER, day) == Period(date(2026, 4, 1), date(2026, 6, 30))
    assert period_with(Every.FORTNIGHT, day) == Period(date(2026, 5, 18), date(2026, 5, 31))
    assert last_over(Every.MONTH, date(2026, 1, 1)) == Period(date(2025, 12, 1), date(2025, 12, 31))


def test_a_rhythm_holds_for_everything_below_until_one_below_says_otherwise(world: Any) -> None:
    set_rhythm(world.top, actor=world.director, every="quarter")
    assert Rhythms().of(world.networks.pk).every == "quarter"
    set_rhythm(world.networks, actor=world.portfolio_manager, every="fortnight")
    assert (Rhythms().of(world.networks.pk).every, Rhythms().of(world.top.pk).every) == ("fortnight", "quarter")
    set_rhythm(world.networks, actor=world.portfolio_manager, every="")
    assert Rhythms().of(world.networks.pk).every == "quarter"
    with pytest.raises(Forbidden):
        set_rhythm(world.networks, actor=world.sponsor, every="month")


def test_health_by_the_figures_tells_every_part_and_what_is_unknown(world: Any, late: Project) -> None:
    found = computed_health([late])[late.pk]
    colours = {one.key: one.colour for one in found.parts}
    assert colours == {
        "schedule": "red", "cost": "green", "scope_health": "green", "resources": "", "benefits": "green",
    }  # fmt: skip
    # 765 promised days / (765 + 365): 0.677; the mean of .25, .25 and .15 hides nothing of it.
    assert found.parts[0].score == round(765 / 1130, 4)
    assert found.score == round((0.25 * 765 / 1130 + 0.25 + 0.15) / 0.65, 4)
    assert found.overall == "amber"
    assert found.parts[3].told == "Nobody has said what people it needs."


def test_computed_health_asks_as_often_for_many_as_for_one(
    world: Any, late: Project, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    other = running(world.meters, world.director)
    with django_assert_max_num_queries(20) as one:
        computed_health([late])
    with django_assert_num_queries(len(one)):
        found = computed_health([late, other])
    assert [found[pk].overall for pk in (late.pk, other.pk)] == ["amber", "green"]


def test_a_report_begins_with_what_is_known(world: Any, late: Project) -> None:
    over = last_over(Every.MONTH, timezone.localdate())
    add_milestone(late, actor=MAINSTAY, name="Ordered", due_date=over.end, done_date=over.end)
    report = draft_report(late, actor=world.project_manager)
    assert (report.start_date, report.end_date, report.due_date) == (over.start, over.end, over.end)
    assert report.done.startswith("Ordered: reached on ")
    assert report.planned.startswith("First pump: by ")
    with pytest.raises(Impossible, match="already"):
        draft_report(late, actor=world.project_manager, within=over.end)
    assert StatusReport.objects.count() == 1


def test_what_is_declared_better_must_be_explained(world: Any, late: Project) -> None:
    report = draft_report(late, actor=world.project_manager)
    with pytest.raises(ValidationError, match="Declare how"):
        publish_report(report, actor=world.project_manager)
    edit_report(report, actor=world.project_manager, overall="green", schedule="amber")
    with pytest.raises(ValidationError, match="The figures say worse of overall and schedule"):
        publish_report(report, actor=world.project_manager)
    report.refresh_from_db()
    assert (report.state, report.computed) == (ReportState.DRAFT, {})
    assert Project.objects.get(pk=late.pk).health == ""


def test_a_published_report_keeps_the_figures_sets_the_health_and_is_locked(
    world: Any, late: Project, django_capture_on_commit_callbacks: Any
) -> None:
    edit_project(late, actor=MAINSTAY, owner=world.sponsor)
    report = draft_report(late, actor=world.project_manager)
    terms = {"overall": "green", "explanation": "The pump came yesterday"}
    edit_report(report, actor=world.project_manager, **terms)
    with django_capture_on_commit_callbacks(execute=True):
        publish_report(report, actor=world.project_manager)
    report.refresh_from_db()
    kept = Computed.of(report.computed)
    assert (kept.overall, kept.parts[0].colour, kept.worse_than(report)) == ("amber", "red", ["Overall"])
    assert report.figures["budget"] == "0.00"
    project = Project.objects.get(pk=late.pk)
    told = Notice.objects.filter(person=world.sponsor, text__contains="reports to")
    assert (project.health, told.count()) == ("green", 1)
    for act in (
        lambda: edit_report(report, actor=MAINSTAY, done="More"),
        lambda: publish_report(report, actor=MAINSTAY),
    ):
        with pytest.raises(Impossible, match="no longer changes"):
            act()
    assert StatusReport.objects.get().version == report.version
    assert [one.overall for one in trend_of(project)] == ["green"]


def test_the_office_sees_who_reported_who_is_late_and_reminds_once_a_week(world: Any, late: Project) -> None:
    found = round_of(world.portfolio_manager)
    assert [(one.project.code, one.is_late, one.computed.overall) for one in found.all] == [("PUMPS", True, "amber")]
    assert found.finding == "0 of 1 project reported, 1 late; 0 red."
    assert remind_of_reports([late], actor=world.portfolio_manager) == 1
    assert remind_of_reports([late], actor=world.portfolio_manager) == 0
    assert Notice.objects.filter(person=world.project_manager, text__contains="was due on").count() == 1
    with pytest.raises(Forbidden):
        remind_of_reports([late], actor=world.sponsor)
    report = draft_report(late, actor=world.project_manager)
    edit_report(report, actor=world.project_manager, overall="green", explanation="It came")
    publish_report(report, actor=world.project_manager)
    assert round_of(world.portfolio_manager, "late").shown == []
    assert [one.worse for one in round_of(world.portfolio_manager, "differs").shown] == [["Overall"]]


def test_a_report_is_read_as_it_was_known(world: Any, late: Project) -> None:
    then = timezone.now() - timedelta(days=3)
    with acting(Channel.SYSTEM, at=then):
        report = draft_report(late, actor=MAINSTAY)
        edit_report(report, actor=MAINSTAY, overall="amber")
    edit_report(report, actor=MAINSTAY, overall="red")
    known = StatusReport.objects.as_of(then + timedelta(days=1)).get(row_id=report.pk)
    assert (known.overall, StatusReport.objects.get().overall) == ("amber", "red")


def test_the_api_refuses_to_change_what_is_published(world: Any, late: Project, client: Any) -> None:
    report = draft_report(late, actor=MAINSTAY)
    edit_report(report, actor=MAINSTAY, overall="amber")
    publish_report(report, actor=MAINSTAY)
    client.force_login(world.project_manager)
    page = client.post(f"/monitor/reports/{report.pk}/", {"overall": "green", "version": "3"})
    sent = {"data": {"overall": "green"}, "content_type": "application/json", "headers": {"If-Match": '"3"'}}
    api = client.patch(f"/api/v1/reports/{report.pk}", **sent)
    assert (page.status_code, api.status_code) == (409, 409)
    assert StatusReport.objects.get().overall == "amber"
