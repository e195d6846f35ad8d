"""Seats on boards and delegations as lists, found again by the key in the source."""

import re
from datetime import date, datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core.exchange import BadCell, Column, Entry, Kind
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board, Chair, Delegation, Seat
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sheets.keyed import KEY, KeyedImporter, KeyedSheet
from mainstay.portfolio.sheets.simple import found

CURRENCY = re.compile(r"[A-Z]{3}")
SEATS = (
    KEY,
    Column("board", "Board", Kind.CODE, required=True, also_called=("Board key", "Committee")),
    Column("person", "Person", Kind.PERSON, required=True, also_called=("Member", "Name")),
    Column("part", "Part", Kind.CHOICE, choices=tuple(Chair.choices), also_called=("Role on the board",)),
    Column("starts_on", "From", Kind.DATE, required=True, also_called=("Start", "Since")),
    Column("ends_on", "Until", Kind.DATE, also_called=("End", "To")),
)
DELEGATIONS = (
    KEY,
    Column("portfolio", "Portfolio", Kind.CODE, is_read=False),
    Column("board", "Board", Kind.CODE, also_called=("Board key", "Committee")),
    Column("role", "Role", Kind.CHOICE, choices=tuple((role.value, role.label) for role in Role)),
    Column("theme", "Theme", longest=100, also_called=("Projects of the theme",)),
    Column("up_to", "Up to", Kind.NUMBER, also_called=("Limit", "Amount"), help="Empty: any amount."),
    Column("currency", "Currency", longest=3),
    Column("note", "Note", longest=200),
)


class SeatImporter(KeyedImporter):
    """Turns entries into seats on the boards of the target and below it."""

    named = "person"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        place = {"portfolio__path__startswith": self.target.path} if self.target.pk else {"pk": None}
        boards = Board.objects.visible_to(self.actor, Verb.SEAT_GIVE).filter(**place).select_related("portfolio")
        self.boards = {board.key.casefold(): board for board in boards}
        self.everybody = self.people()
        self.remember(Seat.objects.filter(board__in=self.boards.values()).select_related("board", "person"))
        sitting = [row for row in self.stored.values() if row.ends_on is None]
        self.sitting = {(row.board_id, row.person_id): row.pk for row in sitting}
        self.chairs = {row.board_id: row.pk for row in sitting if row.part == Chair.CHAIR}

    def told(self, entry: Entry) -> tuple[int, int, date | None]:
        board = found(self.boards, entry.values.get("board"), "board")
        person = entry.values.get("person")
        if not person:
            raise BadCell("It does not say whose seat it is.", "Give the sign-in name.")
        return board.pk, self.everybody.id_of(person), entry.values.get("starts_on")

    def told_of(self, row: Seat) -> tuple[int, int, date | None]:
        return row.board_id, row.person_id, row.starts_on

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        told = entry.values
        if told.get("external_key"):
            return super().keys_of(entry)
        named = tuple((told.get(name) or "").casefold() for name in ("board", "person"))
        return [(self.named, (*named, told.get("starts_on")))] if all(named) else []

    def fresh(self, entry: Entry) -> Seat:
        return Seat()

    def put_board(self, row: Seat, value: str | None) -> None:
        """A board of the target; a seat stays on its board."""
        self._keep(row, "board_id", found(self.boards, value, "board").pk)

    def put_person(self, row: Seat, value: str | None) -> None:
        """Who sits there; another person gets a seat of their own."""
        self._keep(row, "person_id", self.everybody.id_of(value or ""))

    def put_part(self, row: Seat, value: str | None) -> None:
        """A member where the file says nothing."""
        row.part = value or Chair.MEMBER

    def refuse(self, row: Seat) -> None:
        """One open seat for each person, one chair for each board, and none on a board that is out of use."""
        if not row.pk and not row.board.is_active:
            raise BadCell(f"{row.board.name} is out of use; nobody takes a seat on it.")
        if row.ends_on is not None:
            if row.starts_on and row.ends_on < row.starts_on:
                raise BadCell("A seat does not end before it began.")
            if row.pk and self.chairs.get(row.board_id) == row.pk:
                del self.chairs[row.board_id]
            return
        if self.sitting.setdefault((row.board_id, row.person_id), row.pk) != row.pk:
            raise BadCell("This person has a seat on the board; end it in a list before.")
        if row.part == Chair.CHAIR and self.chairs.setdefault(row.board_id, row.pk) != row.pk:
            raise BadCell("Somebody is in the chair of the board; end that seat in a row before.")

    @staticmethod
    def _keep(row: Seat, name: str, value: int) -> None:
        if row.pk and getattr(row, name) != value:
            raise BadCell("The key belongs to another seat.", "Give the new seat a key of its own.")
        setattr(row, name, value)


