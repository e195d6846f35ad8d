"""A board of five with its secretary, and nine projects that wait for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.authorisation.meetings.operations.preparing import freeze_meeting, plan_meeting, set_agenda
from mainstay.authorisation.meetings.operations.session import open_meeting
from mainstay.authorisation.models import AgendaItem, Meeting
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import Board, Chair
from mainstay.governance.operations.boards import create_board, give_seat
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, propose_project

NAMES = {"bao": "Bao Chair", "cleo": "Cleo Member", "dev": "Dev Member", "ena": "Ena Member", "fay": "Fay Member"}
START = date(2026, 1, 1)


@dataclass
class Committee:
    """The board of Networks: Bao in the chair, four members, Amara as secretary."""

    world: Any
    board: Board

    def person(self, username: str) -> Person:
        """Somebody, as they are now."""
        return Person.objects.get(username=username)

    @property
    def chair(self) -> Person:
        """Bao."""
        return self.person("bao")

    @property
    def secretary(self) -> Person:
        """Amara, the portfolio manager."""
        return self.world.portfolio_manager

    def ids(self, *usernames: str) -> list[int]:
        """The keys of people."""
        return list(Person.objects.filter(username__in=usernames).values_list("pk", flat=True))

    def planned(self, *codes: str, **terms: Any) -> Meeting:
        """A meeting with these projects on its agenda."""
        held = {"title": "December sitting", "held_on": date(2026, 12, 4)} | terms
        meeting = plan_meeting(self.board, actor=self.secretary, **held)
        return set_agenda(meeting, actor=self.secretary, items=[{"project": code} for code in codes])

    def sitting(self, *codes: str, present: tuple[str, ...] = ("bao", "cleo", "dev", "ena")) -> Meeting:
        """The same, frozen and open, with four of five present."""
        meeting = freeze_meeting(self.planned(*codes), actor=self.secretary)
        return open_meeting(meeting, actor=self.secretary, present=self.ids(*present))

    def item(self, code: str) -> AgendaItem:
        """The agenda item about a project."""
        return AgendaItem.objects.get(project__code=code)


def candidate(portfolio: Any, code: str, cost: int, **fields: Any) -> Project:
    """A project that waits for authorisation."""
    project = propose_project(
        portfolio,
        actor=MAINSTAY,
        code=code,
        name=f"Project {code}",
        cost=Decimal(cost),
        benefit=Decimal(cost * 2),
        **fields,
    )
    return advance_project(project, actor=MAINSTAY, target=Stage.objects.get(key="candidate"))


def build_committee(world: Any, projects: int = 3) -> Committee:
    """Lay down the board and its projects N1, N2... of 100,000 each."""
    board = create_board(
        world.networks, actor=world.administrator, key="investment", name="Investment board", quorum=3
    )
    for username, name in NAMES.items():
        person = create_person(None, actor=MAINSTAY, username=username, name=name)
        give_grant(person, actor=MAINSTAY, role=Role.BOARD_MEMBER, path=world.networks.path)
        part = Chair.CHAIR if username == "bao" else Chair.MEMBER
        give_seat(board, actor=world.administrator, person=person, part=part, starts_on=START)
    give_seat(board, actor=world.administrator, person=world.portfolio_manager, part=Chair.SECRETARY, starts_on=START)
    for number in range(1, projects + 1):
        candidate(world.networks, f"N{number}", 100_000)
    return Committee(world, board)
