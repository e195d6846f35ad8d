"""Who may see and do what: grants by place, confidential parts, confidential figures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.models import Event, Grant, Person
from mainstay.core.operations.grants import give_grant, withdraw_grant
from mainstay.core.operations.people import deactivate_person, set_password
from mainstay.core.roles import VERBS_OF, Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from tests.world import World


def codes(person: object, **keywords: object) -> set[str]:
    return set(Project.objects.visible_to(person, **keywords).values_list("code", flat=True))


def test_each_person_sees_exactly_what_their_grants_cover(world: World) -> None:
    assert codes(world.sponsor) == {"PUMPS", "METERS", "DEPOT"}
    assert codes(world.portfolio_manager) == {"PUMPS", "METERS"}
    assert codes(world.project_manager) == {"PUMPS"}
    assert codes(world.stranger) == set()
    assert codes(world.director) == {"PUMPS", "METERS", "DEPOT", "HERON"}


def test_a_confidential_part_needs_a_grant_of_its_own(world: World) -> None:
    assert codes(world.administrator) == {"PUMPS", "METERS", "DEPOT"}
    give_grant(world.sponsor, actor=MAINSTAY, role=Role.SPONSOR, path=world.secret.path)
    assert codes(world.sponsor) == {"PUMPS", "METERS", "DEPOT", "HERON"}


def test_a_resource_manager_sees_projects_but_no_figures(world: World) -> None:
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    rows = Project.objects.readable_by(world.stranger).values_list("code", "cost_seen", "benefit_seen")
    assert set(rows) == {("PUMPS", None, None), ("METERS", None, None), ("DEPOT", None, None)}


def test_figures_are_seen_only_where_a_role_opens_them(world: World) -> None:
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.FINANCE, path=world.networks.path)
    seen = dict(Project.objects.readable_by(world.stranger).values_list("code", "cost_seen"))
    assert {code: cost is not None for code, cost in seen.items()} == {"PUMPS": True, "METERS": True, "DEPOT": False}


def test_what_is_out_of_scope_does_not_exist_and_nothing_happens(world: World) -> None:
    events = Event.objects.count()
    with pytest.raises(Missing):
        edit_project(world.depot, actor=world.portfolio_manager, name="Mine now")
    with pytest.raises(Forbidden):
        edit_project(world.depot, actor=world.sponsor, name="Mine now")
    assert Project.objects.get(code="DEPOT").name == "New depot"
    assert Event.objects.count() == events


def test_a_withdrawn_grant_ends_with_the_next_request(world: World) -> None:
    grant = Grant.objects.get(person=world.portfolio_manager)
    withdraw_grant(grant, actor=world.administrator, reason="Left the team")
    assert codes(world.portfolio_manager) == set()
    assert Event.objects.first().reason == "Left the team"


def test_a_grant_that_ran_out_gives_nothing(world: World) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EXECUTIVE, path="/", until_date=yesterday)
    assert codes(world.stranger) == set()


def test_a_deactivated_person_holds_nothing(world: World) -> None:
    deactivate_person(world.sponsor, actor=world.administrator, reason="Left")
    assert codes(world.sponsor) == set()


def test_nobody_gives_a_role_that_allows_more_than_their_own(world: World) -> None:
    with pytest.raises(Forbidden):
        give_grant(world.stranger, actor=world.director, role=Role.ADMINISTRATOR, path="/")
    with pytest.raises(Forbidden):
        give_grant(world.stranger, actor=world.portfolio_manager, role=Role.EVALUATOR, path="/")
    assert not Grant.objects.filter(person=world.stranger).exists()


def test_an_auditor_reads_everything_and_writes_nothing() -> None:
    assert {verb for verb in VERBS_OF[Role.AUDITOR] if not verb.reads} == set()
    assert VERBS_OF[Role.AUDITOR] >= {Verb.SEE_REGISTER, Verb.SEE_FIGURES, Verb.SEE_CONFIDENTIAL, Verb.SEE_AUDIT}


def test_a_token_narrows_what_its_person_may(world: World) -> None:
    person = world.portfolio_manager
    person.token_scopes = frozenset({"read"})
    assert access.may(person, Verb.SEE_REGISTER, world.pumps)
    assert not access.may(person, Verb.PROJECT_EDIT, world.pumps)
    person.token_scopes = frozenset({"project.edit"})
    assert access.may(person, Verb.PROJECT_EDIT, world.pumps)
    assert codes(person) == set()


def test_events_are_seen_with_the_place_they_happened_at(world: World) -> None:
    edit_project(world.heron, actor=MAINSTAY, name="Project Heron II")
    edit_project(world.pumps, actor=MAINSTAY, name="Replace all pumps")
    labels = set(Event.objects.visible_to(world.project_manager).values_list("label", flat=True))
    assert labels == {"Replace the pumps", "Replace all pumps"}
    assert not Event.objects.visible_to(world.sponsor).filter(label__contains="Heron").exists()
    assert not Event.objects.visible_to(world.stranger).exists()


def test_a_new_password_is_on_record_but_not_in_the_history(world: World) -> None:
    person = world.project_manager
    with pytest.raises(Forbidden):
        set_password(person, actor=world.administrator, password="another-long-secret")
    set_password(person, actor=person, password="another-long-secret")
    assert world.project_manager.check_password("another-long-secret")
    event = Event.objects.first()
    assert (event.verb, event.changes[0]["fields"]) == ("password.set", {})
    assert not hasattr(Person.Version.objects.first(), "password")
