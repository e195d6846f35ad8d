"""What the cockpit keeps: marks of change, so that remembered answers and open pages know when they are old."""

from django.db import models


class Mark(models.Model):
    """Rows of a kind were changed somewhere in the tree; figures made of them before no longer hold."""

    noun = models.CharField(max_length=40)
    path = models.CharField(max_length=250, blank=True)
    seal = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "mark of change"
        verbose_name_plural = "marks of change"
        indexes = [models.Index(fields=["noun", "path"], name="mark_of_noun")]

    def __str__(self) -> str:
        return f"{self.noun} changed"
