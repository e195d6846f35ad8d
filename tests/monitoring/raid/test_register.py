"""Issues and actions: written down, owned, resolved, listed, rolled up and imported; risks beside them."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Stale
from mainstay.core.exchange import read_table, sheet_named
from mainstay.core.exchange.checking import commit
from mainstay.core.exchange.proposal import suggest
from mainstay.core.models import Event, Notice
from mainstay.core.system import MAINSTAY
from mainstay.identification.operations.cases import open_case
from mainstay.identification.operations.risks import add_risk
from mainstay.monitoring.models import Action, Issue
from mainstay.monitoring.raid.operations import add_action, add_issue, edit_action, edit_issue, remove_issue
from mainstay.monitoring.raid.places import Place, project_place
from mainstay.monitoring.raid.queries import Asked, Register
from mainstay.portfolio.queries.reading import Reading

pytestmark = pytest.mark.django_db
PAST = date(2026, 1, 31)


def notices(person: Any) -> list[str]:
    """What somebody was told."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_an_issue_is_owned_resolved_with_words_and_counted(
    world: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        issue = add_issue(
            world.pumps, actor=world.project_manager, title=" Supplier late ", severity="serious",
            owner=world.portfolio_manager, due_date=PAST,
        )  # fmt: skip
        action = add_action(world.pumps, actor=world.project_manager, text="Ask another", issue=issue, due_date=PAST)
    assert notices(world.portfolio_manager)[-1] == "You own an issue of Replace the pumps: Supplier late"
    place = project_place(world.project_manager, "PUMPS")
    assert Register(place, Asked()).finding == "1 open issue, 1 serious; 1 action to do, 1 overdue."
    with pytest.raises(ValidationError, match="Say how it was resolved"):
        edit_issue(issue, actor=world.project_manager, state="resolved")
    assert Issue.objects.get().state == "open"
    edit_issue(issue, actor=world.project_manager, state="resolved", resolution="A second one delivers")
    edit_action(action, actor=world.project_manager, done_date=PAST, outcome="Cheaper")
    assert Issue.objects.get().resolved_on is not None
    assert Register(place, Asked()).finding == "0 open issues; 0 actions to do."
    assert [row.about_words for row in Register(place, Asked(state="over")).actions] == ["Issue: Supplier late"]


def test_nobody_owns_what_they_may_not_see_and_no_action_is_about_another_project(world: Any) -> None:
    issue = add_issue(world.meters, actor=MAINSTAY, title="Meters fail")
    for wrong in ({"owner": world.stranger}, {"issue": issue}):
        with pytest.raises(ValidationError):
            add_action(world.pumps, actor=world.project_manager, text="Ask", **wrong)
    with pytest.raises(Forbidden):
        add_issue(world.pumps, actor=world.controller, title="Not mine to say")
    assert not Action.objects.exists()
    assert Issue.objects.count() == 1


def test_a_stale_change_is_refused_and_a_removed_issue_leaves_its_actions(world: Any) -> None:
    issue = add_issue(world.pumps, actor=MAINSTAY, title="Late")
    add_action(world.pumps, actor=MAINSTAY, text="Ask", issue=issue)
    edit_issue(issue, actor=MAINSTAY, title="Very late")
    with pytest.raises(Stale):
        edit_issue(issue, actor=MAINSTAY, expected_version=1, title="Lost")
    assert Issue.objects.get().title == "Very late"
    remove_issue(issue, actor=MAINSTAY)
    assert Action.objects.get().issue is None
    assert Issue.Version.objects.filter(row_id=issue.pk).count() == 2


def risky(project: Any, **more: Any) -> Any:
    """A risk in the project's case."""
    case = getattr(project, "case", None) or open_case(project, actor=MAINSTAY)
    told = {"name": f"Flood at {project.code}", "probability": Decimal("0.4"), "impact": Decimal(100_000)}
    return add_risk(case, actor=MAINSTAY, **told | more)


def test_exposure_rolls_up_and_is_for_those_who_see_figures(world: Any, client: Any) -> None:
    risk = risky(world.pumps, residual_probability=Decimal("0.1"), residual_impact=Decimal(100_000))
    risky(world.meters, kind="opportunity", impact=Decimal(50_000))
    risky(world.heron, impact=Decimal(77_000_000))
    register = Register(Place(Reading(world.portfolio_manager), world.networks), Asked())
    assert (register.risks.exposure, register.risks.residual) == (Decimal(20_000), Decimal(-10_000))
    assert [one.project.code for one in register.risks.rows] == ["PUMPS", "METERS"]
    assert register.risks.matrix.title.startswith("0 of 1 threat")
    add_action(world.pumps, actor=world.project_manager, text="Build a wall", risk=risk)
    client.force_login(world.portfolio_manager)
    page = client.get("/monitor/raid/?portfolio=NET").content.decode()
    assert "Flood at PUMPS" in page
    assert "Risk: Flood at PUMPS" in page
    assert "HERON" not in page
    assert Register(Place(Reading(world.stranger)), Asked()).risks is None


def test_the_pages_take_what_is_typed_and_keep_what_is_wrong(world: Any, client: Any) -> None:
    client.force_login(world.project_manager)
    sent = {"title": "Pump broke", "severity": "serious", "due_date": "2027-01-31"}
    assert client.post("/monitor/projects/PUMPS/issues/new/", sent)["Location"] == "/monitor/projects/PUMPS/raid/"
    issue = Issue.objects.get()
    wrong = sent | {"state": "resolved", "version": "1", "title": "Pump broke again"}
    answer = client.post(f"/monitor/issues/{issue.pk}/", wrong)
    assert answer.status_code == 422
    assert b"Say how it was resolved" in answer.content
    assert b"Pump broke again" in answer.content
    sent = {"text": "Order a pump", "issue": issue.pk, "due_date": "2027-01-15"}
    client.post("/monitor/projects/PUMPS/actions/new/", sent)
    assert Action.objects.get().issue == issue
    page = client.get("/monitor/projects/PUMPS/raid/").content.decode()
    assert "Issue: Pump broke" in page
    client.force_login(world.controller)
    assert client.post(f"/monitor/issues/{issue.pk}/removal/").status_code == 403
    assert Issue.objects.exists()


FILE = """Key in the source,Project code,Summary,Severity,Owner,Status,Resolution
J-1,PUMPS,Pump broke,Serious,jonas,Open,
J-2,METERS,Meters lost,Warning,,Resolved,Found
"""


def bring(text: str, actor: Any, world: Any, name: str = "issues") -> Any:
    """Import a list into Networks."""
    sheet, table = sheet_named(name), read_table(io.BytesIO(text.encode()), "list.csv")
    return commit(sheet, table, suggest(sheet, table)[1], world.networks, actor, lambda share: None)


def test_issues_come_in_by_the_key_of_another_system_and_twice_is_once(world: Any) -> None:
    report = bring(FILE, world.portfolio_manager, world)
    assert report.is_clean, [one.sentence for one in report.problems]
    assert report.new == 2
    assert Issue.objects.get(external_key="J-1").owner == world.project_manager
    before = Event.objects.count()
    assert bring(FILE, world.portfolio_manager, world).unchanged == 2
    assert Event.objects.count() == before
    wrong = FILE.replace("jonas", "tom").replace("Found", "")
    told = {problem.message for problem in bring(wrong, world.portfolio_manager, world).problems}
    assert "It is resolved, and nothing says how." in told
    assert Issue.objects.get(external_key="J-2").resolution == "Found"
