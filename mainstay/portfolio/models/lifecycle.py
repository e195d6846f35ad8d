"""The life cycle as data: stages, and the transitions between them with their guards."""

from django.core.validators import MaxValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned


class OpenQuerySet(RowQuerySet):
    """Rows of the instance that everybody who may see any register may read."""

    place = None

    def visible_to(self, user: object, verb: object = None) -> "OpenQuerySet":
        return self


class Phase(models.TextChoices):
    """What a stage means to sums and charts, whatever it is called."""

    PIPELINE = "pipeline", "Pipeline"
    COMMITTED = "committed", "Committed"
    FINISHED = "finished", "Finished"
    DROPPED = "dropped", "Dropped"


@versioned
class Stage(Row):
    """A station in the life of a project."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=12, choices=Phase.choices)
    description = models.CharField(max_length=300, blank=True)
    probability = models.PositiveSmallIntegerField(
        "likely to come (%)", default=50, validators=[MaxValueValidator(100)]
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = "stage"

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> float:
        """The share of the demand of its projects that plans count with: of a proposal what is likely to come."""
        if self.phase == Phase.PIPELINE:
            return (50 if self.probability is None else self.probability) / 100
        return 0.0 if self.phase == Phase.DROPPED else 1.0


@versioned
class Transition(Row):
    """A step from one stage to another, with the guards that must agree."""

    origin = models.ForeignKey(Stage, models.CASCADE, related_name="ways_out", verbose_name="from")
    target = models.ForeignKey(Stage, models.CASCADE, related_name="ways_in", verbose_name="to")
    action = models.CharField(max_length=60)
    guards = models.JSONField(default=list, blank=True)
    needs_reason = models.BooleanField(default=False)
    is_authorising = models.BooleanField("needs the right to authorise", default=False)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["origin__position", "target__position"]
        verbose_name = "transition"
        constraints = [models.UniqueConstraint(fields=["origin", "target"], name="transition_once")]

    def __str__(self) -> str:
        return f"{self.origin} to {self.target}"
