"""Pairwise sessions: people say which of two counts more, pair by pair, and weights come of it."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.evaluation.models.judgement import own_or_told
from mainstay.evaluation.models.round import seen_or_invited
from mainstay.evaluation.models.score_model import ScoreModel
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio


class SessionState(models.TextChoices):
    """How far a pairwise session has come."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    PUBLISHED = "published", "Published"


class Compared(models.TextChoices):
    """What a pairwise session compares."""

    CRITERIA = "criteria", "Criteria of a score model"
    DRIVERS = "drivers", "Drivers of the strategy"


class Together(models.TextChoices):
    """How the group's weights come of what each person said."""

    JUDGEMENTS = "judgements", "Judgements are joined, then weighed"
    PRIORITIES = "priorities", "Each is weighed, then weights are joined"


class SessionQuerySet(RowQuerySet):
    """Pairwise sessions, seen by those who moderate them and by those invited."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """The sessions a person moderates, audits or is invited to."""
        invited = Participant.objects.filter(person_id=user.pk).values("session_id")
        return seen_or_invited(self, user, verb, invited)


@versioned
class PairwiseSession(Row):
    """Invited people compare criteria or drivers in pairs, blind to each other; the outcome may become weights."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="pairwise_sessions")
    subject = models.CharField(max_length=10, choices=Compared.choices, default=Compared.CRITERIA)
    model = models.ForeignKey(ScoreModel, models.PROTECT, null=True, blank=True, related_name="pairwise_sessions")
    cycle = models.ForeignKey(Cycle, models.SET_NULL, null=True, blank=True, related_name="pairwise_sessions")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    due_date = models.DateField("answer until", null=True, blank=True)
    things = models.JSONField("what is compared", default=list, editable=False)
    together = models.CharField(max_length=12, choices=Together.choices, default=Together.JUDGEMENTS)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.OPEN, editable=False)
    weights = models.JSONField("published weights", default=dict, blank=True, editable=False)
    published_edition = models.PositiveIntegerField("edition it became", null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "pairwise session"
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "name"], name="session_name_once"),
            models.CheckConstraint(
                condition=Q(subject=Compared.DRIVERS) | Q(model__isnull=False), name="session_compares_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def is_open(self) -> bool:
        """Whether people are answering now."""
        return self.state == SessionState.OPEN

    @property
    def keys(self) -> list[str]:
        """The keys of what is compared, in their order."""
        return [thing["key"] for thing in self.things]


class ParticipantQuerySet(RowQuerySet):
    """Participants, seen with their session."""

    place = "session__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Who was invited to the sessions a person may see."""
        return self.filter(session__in=PairwiseSession.objects.visible_to(user, verb).values("pk"))


@versioned
class Participant(Row):
    """Somebody invited to a pairwise session."""

    session = models.ForeignKey(PairwiseSession, models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        verbose_name = "participant"
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.session}"

    @property
    def scope(self) -> Any:
        return self.session.portfolio


class ComparisonQuerySet(RowQuerySet):
    """Comparisons; until the session closes each is known to its participant alone."""

    place = "participant__session__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """One's own answers, and those of closed sessions where one may see judgements."""
        told = ~Q(participant__session__state=SessionState.OPEN)
        return own_or_told(self, user, Q(participant__person_id=user.pk), told)


@versioned
class Comparison(Row):
    """How many times more the left one of a pair counts than the right one; without a ratio the pair is skipped."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="comparisons")
    left = models.CharField(max_length=80)
    right = models.CharField(max_length=80)
    ratio = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(1 / 9 - 1e-9), MaxValueValidator(9)]
    )

    never_told = frozenset({"ratio"})

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "comparison"
        constraints = [
            models.UniqueConstraint(fields=["participant", "left", "right"], name="comparison_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="comparison_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}"

    @property
    def scope(self) -> Any:
        return self.participant.session.portfolio
