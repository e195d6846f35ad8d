"""One way to write: versions, stale edits, history, as of a date, undo."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Channel, Event, Pulse
from mainstay.core.operation import on
from mainstay.core.operations.undo import undo_change
from mainstay.core.surrounding import acting
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project, edit_projects
from mainstay.portfolio.operations.tree import edit_portfolio, move_portfolio
from tests.world import World


def test_an_edit_is_booked_with_who_when_why_channel_and_what(world: World) -> None:
    with acting(Channel.API):
        edit_project(world.pumps, actor=world.project_manager, reason="Quote came in", cost=Decimal("1300000.00"))
    event = Event.objects.first()
    assert (event.who, event.channel, event.verb, event.reason) == (
        "Jonas Weber",
        "api",
        "project.edit",
        "Quote came in",
    )
    assert event.changes[0]["fields"] == {"cost": ["1200000.00", "1300000.00"]}
    assert Pulse.objects.filter(noun="project", row_id=world.pumps.pk, row_version=2).exists()


def test_an_edit_that_changes_nothing_leaves_no_trace(world: World) -> None:
    events = Event.objects.count()
    edit_project(world.pumps, actor=world.project_manager, expected_version=1, name="Replace the pumps")
    assert Event.objects.count() == events
    assert Project.objects.get(code="PUMPS").version == 1


def test_the_second_editor_is_refused_and_told_what_changed(world: World) -> None:
    edit_project(world.pumps, actor=world.portfolio_manager, expected_version=1, name="Replace six pumps", risk=40)
    with pytest.raises(Stale) as refusal:
        edit_project(world.pumps, actor=world.project_manager, expected_version=1, name="Replace pumps and motors")
    told = {change.field: (change.before, change.after, change.who) for change in refusal.value.changes}
    assert told == {
        "name": ("Replace the pumps", "Replace six pumps", "Amara Diallo"),
        "risk": (30, 40, "Amara Diallo"),
    }
    pumps = Project.objects.get(code="PUMPS")
    assert (pumps.name, pumps.version) == ("Replace six pumps", 2)


def test_a_refused_value_leaves_nothing_half_done(world: World) -> None:
    events = Event.objects.count()
    with pytest.raises(ValidationError) as refusal:
        edit_projects([world.pumps, world.meters], actor=world.portfolio_manager, risk=50, start_date="2026-13-01")
    assert "start_date" in refusal.value.message_dict
    assert set(Project.objects.filter(risk=50)) == set()
    assert Event.objects.count() == events


def test_lists_and_figures_are_as_known_on_a_date(world: World) -> None:
    before = timezone.now()
    edit_project(world.pumps, actor=world.project_manager, cost=Decimal("5.00"))
    reader = world.sponsor
    then = dict(Project.objects.as_of(before).readable_by(reader).values_list("code", "cost_seen"))
    now = dict(Project.objects.readable_by(reader).values_list("code", "cost_seen"))
    assert then == {
        "PUMPS": Decimal("1200000.00"),
        "METERS": Decimal("800000.00"),
        "DEPOT": Decimal("400000.00"),
    }
    assert now["PUMPS"] == Decimal("5.00")
    long_ago = before - timedelta(days=1)
    assert not Project.objects.as_of(long_ago).visible_to(reader).exists()


def test_rows_are_written_inside_operations_only(world: World) -> None:
    with pytest.raises(RuntimeError):
        history.save(world.pumps)


def test_undo_brings_back_what_a_bulk_edit_changed(world: World) -> None:
    person = world.portfolio_manager
    assert edit_projects([world.pumps, world.meters], actor=person, theme="Growth") == 2
    event = Event.objects.first()
    assert undo_change(event, actor=person) == 2
    assert set(Project.objects.values_list("theme", flat=True)) == {"Resilience"}
    with pytest.raises(Impossible):
        undo_change(event, actor=person)


def test_undo_is_refused_when_somebody_changed_a_row_since(world: World) -> None:
    person = world.portfolio_manager
    edit_projects([world.pumps, world.meters], actor=person, theme="Growth")
    event = Event.objects.first()
    edit_project(world.meters, actor=person, theme="Safety")
    with pytest.raises(Impossible):
        undo_change(event, actor=person)
    assert Project.objects.get(code="PUMPS").theme == "Growth"


def test_others_cannot_undo_what_they_could_not_do(world: World) -> None:
    edit_project(world.pumps, actor=world.portfolio_manager, theme="Growth")
    with pytest.raises(Forbidden):
        undo_change(Event.objects.first(), actor=world.sponsor)
    assert Project.objects.get(code="PUMPS").theme == "Growth"


def test_sealing_and_moving_a_portfolio_takes_everything_below_along(world: World) -> None:
    edit_portfolio(world.networks, actor=world.director, is_confidential=True)
    assert not Project.objects.visible_to(world.sponsor).filter(code="PUMPS").exists()
    edit_portfolio(world.networks, actor=world.director, is_confidential=False)
    move_portfolio(world.networks, actor=world.director, parent=None)
    pumps = Project.objects.get(code="PUMPS")
    assert pumps.path.startswith(f"/{world.networks.key}/")
    assert set(Project.objects.visible_to(world.project_manager)) == {pumps}
    assert not Project.objects.visible_to(world.sponsor).filter(code="PUMPS").exists()


def test_reactions_hear_of_a_change_after_the_commit(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    heard: list[str] = []
    on(Verb.PORTFOLIO_EDIT)(lambda event: heard.append(event.label))
    with django_capture_on_commit_callbacks(execute=True):
        edit_portfolio(world.networks, actor=world.director, name="Grids")
        assert heard == []
    assert heard == ["Grids"]
