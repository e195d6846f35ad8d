"""What is kept ready about money, so that no page adds up millions of lines: all of it follows from other rows.

`money/keeping.py` keeps it in the same transaction as the lines; `money/sums.py` says how it is read.
"""

from django.db import models

from mainstay.portfolio.models import Project


class KeptMoney(models.Model):
    """Budget, committed, actual and forecast of a project by month and treatment, in cents of its currency."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+")
    first = models.DateField("first month", null=True)
    cents = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "kept money"

    def __str__(self) -> str:
        return f"Money of {self.project}"
