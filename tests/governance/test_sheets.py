"""Seats and delegations as lists: brought in by key, refused as by hand, written and read back unchanged."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.core.exchange import check, commit, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import Delegation, Seat
from mainstay.governance.operations.boards import create_board, edit_board, give_seat
from mainstay.governance.operations.delegations import set_delegation
from tests.core.exchange.files import csv_file

pytestmark = pytest.mark.django_db
SEATS = "Key in the source,Board,Person,Part,From,Until\n"
DELEGATIONS = "Key in the source,Board,Role,Theme,Up to,Currency\n"


@pytest.fixture
def board(world: Any) -> Any:
    """The board of Networks, nobody on it yet."""
    return create_board(world.networks, actor=MAINSTAY, key="networks", name="Networks board", quorum=2)


def looked_at(name: str, text: str, world: Any, who: Any = None) -> Any:
    """What an import would do."""
    sheet, table = sheet_named(name), read_table(csv_file(text), f"{name}.csv")
    return check(sheet, table, propose(sheet, table), world.networks, who or world.administrator)


def bring_in(name: str, text: str, world: Any) -> Any:
    """Import lines into Networks."""
    sheet, table = sheet_named(name), read_table(csv_file(text), f"{name}.csv")
    return commit(sheet, table, propose(sheet, table), world.networks, world.administrator)


def said(found: Any) -> list[str]:
    """What stands in the way of an import."""
    return [problem.message for problem in found.problems]


def written(name: str, reader: Any) -> list[list[Any]]:
    """The rows of an export as its columns write them."""
    sheet = sheet_named(name)
    columns = sheet.export_columns(reader)
    return [[column.write(row) for column in columns] for row in sheet.rows_for(reader).order_by("pk")]


def test_seats_come_in_by_their_key_and_end_the_second_time(world: Any, board: Any) -> None:
    bring_in("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\nS-2,networks,mei,,2026-01-01,\n", world)
    told = [(row.external_key, row.person.username, row.part) for row in Seat.objects.order_by("external_key")]
    assert told == [("S-1", "grace", "chair"), ("S-2", "mei", "member")]
    bring_in("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,2026-12-31\n", world)
    row = Seat.objects.get(external_key="S-1")
    assert (row.ends_on, row.version) == (date(2026, 12, 31), 2)


def test_a_seat_given_by_hand_is_found_by_board_person_and_day_and_takes_the_key(world: Any, board: Any) -> None:
    give_seat(board, actor=MAINSTAY, person=world.sponsor, starts_on=date(2026, 1, 1))
    bring_in("seats", f"{SEATS}S-9,networks,grace,Adviser,2026-01-01,\n", world)
    row = Seat.objects.get()
    assert (row.external_key, row.part) == ("S-9", "adviser")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("X,networks,grace,Member,2026-06-01,\n", "This person has a seat on the board; end it in a list before."),
        (
            "X,networks,mei,Chair,2026-06-01,\n",
            "Somebody is in the chair of the board; end that seat in a row before.",
        ),
        ("X,networks,mei,Member,2026-06-01,2026-05-01\n", "A seat does not end before it began."),
        ("S-1,networks,mei,Chair,2026-01-01,\n", "The key belongs to another seat."),
        ("X,nowhere,mei,Member,2026-06-01,\n", "There is no board nowhere here."),
        ("X,networks,nobody,Member,2026-06-01,\n", "There is nobody called “nobody”."),
    ],
)
def test_what_is_refused_by_hand_is_refused_in_a_list_of_seats(world: Any, board: Any, line: str, told: str) -> None:
    bring_in("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\n", world)
    assert said(looked_at("seats", SEATS + line, world)) == [told]
    assert Seat.objects.count() == 1


def test_the_chair_passes_on_where_the_file_ends_the_seat_before(world: Any, board: Any) -> None:
    bring_in("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\n", world)
    lines = "S-1,networks,grace,Chair,2026-01-01,2026-06-30\nS-2,networks,mei,Chair,2026-07-01,\n"
    bring_in("seats", SEATS + lines, world)
    assert Seat.objects.get(ends_on=None).person == world.controller


def test_nobody_takes_a_seat_on_a_board_out_of_use(world: Any, board: Any) -> None:
    edit_board(board, actor=MAINSTAY, is_active=False)
    found = looked_at("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\n", world)
    assert said(found) == ["Networks board is out of use; nobody takes a seat on it."]
    assert not Seat.objects.exists()


def test_delegations_come_in_by_their_key_else_by_board_or_role_and_theme(world: Any, board: Any) -> None:
    set_delegation(world.networks, actor=MAINSTAY, board=board, up_to=Decimal(100))
    lines = "D-1,networks,,,500000,GBP\nD-2,,Portfolio manager,Resilience,250000,\nD-3,,Board member,,,GBP\n"
    bring_in("delegations", DELEGATIONS + lines, world)
    rows = Delegation.objects.order_by("external_key")
    assert [(row.external_key, str(row), row.theme) for row in rows] == [
        ("D-1", "Networks board: up to 500,000 GBP", ""),
        ("D-2", "Portfolio manager: up to 250,000 GBP", "Resilience"),
        ("D-3", "Board member: any amount", ""),
    ]
    bring_in("delegations", f"{DELEGATIONS}D-2,,Portfolio manager,Growth,300000,GBP\n", world)
    row = Delegation.objects.get(external_key="D-2")
    assert (row.theme, row.up_to, row.version) == ("Growth", 300_000, 2)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("D-9,networks,Sponsor,,1,GBP\n", "It names a board or a role, one of them."),
        ("D-9,nowhere,,,1,GBP\n", "There is no board nowhere here."),
        ("D-9,networks,,,1,Pounds\n", None),
    ],
)
def test_what_is_refused_by_hand_is_refused_in_a_list_of_delegations(
    world: Any, board: Any, line: str, told: str | None
) -> None:
    found = said(looked_at("delegations", DELEGATIONS + line, world))
    assert found == [told] if told else len(found) == 1
    assert not Delegation.objects.exists()


def test_only_those_who_may_write_them_one_by_one_bring_in_a_list(world: Any, board: Any) -> None:
    for name in ("seats", "delegations"):
        sheet = sheet_named(name)
        assert list(sheet.targets_for(world.portfolio_manager)) == []
        assert world.networks in sheet.targets_for(world.administrator)


def test_an_export_is_read_back_unchanged_and_tells_nothing_of_what_is_closed(world: Any, board: Any) -> None:
    bring_in("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\n", world)
    bring_in("delegations", f"{DELEGATIONS}D-1,networks,,,500000,GBP\n", world)
    secret = create_board(world.secret, actor=MAINSTAY, key="secret", name="Secret board", quorum=1)
    give_seat(secret, actor=MAINSTAY, person=world.director, starts_on=date(2026, 1, 1))
    set_delegation(world.secret, actor=MAINSTAY, board=secret)
    reader = world.portfolio_manager
    assert written("seats", reader) == [["S-1", "networks", "grace", "chair", date(2026, 1, 1), None]]
    assert written("delegations", reader) == [["D-1", "NET", "networks", "", "", Decimal(500_000), "GBP", ""]]
    again = looked_at("seats", f"{SEATS}S-1,networks,grace,Chair,2026-01-01,\n", world)
    assert (again.unchanged, said(again)) == (1, [])
