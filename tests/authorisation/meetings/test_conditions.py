"""Conditions: they block while they are not met, and those who own them are reminded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.authorisation.adoption import moves_for
from mainstay.authorisation.meetings.operations.concluding import close_meeting, release_meeting
from mainstay.authorisation.meetings.operations.reminding import remind_everybody, remind_of_conditions
from mainstay.authorisation.meetings.operations.session import decide_item, meet_condition, set_condition
from mainstay.authorisation.models import Condition, Decision, GateReview
from mainstay.authorisation.result import Line
from mainstay.cli import main
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event, Notice, Person
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import GateEdition, GateModel
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project
from tests.authorisation.meetings.test_session import vote

pytestmark = pytest.mark.django_db
DUE = date(2027, 6, 30)
SAID = "30\N{NO-BREAK SPACE}Jun\N{NO-BREAK SPACE}2027"


def stage(key: str) -> Stage:
    """A stage of the life cycle."""
    return Stage.objects.get(key=key)


def project(code: str = "N1") -> Project:
    """A project as it is now."""
    return Project.objects.select_related("stage").get(code=code)


def condition(committee: Any, code: str = "N1", **more: Any) -> Condition:
    """A condition that a gate set, owned by Cleo."""
    review = GateReview.objects.filter(project__code=code).first() or _review(code)
    terms = {"text": "Pilot result", "owner": committee.person("cleo"), "due_date": DUE} | more
    return set_condition(review, actor=MAINSTAY, **terms)


def _review(code: str) -> GateReview:
    row = project(code)
    model = GateModel.objects.create(portfolio=row.portfolio, key=f"gates-{code.lower()}", name="Gates")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    edition = GateEdition.objects.create(model=model, number=1, gates=[], published_at=at)
    return GateReview.objects.create(
        project=row, edition=edition, gate="start", target=stage("authorised"), opened_at=at, verdict="conditional"
    )


def on(day: date) -> Any:
    """As if it were noon of a day."""
    return acting(at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def told() -> list[tuple[str, str]]:
    """Who was told what, the oldest first."""
    return list(Notice.objects.order_by("pk").values_list("person__username", "text"))


def test_a_condition_that_blocks_keeps_a_project_from_being_authorised_until_it_is_met(committee: Any) -> None:
    one = condition(committee)
    with pytest.raises(Impossible, match=r"^1 condition not met yet: “Pilot result”\.$"):
        authorise_project(project(), actor=committee.chair, target=stage("authorised"), reason="Chosen")
    assert project().stage.key == "candidate"
    assert not Event.objects.filter(verb="project.authorise").exists()
    meet_condition(one, actor=one.owner, evidence="Report")
    assert (
        authorise_project(project(), actor=committee.chair, target=stage("authorised"), reason="Chosen").stage.key
        == "authorised"
    )


def test_one_that_reminds_only_blocks_nothing(committee: Any) -> None:
    condition(committee, blocks=False)
    assert (
        authorise_project(project(), actor=committee.chair, target=stage("authorised"), reason="Chosen").stage.key
        == "authorised"
    )


def test_what_is_blocked_is_told_before_a_plan_is_adopted(committee: Any) -> None:
    condition(committee)
    lines = [
        Line(one.pk, one.code, one.name, "", 1.0, 1.0, is_in=True, was_in=False, place=0)
        for one in Project.objects.filter(code__in=("N1", "N2")).order_by("code")
    ]
    assert [move.obstacle for move in moves_for(lines, reject_others=False)] == ["1 condition not met yet.", ""]


def test_one_that_a_board_sets_blocks_from_the_release_on_and_does_not_stop_it(committee: Any) -> None:
    meeting = committee.sitting("N1")
    terms = {"text": "Pilot result", "owner": committee.person("cleo"), "due_date": DUE}
    set_condition(committee.item("N1"), actor=committee.secretary, **terms)
    vote(committee, committee.item("N1"), bao="conditions", cleo="conditions", dev="conditions", ena="conditions")
    decide_item(committee.item("N1"), actor=committee.chair, verdict="conditional", reason="Worth it")
    release_meeting(close_meeting(meeting, actor=committee.secretary), actor=committee.secretary)
    assert project().stage.key == "authorised"
    edit_project(project(), actor=MAINSTAY, manager=committee.person("dev"), start_date=DUE, end_date=DUE)
    with pytest.raises(Impossible, match="1 condition not met yet: “Pilot result”"):
        advance_project(project(), actor=MAINSTAY, target=stage("active"))
    assert project().stage.key == "authorised"


def test_the_owner_is_told_within_the_week_before_and_once(committee: Any) -> None:
    one = condition(committee)
    with on(DUE - timedelta(days=8)):
        assert remind_everybody() == 0
    for day in (7, 6, 0):
        with on(DUE - timedelta(days=day)):
            remind_everybody()
    assert told() == [
        (
            "cleo",
            f"A condition you own is due on {SAID}; until it is met the project goes no further: Pilot result",
        )
    ]
    assert Notice.objects.get().url == reverse("conditions")
    assert one.met_at is None


def test_once_overdue_owner_and_project_manager_are_told_every_week(committee: Any) -> None:
    edit_project(project(), actor=MAINSTAY, manager=committee.person("dev"))
    condition(committee, blocks=False)
    for late in (1, 2, 6, 7, 13, 14):
        with on(DUE + timedelta(days=late)):
            remind_everybody()
    weeks = ("", ", for more than 1 week", ", for more than 2 weeks")
    since = f"is overdue since {SAID}"
    assert sorted(told()) == sorted(
        pair
        for more in weeks
        for pair in (
            ("cleo", f"A condition you own {since}{more}: Pilot result"),
            ("dev", f"A condition of Project N1 {since}{more}: Pilot result"),
        )
    )


def test_nobody_is_told_of_what_is_met_of_dropped_projects_or_of_unreleased_meetings(committee: Any) -> None:
    meet_condition(condition(committee), actor=committee.person("cleo"), evidence="Report")
    condition(committee, "N2")
    authorise_project(project("N2"), actor=MAINSTAY, target=stage("rejected"), reason="No")
    committee.sitting("N3")
    terms = {"text": "Secret so far", "owner": committee.person("cleo"), "due_date": DUE}
    set_condition(committee.item("N3"), actor=committee.secretary, **terms)
    Notice.objects.all().delete()
    with on(DUE + timedelta(days=1)):
        assert remind_everybody() == 0
        assert remind_of_conditions(list(Condition.objects.all()), actor=MAINSTAY) == 0
    assert told() == []


def test_page_and_api_remind_and_refuse_alike(committee: Any, client: Client) -> None:
    condition(committee, due_date=date(2026, 1, 5))
    client.force_login(committee.person("cleo"))
    page = client.get(reverse("conditions")).content.decode()
    assert "Remind the owners" not in page
    assert client.post(reverse("condition_reminders")).status_code == 403
    assert client.post("/api/v1/condition-reminders", {}, content_type="application/json").status_code == 403
    assert told() == []
    client.force_login(committee.secretary)
    assert "Remind the owners" in client.get(reverse("conditions")).content.decode()
    answer = client.post(reverse("condition_reminders"), follow=True)
    assert "1 notice left." in answer.content.decode()
    assert [name for name, _ in told()] == ["cleo"]
    again = client.post("/api/v1/condition-reminders", {}, content_type="application/json")
    assert (again.status_code, again.json()) == (200, {"count": 0})


def test_a_blocked_project_is_refused_by_the_api_too(committee: Any, client: Client) -> None:
    condition(committee)
    client.force_login(committee.chair)
    head = {"If-Match": f'"{project().version}"'}
    answer = client.post(
        "/api/v1/projects/N1/authorise",
        {"stage": "authorised", "reason": "Chosen"},
        content_type="application/json",
        headers=head,
    )
    assert (answer.status_code, answer.json()["detail"]) == (409, "1 condition not met yet: “Pilot result”.")
    assert (project().stage.key, Decision.objects.count()) == ("candidate", 0)


def test_whoever_owns_a_condition_or_runs_the_project_says_that_it_is_met_and_nobody_else(committee: Any) -> None:
    one = condition(committee)
    with pytest.raises(Forbidden):
        meet_condition(one, actor=committee.person("dev"), evidence="Report")
    assert Condition.objects.get().met_at is None
    assert meet_condition(one, actor=committee.person("cleo"), evidence="Report").evidence == "Report"
    other = condition(committee, "N2")
    assert meet_condition(other, actor=committee.secretary, evidence="Seen").met_at is not None


def test_whoever_may_not_remind_is_refused(committee: Any) -> None:
    one = condition(committee, due_date=date(2026, 1, 5))
    with pytest.raises(Forbidden):
        remind_of_conditions([one], actor=Person.objects.get(username="cleo"))
    assert told() == []


def test_the_command_for_the_daily_timer_says_how_many_notices_it_left(
    committee: Any, capsys: Any, monkeypatch: Any, tmp_path: Any
) -> None:
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path))
    condition(committee, due_date=date(2026, 1, 5))
    for said in ("1 notice left.\n", "0 notices left.\n"):
        assert main(["remind"]) == 0
        assert capsys.readouterr().out == said
    assert [name for name, _ in told()] == ["cleo"]
