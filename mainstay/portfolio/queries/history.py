"""The field history of a row: who changed what when, before and after, why and through which channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core import access
from mainstay.core.models import Channel, Row
from mainstay.core.operation import UNTOLD
from mainstay.core.values import differences
from mainstay.core.verbs import Verb
from mainstay.portfolio.queries.wording import Wording


@dataclass(frozen=True)
class FieldEntry:
    """One field that a change touched."""

    name: str
    label: str
    before: Any
    after: Any
    before_text: str
    after_text: str


@dataclass(frozen=True)
class Entry:
    """One version of a row: how it came about and what it changed."""

    version: int
    at: datetime
    who: str
    channel: str
    reason: str
    verb: str
    event_id: int | None
    fields: tuple[FieldEntry, ...]


def history_of(row: Row, reader: Any, as_of: datetime | None = None) -> list[Entry]:
    """Every version of a row, the newest first; fields the reader may not read are left out."""
    versions = type(row).Version.objects.filter(row_id=row.pk).select_related("event").order_by("version_id")
    if as_of is not None:
        versions = versions.filter(known_from__lte=as_of)
    names = {field.attname for field in type(row)._meta.concrete_fields} - UNTOLD
    steps: list[tuple[Any, list[tuple[str, Any, Any]]]] = []
    before: dict[str, Any] = {}
    readable = _Readable(row, reader)
    for version in versions:
        after = {name: getattr(version, name) for name in names}
        changed = [(n, old, new) for n, old, new in differences(before, after) if n in readable]
        steps.append((version, [step for step in changed if step[1] or step[2] not in (None, "")]))
        before = after
    wording = Wording(type(row), reader, [(n, v) for _, step in steps for n, *both in step for v in both])
    return [_entry(version, step, wording) for version, step in reversed(steps)]


class _Readable:
    """Which fields of a row somebody may read."""

    def __init__(self, row: Row, reader: Any) -> None:
        sees_figures = row.scope is None or access.may(reader, Verb.SEE_FIGURES, row.scope)
        self.hidden = frozenset() if sees_figures else getattr(row, "figure_fields", frozenset())

    def __contains__(self, name: object) -> bool:
        return name not in self.hidden and str(name).split(".")[0] not in self.hidden


def _entry(version: Any, step: list[tuple[str, Any, Any]], wording: Wording) -> Entry:
    event = version.event
    fields = tuple(
        FieldEntry(name, wording.label(name), old, new, wording.say(name, old), wording.say(name, new))
        for name, old, new in step
    )
    return Entry(
        version=version.version,
        at=version.known_from,
        who=event.who if event else "",
        channel=Channel(event.channel).label if event else "",
        reason=event.reason if event else "",
        verb=Verb(event.verb).sentence if event else "",
        event_id=event.pk if event else None,
        fields=fields,
    )
