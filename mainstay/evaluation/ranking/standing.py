"""The ranking under a score model as a person may see it, today or as it was known on a date."""

from datetime import datetime
from functools import cached_property
from typing import Any

from mainstay.evaluation.models import RankOverride, Score
from mainstay.evaluation.ranking.order import Order, Placed, Scored, in_order
from mainstay.portfolio.models import Phase, Project

IN_PLAY = (Phase.PIPELINE, Phase.COMMITTED)


def edition_in_force(model: Any) -> int:
    """The edition whose scores count: of a published model with unpublished changes the published one."""
    return int(model.published_edition if model.is_changed_since_published else model.edition)


class Standing:
    """Every scored project under a model that is not over, in order; five queries whatever their number."""

    def __init__(self, user: Any, model: Any, as_of: datetime | None = None) -> None:
        self.user, self.model, self.as_of = user, model, as_of
        self.key = "pk" if as_of is None else "row_id"

    @cached_property
    def order(self) -> Order:
        """The order, with what the person may not see left out and the rest counted anew."""
        return in_order(self._scores, self.overrides, self._seen)

    @property
    def placed(self) -> list[Placed]:
        """Those with a place, the first first."""
        return list(self.order.placed)

    @cached_property
    def overrides(self) -> dict[int, RankOverride]:
        """The moves that hold, by project."""
        edition = edition_in_force(self.model)
        return {row.project_id: row for row in self._moves if row.edition == edition}

    @cached_property
    def unconfirmed(self) -> list[RankOverride]:
        """The moves made for a former edition, which wait to be confirmed or taken back."""
        edition = edition_in_force(self.model)
        return [row for row in self._moves if row.edition != edition and row.project_id in self._seen]

    @property
    def outdated(self) -> int:
        """How many scores are of another edition than the one in force."""
        edition = edition_in_force(self.model)
        placed = sum(one.scored.edition != edition for one in self.order.placed)
        return placed + sum(one.edition != edition for one in self.order.without)

    @cached_property
    def _moves(self) -> list[RankOverride]:
        rows = RankOverride.objects.as_of(self.as_of).filter(model_id=self.model.row_id)
        return list(rows.select_related("project", "moved_by").order_by("position", "moved_at"))

    @cached_property
    def _in_play(self) -> frozenset[int]:
        """Every scored project that is neither finished nor dropped."""
        scored = Score.objects.as_of(self.as_of).filter(model_id=self.model.row_id).values("project_id")
        rows = Project.objects.as_of(self.as_of).filter(**{f"{self.key}__in": scored}, stage__phase__in=IN_PLAY)
        return frozenset(rows.order_by().values_list(self.key, flat=True))

    @cached_property
    def _seen(self) -> frozenset[int]:
        rows = Score.objects.as_of(self.as_of).visible_to(self.user).filter(model_id=self.model.row_id)
        return frozenset(rows.order_by().values_list("project_id", flat=True))

    @cached_property
    def _scores(self) -> list[Scored]:
        rows = Score.objects.as_of(self.as_of).filter(model_id=self.model.row_id).order_by()
        names = ("project_id", "project__code", "total", "mandatory_reason", "obstacles", "edition")
        return [
            Scored(pk, code, total, reason or "", tuple(obstacles or ()), edition)
            for pk, code, total, reason, obstacles, edition in rows.values_list(*names)
            if pk in self._in_play
        ]
