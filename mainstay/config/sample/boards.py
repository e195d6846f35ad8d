"""The boards of the sample: one meeting whose minutes are released, and one whose pre-read is frozen."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from mainstay.authorisation.meetings.operations.concluding import close_meeting, release_meeting
from mainstay.authorisation.meetings.operations.preparing import freeze_meeting, plan_meeting, set_agenda
from mainstay.authorisation.meetings.operations.session import cast_vote, decide_item, open_meeting
from mainstay.authorisation.models import AgendaItem, Choice, Meeting
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import Board, Chair
from mainstay.governance.operations.boards import create_board, give_seat
from mainstay.governance.operations.delegations import set_delegation
from mainstay.portfolio.models import Portfolio

FOUNDED, PLANNED, SAT, RELEASED, FROZEN = -400, -30, -21, -20, -4
AHEAD = timedelta(days=9)
MEMBERS = ("priya", "duncan.airey", "gareth.pugh", "nadia.kowalska")
DIGITAL = ("marcus.bell", "farah.siddiqui", "priya")
QUESTIONS = (
    (
        "Buy pumps through one framework contract",
        "One contract saves a tender for every project and keeps spare parts alike.",
    ),
    ("Report on benefits twice a year", "Once a year comes too late to correct anything."),
)
LATER = "Wait for the survey of the ground before this is decided."
DEFERRED, WAITING = "DIG-005", ("DIG-006", "DIG-013", "DIG-014")


def enter(staff: Staff, diary: Diary) -> None:
    """Write the boards and their meetings into the diary."""
    diary.enter(FOUNDED, partial(_found, staff, diary), hour=9)
    diary.enter(PLANNED, partial(_plan, staff, diary), hour=10)
    diary.enter(SAT, partial(_sit, staff), hour=14)
    diary.enter(RELEASED, partial(_release, staff), hour=10)
    diary.enter(FROZEN, partial(_freeze, staff, diary), hour=16)


def _found(staff: Staff, diary: Diary) -> None:
    top, digital = (Portfolio.objects.get(code=code) for code in ("NORTHMOOR", "DIGITAL"))
    purpose = "Decides what Northmoor invests in, and lets projects through their gates."
    board = create_board(top, actor=staff["priya"], key="investment", name="Investment board", purpose=purpose)
    _seat(board, staff, diary, "helen", MEMBERS)
    give_seat(board, actor=staff["priya"], person=staff["mei"], part=Chair.ADVISER, starts_on=diary.day(FOUNDED))
    small = create_board(
        digital,
        actor=staff["priya"],
        key="digital",
        name="Digital board",
        purpose="Decides on small digital works.",
        quorum=2,
    )
    _seat(small, staff, diary, "helen", DIGITAL)
    for one, most in ((board, None), (small, Decimal(5_000_000))):
        set_delegation(one.portfolio, actor=staff["priya"], board=one, up_to=most, currency="GBP")
    for role, most, note in (
        (Role.PORTFOLIO_MANAGER, Decimal(250_000), "Between meetings"),
        (Role.BOARD_MEMBER, None, "To enter what the board decided"),
    ):
        set_delegation(top, actor=staff["priya"], role=role, up_to=most, currency="GBP", note=note)


def _seat(board: Board, staff: Staff, diary: Diary, chair: str, members: tuple[str, ...]) -> None:
    """Seat a chair, members with a vote, and Amara as secretary."""
    parts = [(chair, Chair.CHAIR), *((name, Chair.MEMBER) for name in members), ("amara", Chair.SECRETARY)]
    for name, part in parts:
        if part == Chair.MEMBER and name != "priya":
            give_grant(
                staff[name], actor=MAINSTAY, role=Role.BOARD_MEMBER, path=board.portfolio.path, reason=board.name
            )
        give_seat(board, actor=staff["priya"], person=staff[name], part=part, starts_on=diary.day(FOUNDED))


def _plan(staff: Staff, diary: Diary) -> None:
    board, held = Board.objects.get(key="investment"), diary.day(SAT)
    terms = {"title": f"Sitting of {held:%B %Y}", "held_on": held, "place_or_link": "Board room, Weir House"}
    meeting = plan_meeting(board, actor=staff["amara"], **terms)
    items = [*({"title": title} for title, _ in QUESTIONS), {"project": DEFERRED}]
    set_agenda(meeting, actor=staff["amara"], items=items)
    freeze_meeting(meeting, actor=staff["amara"])


def _sit(staff: Staff) -> None:
    meeting = Meeting.objects.get(board__key="investment")
    names = ("helen", "priya", "duncan.airey", "gareth.pugh", "amara")
    open_meeting(meeting, actor=staff["amara"], present=[staff[name].pk for name in names])
    reasons = [reason for _, reason in QUESTIONS]
    for item in meeting.items.all():
        is_deferred = item.project is not None
        _vote(item, staff, Choice.DEFER if is_deferred else Choice.APPROVE, LATER if is_deferred else "")
        reason = LATER if is_deferred else reasons[item.position - 1]
        decide_item(item, actor=staff["helen"], verdict="hold" if is_deferred else "go", reason=reason)
    close_meeting(meeting, actor=staff["amara"])


def _vote(item: AgendaItem, staff: Staff, choice: Choice, reason: str) -> None:
    recused = set(item.votes.values_list("person__username", flat=True))
    for name in ("helen", "priya", "duncan.airey", "gareth.pugh"):
        if name not in recused:
            cast_vote(item, actor=staff[name], choice=choice, reason=reason)


def _release(staff: Staff) -> None:
    release_meeting(Meeting.objects.get(board__key="investment"), actor=staff["amara"])


def _freeze(staff: Staff, diary: Diary) -> None:
    board, held = Board.objects.get(key="digital"), diary.today + AHEAD
    meeting = plan_meeting(board, actor=staff["amara"], title=f"Sitting of {held:%B %Y}", held_on=held)
    set_agenda(meeting, actor=staff["amara"], items=[{"project": code} for code in WAITING])
    freeze_meeting(meeting, actor=staff["amara"])
