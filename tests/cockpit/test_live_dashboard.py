"""An open dashboard asks once after a change and gets the parts that changed, and nothing else."""

import re
from decimal import Decimal

import pytest

from mainstay.cockpit.models import Mark
from mainstay.cockpit.operations import marks
from mainstay.cockpit.queries.remembering import Marks, kept
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project, move_project
from mainstay.strategy.operations.goals import create_goal

PAGE = "/dashboards/pmo_director/?portfolio=NET"


@pytest.fixture
def open_page(client, world):
    """Opens the page as the portfolio manager; `again` asks as the open page does after a change."""
    client.force_login(world.portfolio_manager)

    class Open:
        known = re.findall(r'name="known" value="([^"]+)"', client.get(PAGE).content.decode())

        def again(self):
            return client.get(PAGE, {"portfolio": "NET", "known": self.known}, headers={"HX-Request": "true"})

        def changed(self):
            answer = self.again().content.decode()
            return set(re.findall(r'<section hx-swap-oob="true"[^>]*id="part-([a-z_]+)"', answer))

    return Open()


def test_while_nothing_changes_nothing_is_sent(open_page):
    answer = open_page.again()
    assert (answer.status_code, answer.content) == (204, b"")


def test_only_the_parts_that_changed_are_sent(open_page, world):
    add_milestone(world.pumps, actor=MAINSTAY, name="Ordered", due_date="2020-01-31")
    # The list of milestones stays as it is; only the minute of its last change may be another.
    assert open_page.changed() <= {"milestones"}
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(5_000_000))
    changed = open_page.changed()
    assert {"figures", "stages"} <= changed
    assert "utilisation" not in changed
    assert "2 projects for GBP 5.8m" in open_page.again().content.decode()


def test_a_change_elsewhere_sends_nothing(open_page, world):
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(5_000_000))
    assert open_page.again().status_code == 204


def test_answers_are_kept_until_rows_they_are_made_of_change_there(world):
    made = []

    def ask(nouns=("project",), portfolio=world.networks):
        sight = Sight.of(portfolio, world.portfolio_manager)
        return kept(sight, "answer", Marks(sight, nouns).of(nouns), lambda: made.append(1) or len(made))

    assert (ask(), ask()) == (1, 1)
    add_milestone(world.pumps, actor=MAINSTAY, name="Ordered", due_date="2027-01-31")
    edit_project(world.depot, actor=MAINSTAY, name="Depot two")
    assert ask() == 1
    edit_project(world.pumps, actor=MAINSTAY, name="Pumps two")
    assert ask() == 2
    create_goal(None, actor=MAINSTAY, name="A goal of the whole house")
    assert ask() == 2
    assert ask(("goal",)) == 3


def test_a_row_that_lies_elsewhere_or_was_written_late_moves_what_is_known_of_the_past(world):
    edit_project(world.pumps, actor=MAINSTAY, name="Pumps two")
    assert not Mark.objects.filter(noun=marks.PLACE).exists()
    move_project(world.meters, actor=MAINSTAY, portfolio=world.top)
    assert Mark.objects.filter(noun=marks.PLACE).count() == 1
    with acting(at=world.pumps.Version.objects.first().known_from.replace(year=2020)):
        edit_project(world.pumps, actor=MAINSTAY, name="Pumps in 2020")
    assert Mark.objects.filter(noun=marks.PLACE).count() == 2


def test_old_marks_are_let_go_but_for_the_latest_of_each_kind_and_place(world, monkeypatch):
    monkeypatch.setattr(marks, "KEPT", 5)
    for number in range(30):
        edit_project(world.pumps, actor=MAINSTAY, name=f"Pumps {number}")
    assert Mark.objects.filter(noun="project").count() < 20
    assert Mark.objects.filter(noun="portfolio").exists()
