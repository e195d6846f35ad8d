"""A piece of a run: work that any worker on the database may take up."""

from django.db import models

from mainstay.core.models.run import Run


class PieceState(models.TextChoices):
    """Where a piece stands."""

    WAITING = "waiting", "Waiting"
    TAKEN = "taken", "Taken"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Piece(models.Model):
    """One of the independent parts that a run was split into: what is to be done and what came out."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    task = models.JSONField()
    state = models.CharField(max_length=7, choices=PieceState.choices, default=PieceState.WAITING)
    result = models.JSONField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="piece_once_a_run")]

    def __str__(self) -> str:
        return f"Piece {self.number} of {self.run}"
