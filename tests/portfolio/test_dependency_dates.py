"""What one project hands to another: promised, needed, and both told where the one comes after the other."""

from datetime import date
from typing import Any

import pytest

from mainstay.core.errors import Missing, Stale
from mainstay.core.models import Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Dependency, Project
from mainstay.portfolio.operations.parts import add_dependency, edit_dependency
from mainstay.portfolio.operations.projects import edit_project

pytestmark = pytest.mark.django_db
NEEDED, LATE, IN_TIME = date(2027, 3, 1), date(2027, 3, 15), date(2027, 2, 20)


@pytest.fixture
def handed(world: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """The pumps of Jonas need mains from the meters of Amara."""
    edit_project(world.pumps, actor=MAINSTAY, manager=world.project_manager)
    edit_project(world.meters, actor=MAINSTAY, manager=world.portfolio_manager)
    made = add_dependency(
        Project.objects.get(code="PUMPS"), actor=MAINSTAY, needs=world.meters, subject="Mains", needed_date=NEEDED
    )

    def change(project: Any, actor: Any = MAINSTAY, **changes: Any) -> Dependency:
        with django_capture_on_commit_callbacks(execute=True):
            return edit_dependency(project, actor=actor, dependency=made, **changes)

    return change


def told(person: Any) -> list[str]:
    """What somebody was told."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_both_ends_are_told_once_of_a_promise_that_comes_too_late(world: Any, handed: Any) -> None:
    give_grant(world.project_manager, actor=MAINSTAY, role=Role.EXECUTIVE, path=world.networks.path)
    Notice.objects.all().delete()
    handed(world.meters, world.portfolio_manager, promised_date=LATE)
    handed(world.meters, world.portfolio_manager, promised_date=date(2027, 3, 20))
    expected = "Mains, given by Smart meters to Replace the pumps, is promised for 15 Mar 2027: 14 days too late."
    assert told(world.project_manager) == told(world.portfolio_manager) == [expected]
    handed(world.meters, promised_date=IN_TIME)
    handed(world.meters, promised_date=LATE)
    assert told(world.project_manager) == [expected, expected]


def test_who_may_not_see_the_other_end_learns_no_name(world: Any, handed: Any) -> None:
    Notice.objects.all().delete()
    handed(world.meters, promised_date=LATE)
    assert "given by another project to Replace the pumps" in told(world.project_manager)[0]
    assert "Smart meters" not in told(world.project_manager)[0]


def test_who_gives_says_when_and_nothing_else(world: Any, handed: Any) -> None:
    with pytest.raises(Exception, match="These cannot be changed here: needed_date"):
        handed(world.meters, needed_date=LATE)
    with pytest.raises(Missing):
        handed(world.meters, world.project_manager, promised_date=LATE)
    assert Dependency.objects.get().promised_date is None
    assert handed(world.pumps, world.project_manager, promised_date=LATE).promised_date == LATE


def test_a_stale_change_is_refused(world: Any, handed: Any) -> None:
    handed(world.pumps, promised_date=IN_TIME)
    with pytest.raises(Stale):
        handed(world.pumps, dependency_version=1, promised_date=LATE)
    assert Dependency.objects.get().promised_date == IN_TIME


def test_the_page_says_what_clashes_and_offers_each_end_its_form(world: Any, handed: Any, client: Any) -> None:
    handed(world.meters, promised_date=LATE)
    client.force_login(world.portfolio_manager)
    page = client.get("/projects/PUMPS/").content.decode()
    assert "Mains is promised for" in page
    pk = Dependency.objects.get().pk
    assert b"Needed by" in client.get(f"/projects/PUMPS/dependencies/{pk}/").content
    sent = {"promised_date": "2027-02-20", "version": "2"}
    assert client.post(f"/projects/METERS/dependencies/{pk}/", sent)["Location"] == "/projects/METERS/"
    assert Dependency.objects.get().promised_date == IN_TIME
    assert Dependency.objects.get().subject == "Mains"
