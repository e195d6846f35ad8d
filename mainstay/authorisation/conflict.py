"""Two people edited one selection: both versions of each term and each list of terms, and the choice."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from mainstay.authorisation.forms import TermsForm
from mainstay.core import conflict
from mainstay.core.errors import FieldChange, Stale

TYPED_AS = {"rules.dependencies": "dependencies", "rules.at_most_one": "groups"}
LISTS = {
    "limits": ("limits", "Further limits"),
    "rules.forced": ("forced", "In or out by name"),
    "rules.shares": ("shares", "Shares of themes"),
}


class Conflict(conflict.Conflict):
    """What a refused edit of a selection shows; the data of its `form` hold the lists, too."""

    def __init__(self, stale: Stale, form: TermsForm, saved: TermsForm) -> None:
        typed = form.terms()
        known = {"limits": typed["limits"]} | {f"rules.{name}": rows for name, rows in typed["rules"].items()}
        super().__init__(stale, form.main)
        for change in (change for change in stale.changes if change.field in LISTS):
            self._take_list(change, known[change.field], saved)

    def _take_list(self, change: FieldChange, typed: Any, saved: TermsForm) -> None:
        name, label = LISTS[change.field]
        was, now, yours = (_said(rows or ()) for rows in (change.before, change.after, typed))
        is_mine = yours not in {was, now}
        self.clashes.append(conflict.Clash(name, label, was, now, yours, change.who, change.at, is_mine))
        if not is_mine:
            conflict.put_rows(self.form.data, getattr(saved, name))

    def field_of(self, stored: str) -> str:
        """The field of the form that holds a stored term."""
        return TYPED_AS.get(stored) or ("" if stored in LISTS else super().field_of(stored))

    def say(self, change: FieldChange, value: Any) -> str:
        """A term in words; groups as they are typed, one after the other."""
        is_groups = change.field == "rules.at_most_one"
        return "; ".join(_lines(value)) if is_groups else super().say(change, value)

    def saved(self, change: FieldChange) -> list[str]:
        """What the other one saved, as a browser would send it."""
        if change.field == "rules.at_most_one":
            return ["\n".join(_lines(change.after))]
        return super().saved(change)


def settled(data: QueryDict, saved: TermsForm) -> QueryDict:
    """What was sent, with the saved version wherever the person chose it."""
    sent = conflict.settled(data)
    for name, _ in LISTS.values():
        if data.get(conflict.KEEP + name) == conflict.THEIRS:
            conflict.put_rows(sent, getattr(saved, name))
    return sent


def _lines(groups: Any) -> list[str]:
    return [", ".join(group) for group in groups or ()]


def _said(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows in words, the same for what was typed and for what is stored."""
    return "; ".join(", ".join(_plain(row[name]) for name in sorted(row) if row[name] is not None) for row in rows)


def _plain(value: Any) -> str:
    is_number = isinstance(value, (Decimal, int, float))
    return f"{Decimal(str(value)).normalize():f}" if is_number else str(value)
