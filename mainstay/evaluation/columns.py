"""What evaluation adds to lists of projects: the score."""

from typing import Any

from django.db.models import DecimalField, OuterRef, Subquery
from django.db.models.functions import Cast, Round

from mainstay.evaluation.models import Score
from mainstay.portfolio.queries import Column, Kind, Reading

POINTS = DecimalField(max_digits=7, decimal_places=4)


def latest_score(reading: Reading) -> Any:
    """The total under the score model that last scored the project, where the person may see figures."""
    scores = Score.objects.as_of(reading.as_of).filter(project_id=OuterRef(reading.key), total__isnull=False)
    latest = scores.order_by("-model_id").values(points=Round(Cast("total", POINTS), precision=1))[:1]
    return reading.projects().figure(reading.user, Subquery(latest, output_field=POINTS), POINTS)


SCORE = Column("score", "Score", Kind.NUMBER, "latest_score", read=latest_score, unit="of 100")