class SeatSheet(KeyedSheet):
    """Who sits on the boards of a portfolio and below it, from when to when."""

    name, label, keys = "seats", "Seats on boards", ("external_key", "person")
    told, verb, place = SEATS, Verb.SEAT_GIVE, "board__portfolio"
    reader: ClassVar[Any] = SeatImporter

    def writers(self) -> dict[str, Any]:
        """Board by key, person by sign-in name."""
        return {"board": lambda row: row.board.key, "person": lambda row: row.person.username}

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every seat the person may see, those that ended too."""
        return Seat.objects.as_of(as_of).visible_to(user).select_related("board", "person")

    def list_url(self, target: Portfolio) -> str:
        """The list of boards."""
        return reverse("boards")


class DelegationImporter(KeyedImporter):
    """Turns entries into delegations of the target portfolio, to its boards, to those above it and to roles."""

    named = "board"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        boards = Board.objects.visible_to(self.actor).select_related("portfolio")
        above = [board for board in boards if self.target.path.startswith(board.portfolio.path)]
        self.boards = {board.key.casefold(): board for board in above} if self.target.pk else {}
        rows = Delegation.objects.filter(portfolio=self.target) if self.target.pk else Delegation.objects.none()
        self.remember(rows.select_related("board"))

    def told(self, entry: Entry) -> tuple[str, str, str]:
        board, role, theme = (str(entry.values.get(name) or "") for name in ("board", "role", "theme"))
        if bool(board) == bool(role):
            raise BadCell("It names a board or a role, one of them.", "Fill in one, leave the other empty.")
        return board.casefold(), role, theme.strip()

    def told_of(self, row: Delegation) -> tuple[str, str, str]:
        return (row.board.key.casefold() if row.board else "", row.role, row.theme)

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        told = tuple(str(entry.values.get(name) or "").casefold() for name in ("board", "role", "theme"))
        keys = super().keys_of(entry) if entry.values.get("external_key") else []
        return [*keys, ("board" if told[0] else "role", told)] if any(told[:2]) else []

    def fresh(self, entry: Entry) -> Delegation:
        return Delegation(portfolio=self.target, currency=self.target.currency)

    def put_board(self, row: Delegation, value: str | None) -> None:
        """A board that decides on the portfolio."""
        row.board = found(self.boards, value, "board") if value else None

    def put_role(self, row: Delegation, value: str | None) -> None:
        """Or a role."""
        row.role = value or ""

    def put_theme(self, row: Delegation, value: str | None) -> None:
        """Every theme where the file says nothing."""
        row.theme = (value or "").strip()

    def put_currency(self, row: Delegation, value: str | None) -> None:
        """The currency of the portfolio where the file says nothing."""
        currency = (value or self.target.currency).upper()
        if not CURRENCY.fullmatch(currency):
            raise BadCell(f"“{value}” is no currency.", "Write its code, such as GBP or EUR.")
        row.currency = currency


class DelegationSheet(KeyedSheet):
    """How much the boards and roles of a portfolio may decide."""

    name, label, keys = "delegations", "Delegations", ("external_key", "board", "role")
    told, verb, place = DELEGATIONS, Verb.DELEGATION_SET, "portfolio"
    reader: ClassVar[Any] = DelegationImporter

    def writers(self) -> dict[str, Any]:
        """Portfolio by code, board by key."""
        return {
            "portfolio": lambda row: row.portfolio.code,
            "board": lambda row: row.board.key if row.board else "",
        }

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """Every delegation the person may see."""
        return Delegation.objects.as_of(as_of).visible_to(user).select_related("portfolio", "board")

    def list_url(self, target: Portfolio) -> str:
        """The list of boards."""
        return reverse("boards")
