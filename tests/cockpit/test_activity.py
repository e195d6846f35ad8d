"""Activity tells who did what, when, why and through which channel, and hides what is hidden."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.cockpit.queries.feed import past
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.parts import add_milestone, edit_milestone
from mainstay.portfolio.operations.projects import edit_project, edit_projects, move_project, propose_project


def test_an_edit_is_told_with_its_reason_and_its_fields(see, world):
    edit_project(world.meters, actor=world.portfolio_manager, theme="Metering", health="red", reason="It stalls.")
    page = see("grace", "/activity/")
    assert "Amara Diallo" in page
    assert "It stalls." in page
    assert "Theme: <del>Resilience</del> <ins>Metering</ins>" in page
    assert "Health: <ins>Off track</ins>" in page
    assert 'href="/projects/METERS/"' in page


def test_a_part_of_a_project_names_and_opens_its_project(see, world):
    today = timezone.localdate()
    milestone = add_milestone(world.meters, actor=MAINSTAY, name="Half fitted", due_date=today)
    edit_milestone(milestone, actor=MAINSTAY, done_date=today)
    page = see("grace", "/activity/?noun=milestone")
    assert '<a href="/projects/METERS/">Half fitted</a> <span class="quiet">of Smart meters</span>' in page
    assert "Done: <ins>" in page


def test_changes_of_many_rows_are_told_by_their_number(see, world):
    edit_projects([world.meters, world.pumps], actor=world.portfolio_manager, theme="Grid")
    assert "edited 2 projects" in see("grace", "/activity/?verb=projects.edit")


def test_of_very_many_rows_a_reader_is_told_how_many_at_least(see, world):
    projects = [propose_project(world.networks, actor=MAINSTAY, name=f"Project {number}") for number in range(60)]
    edit_projects(projects, actor=MAINSTAY, theme="Grid")
    assert "edited at least 50 projects" in see("grace", "/activity/?verb=projects.edit")
    assert "edited 60 projects" in see("dora", "/activity/?verb=projects.edit")


def test_figures_are_told_only_to_those_who_may_see_them(see, world):
    edit_project(world.meters, actor=MAINSTAY, cost=Decimal("7654321.00"), theme="Metering")
    assert "7,654,321" in see("grace", "/activity/")
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    page = see("tom", "/activity/")
    assert "Metering" in page
    assert not [trace for trace in ("7654321", "7,654,321", "Whole-life cost") if trace in page]


def test_what_happens_in_a_confidential_part_is_told_to_nobody_outside(see, world):
    edit_project(world.heron, actor=MAINSTAY, theme="Secret theme", reason="Hush")
    page = see("grace", "/activity/")
    assert not [trace for trace in ("Heron", "Hush", "Secret theme", "Undisclosed") if trace in page]
    assert "Hush" in see("dora", "/activity/")


def test_a_record_that_a_field_points_at_is_not_named(see, world):
    move_project(world.depot, actor=MAINSTAY, portfolio=world.secret)
    move_project(world.depot, actor=MAINSTAY, portfolio=world.top)
    page = see("grace", "/activity/?verb=project.move")
    assert "New depot" in page
    assert "Undisclosed" not in page


def test_a_stage_is_told_by_its_name(see, world, bring):
    bring(world.meters, "candidate")
    assert "Stage: <del>Proposed</del> <ins>Candidate</ins>" in see("grace", "/activity/?verb=project.advance")


def test_the_feed_is_narrowed_by_person_record_verb_channel_and_day(see, world):
    with acting(at=timezone.now() - timedelta(days=9)):
        edit_project(world.meters, actor=world.portfolio_manager, theme="Old theme")
    edit_project(world.pumps, actor=world.project_manager, theme="New theme")
    today = timezone.localdate().isoformat()
    assert "Old theme" not in see("grace", "/activity/?who=jonas")
    assert "New theme" in see("grace", "/activity/?who=jonas")
    assert "New theme" not in see("grace", "/activity/?noun=milestone")
    assert "New theme" in see("grace", "/activity/?verb=project.edit&channel=system")
    assert "Nothing fits" in see("grace", "/activity/?channel=api")
    assert "Old theme" not in see("grace", f"/activity/?since={today}")


def test_a_past_date_tells_what_had_happened_by_then(see, world):
    with acting(at=timezone.now() - timedelta(days=9)):
        edit_project(world.meters, actor=MAINSTAY, theme="Old theme")
    edit_project(world.pumps, actor=MAINSTAY, theme="New theme")
    day = (timezone.localdate() - timedelta(days=5)).isoformat()
    page = see("grace", f"/activity/?as_of={day}")
    assert "Old theme" in page
    assert "New theme" not in page


@pytest.mark.parametrize("query", ["noun=spoon", "verb=fly", "since=soon", "before=-1", "channel=pigeon"])
def test_a_filter_that_makes_no_sense_answers_with_the_form(client, world, query):
    client.force_login(world.sponsor)
    assert client.get(f"/activity/?{query}").status_code == 422


def test_older_events_are_a_page_away(see, world):
    for number in range(60):
        edit_project(world.meters, actor=MAINSTAY, theme=f"Theme {number}")
    page = see("grace", "/activity/")
    assert "Theme 59" in page
    assert "Theme 8<" not in page
    before = page.split("before=")[1].split('"')[0]
    assert "Theme 8<" in see("grace", f"/activity/?before={before}")


def test_every_verb_has_a_past():
    assert {past(verb.value) for verb in Verb if not verb.reads} >= {"edited", "gave", "undid", "moved", "cancelled"}
    assert past("run.retry") == "retried"
    assert past("rate.set") == "set"
