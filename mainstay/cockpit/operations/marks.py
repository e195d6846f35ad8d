"""Leaves a mark wherever rows are changed, within the same transaction."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from mainstay.cockpit.models import Mark
from mainstay.core.history import Touched, follows
from mainstay.core.models import PlacedRow, Row
from mainstay.core.surrounding import surrounding
from mainstay.portfolio.models import Project

PLACE = "place"
"""Stands for a row that lies elsewhere now, or is gone: what was known of the past is seen by others then."""
OF_PROJECTS = "./"
KEPT = 5_000
LATE = timedelta(minutes=1)
Spot = tuple[str, str, str]


@follows(Row)
def mark(written: list[Touched]) -> None:
    """Remember which kinds of rows were written where."""
    at = surrounding().now()
    spots = {spot for touched in written for spot in _spots(touched)}
    if timezone.now() - at > LATE:
        spots |= {(PLACE, path, seal) for _, path, seal in spots}
    made = Mark.objects.bulk_create(
        [Mark(noun=noun, path=path, seal=seal, at=at) for noun, path, seal in sorted(spots)]
    )
    if any(one.pk % KEPT == 0 for one in made):
        _forget_old(made[-1].pk - KEPT)


def _spots(touched: Touched) -> Iterable[Spot]:
    row = touched.row
    path, seal = _place_of(row.scope)
    yield row._meta.model_name, path, seal
    if isinstance(row, PlacedRow) and _has_moved(touched):
        yield PLACE, path, seal


def _place_of(scope: Any) -> tuple[str, str]:
    """The portfolio or programme a row is about; nothing where it stands for the whole instance.

    Rows of projects share one place below it, so that they are told from rows about the portfolio, which hold for
    everything below.
    """
    if scope is None:
        return "", ""
    if isinstance(scope, Project):
        return f"{scope.path[: -len(scope.key) - 1]}{OF_PROJECTS}", scope.seal
    return scope.path, scope.seal


def _has_moved(touched: Touched) -> bool:
    before = touched.before
    return touched.removed or bool(
        before and any(before[name] != getattr(touched.row, name) for name in ("path", "seal"))
    )


def _forget_old(last: int) -> None:
    """Let go of old marks, but for the latest of each kind and place."""
    latest = Mark.objects.order_by().values("noun", "path").annotate(latest=Max("pk")).values("latest")
    Mark.objects.filter(pk__lt=last).exclude(pk__in=list(latest.values_list("latest", flat=True))).delete()
