"""Events as the asker may know them: an edit of many rows tells only those they see, figures only where open.

The place of an event is that of its first row, so each row named in it is looked at again here.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.operations.undo import row_models
from mainstay.core.verbs import Verb


@dataclass(frozen=True)
class Place:
    """Where an event belongs, as a subject of access."""

    path: str
    seal: str


@dataclass(frozen=True)
class Known:
    """Of one kind of row: which of those named may be seen, which with their figures, and what is a figure."""

    visible: frozenset[int]
    open: frozenset[int]
    figures: frozenset[str]


def only_what_may_be_seen(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Take out of each event what the asker may not know; the count is of the rows that are told then."""
    known = _known(request.user, rows)
    for row in rows:
        told = _told(row, request.user, known)
        if "changes" in row:
            row["changes"] = told
        if "count" in row and row["count"] > 1 and not _sees_all(request.user):
            row["count"] = len(told)


def _told(row: dict[str, Any], person: Any, known: dict[str, Known]) -> list[dict[str, Any]]:
    if row["_count"] > 1:
        kept = [change for change in row["_changes"] if change["id"] in known[change["noun"]].visible]
        return [_masked(change, known, change["id"] in known[change["noun"]].open) for change in kept]
    place = Place(row["_path"], row["_seal"]) if row["_path"] else None
    shows_figures = access.may(person, Verb.SEE_FIGURES, place)
    return [_masked(change, known, shows_figures) for change in row["_changes"]]


def _sees_all(person: Any) -> bool:
    return access.condition(person, Verb.SEE_REGISTER) is None


def _known(person: Any, rows: list[dict[str, Any]]) -> dict[str, Known]:
    """What must be known of each kind of row; one row alone is seen where its event is."""
    models = {str(model._meta.verbose_name): model for model in row_models()}
    named: dict[str, set[int]] = {}
    for row in rows:
        for change in row["_changes"]:
            named.setdefault(change["noun"], set()).update([change["id"]] if row["_count"] > 1 else [])
    return {noun: _known_of(models.get(noun), person, ids) for noun, ids in named.items()}


def _known_of(model: Any, person: Any, ids: set[int]) -> Known:
    figures = frozenset(getattr(model(), "figure_fields", ())) if model else frozenset()
    if model is None or not ids:
        return Known(frozenset(), frozenset(), figures)
    rows = model._default_manager.filter(pk__in=ids).order_by()
    visible = frozenset(rows.visible_to(person).values_list("pk", flat=True))
    if not figures:
        return Known(visible, visible, figures)
    return Known(visible, frozenset(rows.visible_to(person, Verb.SEE_FIGURES).values_list("pk", flat=True)), figures)


def _masked(change: dict[str, Any], known: dict[str, Known], shows_figures: bool) -> dict[str, Any]:
    figures = known[change["noun"]].figures
    if not figures or shows_figures:
        return change
    fields = {name: pair for name, pair in change["fields"].items() if not _is_figure(name, figures)}
    return {**change, "fields": fields}


def _is_figure(name: str, figures: frozenset[str]) -> bool:
    return name in figures or name.split(".")[0] in figures
