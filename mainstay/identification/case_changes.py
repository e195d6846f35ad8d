"""What differs between two states of a business case: field by field, line by line, period by period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mainstay.core.errors import FieldChange
from mainstay.core.models import Event
from mainstay.core.operation import last_moment_of
from mainstay.identification.case_content import AMOUNTS, LINES, case_at, content_of
from mainstay.identification.case_periods import Frame
from mainstay.identification.case_words import said, worded

ADDED, REMOVED = "added", "removed"
PARTS = (("assumptions", "Assumption", "text"), ("risks", "Risk", "name"))
LINE_WORDS = {"costs": "Cost", "benefits": "Benefit", "demands": "Demand"}
ESTIMATES = {"likely": "likely", "low": "low", "high": "high"}


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where it stands, what it is, and both values in words."""

    place: str
    label: str
    before: str
    after: str

    @property
    def is_added(self) -> bool:
        """Whether it was not there before."""
        return self.before == "" and self.after == ADDED

    @property
    def is_removed(self) -> bool:
        """Whether it is not there any more."""
        return self.before == REMOVED


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Every difference between two contents, in the order of the case."""
    return [*_case(before, after), *_options(before, after), *_rows(before, after)]


def changes_since(case: Any, version: int) -> list[FieldChange]:
    """What changed in a case and its parts since a version, with who did it last and when."""
    moment = last_moment_of(case, version)
    if moment is None:
        return []
    versions = type(case).Version.objects.filter(row_id=case.pk)
    last = Event.objects.filter(pk__in=versions.values("event")).order_by("-id").first()
    who, at = (last.who, last.at) if last else ("", None)
    found = compare(content_of(case_at(case, moment), moment), content_of(case))
    return [FieldChange(one.place, f"{one.place}: {one.label}", one.before, one.after, who, at) for one in found]


def _case(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    yield from _fields("The case", "case", before, after, skip={"options", "assumptions", "risks"})


def _options(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    labels = _period_labels(before) | _period_labels(after)
    for old, new in _paired(before["options"], after["options"]):
        name = (new or old)["name"]
        if not old or not new:
            yield _whole(f"Option {name}", "Option", is_new=old is None)
        yield from _fields(f"Option {name}", "options", old or {}, new or {}, skip=set(LINES), both=bool(old and new))
        for kind in LINES:
            yield from _lines(kind, name, (old or {}).get(kind, []), (new or {}).get(kind, []), labels)


def _lines(kind: str, option: str, before: list, after: list, labels: dict[str, str]) -> Iterator[Difference]:
    for old, new in _paired(before, after):
        place = f"{LINE_WORDS[kind]} “{(new or old)['name']}” of {option}"
        if not old or not new:
            yield _whole(place, "Line", is_new=old is None)
        yield from _fields(place, kind, old or {}, new or {}, skip=set(AMOUNTS), both=bool(old and new))
        for estimate in AMOUNTS:
            yield from _amounts(place, estimate, (old or {}).get(estimate, {}), (new or {}).get(estimate, {}), labels)


def _amounts(place: str, estimate: str, old: dict, new: dict, labels: dict[str, str]) -> Iterator[Difference]:
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            label = f"{labels.get(key, key)}, {ESTIMATES[estimate]}"
            yield Difference(place, label, said("amount", old.get(key)), said("amount", new.get(key)))


def _rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for part, word, named in PARTS:
        for old, new in _paired(before[part], after[part]):
            place = f"{word} “{(new or old)[named]}”"
            if not old or not new:
                yield _whole(place, word, is_new=old is None)
            else:
                yield from _fields(place, part, old, new)


def _whole(place: str, label: str, *, is_new: bool) -> Difference:
    return Difference(place, label, "" if is_new else REMOVED, ADDED if is_new else "")


def _fields(
    place: str, part: str, old: dict, new: dict, *, skip: Iterable[str] = (), both: bool = True
) -> Iterator[Difference]:
    names = [name for name in new if name not in {"id", *skip}] if both else []
    for name in names:
        if old.get(name) != new[name]:
            label, tell = worded(part, name)
            yield Difference(place, label, tell(old.get(name)), tell(new[name]))


def _paired(before: list[dict], after: list[dict]) -> Iterator[tuple[Any, Any]]:
    """Rows of both sides by id: those that are there now in their order, then those that are gone."""
    known = {row["id"]: row for row in before}
    now = {row["id"] for row in after}
    yield from ((known.get(row["id"]), row) for row in after)
    yield from ((row, None) for row in before if row["id"] not in now)


def _period_labels(content: dict[str, Any]) -> dict[str, str]:
    frame = Frame(date.fromisoformat(content["first_period"]), content["grain"], content["periods"])
    return {period.key: period.label for period in frame.periods}
