"""What was done of the work of a day, so that of many workers only one does it."""

from django.db import models


class DailyWork(models.Model):
    """Work that Mainstay does by itself once a day, taken up by a worker."""

    name = models.CharField(max_length=60)
    day = models.DateField()
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-day", "name"]
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="daily_work_once")]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
