"""What others changed in a driver or a classification since a version, in what belongs to it, too."""

from collections.abc import Iterable
from typing import Any

from mainstay.core.errors import FieldChange
from mainstay.core.operation import changes_since, last_change_of, last_moment_of
from mainstay.strategy.models import Bucket, Level
from mainstay.strategy.queries.drivers import statements_of

STATEMENT = "statement_"
BUCKETS = "buckets"


def driver_changes(driver: Any, version: int, reader: Any) -> list[FieldChange]:
    """Every difference in a driver, with what each level of impact on it means."""
    own, then = changes_since(driver, version, reader), last_moment_of(driver, version)
    if then is None:
        return own
    was, now = (statements_of([driver], moment)[driver.pk] for moment in (then, None))
    who = last_change_of(driver)
    changed = [level for level in Level if was.get(level) != now.get(level)]
    return own + [
        FieldChange(STATEMENT + level, f"{level.label} means", was.get(level, ""), now.get(level, ""), *who)
        for level in changed
    ]


def classification_changes(kind: Any, version: int, reader: Any) -> list[FieldChange]:
    """Every difference in a classification; its buckets as a whole are one of them."""
    own, then = changes_since(kind, version, reader), last_moment_of(kind, version)
    was, now = (said(buckets_of(kind, then)) if then else ""), said(buckets_of(kind))
    if not was or was == now:
        return own
    return [*own, FieldChange(BUCKETS, "Buckets", was, now, *last_change_of(kind))]


def buckets_of(kind: Any, as_of: Any = None) -> Any:
    """The buckets of a classification as they are, or were known at a moment."""
    return Bucket.objects.as_of(as_of).filter(classification_id=kind.pk).order_by("position")


def said(buckets: Iterable[Any]) -> str:
    """Buckets in words, the same for what was typed and for what is stored: name, target and tolerance."""
    return "; ".join(
        f"{one.name.strip()} {one.target_share.normalize():f}% ± {one.tolerance.normalize():f}" for one in buckets
    )
