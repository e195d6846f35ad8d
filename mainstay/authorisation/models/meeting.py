"""The committee room: meetings, what stands on their agenda, votes and conditions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.authorisation.models.gate import GateReview, Verdict
from mainstay.authorisation.models.scenario import Scenario
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board, Seat
from mainstay.portfolio.models import Project


class MeetingState(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", "Planned"
    FROZEN = "frozen", "Pre-read frozen"
    OPEN = "open", "In session"
    CLOSED = "closed", "Closed, minutes being written"
    RELEASED = "released", "Minutes released"


class MeetingQuerySet(RowQuerySet):
    """Meetings: before their minutes are released they exist only for the board and for who prepares them."""

    way = ""  # from the noun to its meeting
    about: str = ""  # from the noun to the project it is about
    is_prepared = True  # whether it exists for those who prepare meetings

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Released ones where the person may see figures, and those of boards the person sits on or prepares."""
        if user is MAINSTAY:
            return self
        seats = Seat.objects.filter(person_id=user.pk, person__is_active=True, ends_on=None)
        seen = self._of(seats.values("board"))
        if self.is_prepared:
            seen |= self._of(Board.objects.visible_to(user, Verb.MEETING_PLAN).values("pk"))
        boards = Board.objects.visible_to(user, verb)
        released = Q(**{f"{self.way}state": MeetingState.RELEASED}) & self._of(boards.values("pk"))
        if self.about:
            # What a board said of a project that is confidential stays so after the release.
            open_ones = Project.objects.visible_to(user, verb).values("pk")
            released &= Q(**{self.about: None}) | Q(**{f"{self.about}__in": open_ones})
        return self.filter(seen | released)

    def _of(self, boards: Any) -> Q:
        return Q(**{f"{self.way}board__in": boards})


@versioned
class Meeting(Row):
    """A sitting of a board."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=160)
    held_on = models.DateField("on")
    place_or_link = models.CharField("where", max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False
    )
    frozen_at = models.DateTimeField("pre-read frozen", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)

    # What happens in the committee room is told to those who sit there; others read the released minutes.
    told_with = Verb.VOTE_CAST
    never_told = frozenset({"minutes"})
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "meeting"

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> Any:
        return self.board.portfolio


class MeetingPartQuerySet(MeetingQuerySet):
    """Parts of meetings, seen with their meeting."""

    way = "meeting__"


class AgendaItemQuerySet(MeetingPartQuerySet):
    """Agenda items, seen with their meeting and, once that is released, with their project."""

    about = "project"


@versioned
class AgendaItem(Row):
    """Something a board is to decide: a scenario, a project at a gate, or a question of its own."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    scenario = models.ForeignKey(Scenario, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    gate_review = models.ForeignKey(GateReview, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    paper = models.JSONField("paper as frozen", default=dict, blank=True)
    paper_sha256 = models.CharField("fingerprint of the paper", max_length=64, blank=True)
    verdict = models.CharField(max_length=11, choices=Verdict.choices, blank=True, default="")
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        "authorisation.Decision", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )

    # Before the minutes are released nobody outside the board reads of it.
    told_with = Verb.VOTE_CAST
    never_told = frozenset({"paper", "paper_sha256", "verdict", "reason"})
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "agenda item"

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> Any:
        return self.meeting.board.portfolio

    @property
    def whole(self) -> Row:
        return self.meeting


class Choice(models.TextChoices):
    """What a member says to an item."""

    APPROVE = "approve", "Approve"
    CONDITIONS = "conditions", "Approve with conditions"
    DEFER = "defer", "Defer"
    REJECT = "reject", "Reject"
    ABSTAIN = "abstain", "Abstain"
    RECUSED = "recused", "Recused, conflict of interest"


class Attendance(models.Model):
    """A person who took part in a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_vote = models.BooleanField(default=True)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attended_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"


class VoteQuerySet(MeetingQuerySet):
    """Votes: before the minutes are released they exist for the board alone."""

    way = "item__meeting__"
    about = "item__project"
    is_prepared = False


@versioned
class Vote(Row):
    """What a member said to an item, and why."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField()

    told_with = Verb.VOTE_CAST
    never_told = frozenset({"choice", "reason"})
    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "vote"
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.person} on {self.item}"

    @property
    def scope(self) -> Any:
        return self.item.meeting.board.portfolio


class ConditionQuerySet(RowQuerySet):
    """Conditions, seen with their project; those a board has set only once its minutes are released."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of projects the person may see, and of items of the person's own board."""
        if user is MAINSTAY:
            return self
        known = Q(item=None) | Q(item__meeting__state=MeetingState.RELEASED)
        return super().visible_to(user, verb).filter(known | Q(item__in=AgendaItem.objects.visible_to(user)))

    def in_force(self) -> Self:
        """Those that hold: of gates, and of meetings whose minutes are released."""
        return self.filter(Q(item=None) | Q(item__meeting__state=MeetingState.RELEASED))


@versioned
class Condition(Row):
    """What a project must still do for a decision to hold: by whom, until when, and whether it blocks until then."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="conditions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="conditions")
    gate_review = models.ForeignKey(GateReview, models.PROTECT, null=True, blank=True, related_name="conditions")
    text = models.CharField("what must be done", max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conditions")
    due_date = models.DateField("due")
    blocks = models.BooleanField("blocks the next stage and release until met", default=True)
    met_at = models.DateTimeField("met", null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    told_with = Verb.VOTE_CAST
    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = "condition"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="condition_external_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def scope(self) -> Any:
        return self.project
