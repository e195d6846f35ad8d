"""Two people edited one classification: both versions, its buckets as a whole, and the choice for each."""

from typing import Any

from django import forms
from django.http import QueryDict

from mainstay.core import conflict
from mainstay.core.errors import FieldChange, Stale
from mainstay.strategy.changes import BUCKETS, said
from mainstay.strategy.forms.mix import buckets_form
from mainstay.strategy.models import Classification


class Conflict(conflict.Conflict):
    """What a refused edit of a classification shows; `buckets` are the rows to save against the new version."""

    def __init__(self, stale: Stale, form: forms.BaseForm, buckets: Any, row: Classification) -> None:
        typed = said(buckets.wanted())
        super().__init__(stale, form)
        for change in (change for change in stale.changes if change.field == BUCKETS):
            self._take_buckets(change, typed, row)
        self.buckets = buckets_form(row, form.data)

    def _take_buckets(self, change: FieldChange, typed: str, row: Classification) -> None:
        is_mine = typed not in {change.before, change.after}
        words = (change.before, change.after, typed, change.who, change.at)
        self.clashes.append(conflict.Clash(BUCKETS, change.label, *words, is_mine))
        if is_mine:
            self._forget_removed(row)
        else:
            conflict.put_rows(self.form.data, buckets_form(row))

    def _forget_removed(self, row: Classification) -> None:
        """A bucket typed here that the other one removed would be a new one."""
        there = {str(pk) for pk in row.buckets.values_list("pk", flat=True)}
        for name in [name for name in self.form.data if name.startswith(f"{BUCKETS}-") and name.endswith("-pk")]:
            if self.form.data[name] not in there:
                self.form.data[name] = ""


def settled(data: QueryDict, row: Classification) -> QueryDict:
    """What was sent, with the saved version wherever the person chose it."""
    sent = conflict.settled(data)
    if data.get(conflict.KEEP + BUCKETS) == conflict.THEIRS:
        conflict.put_rows(sent, buckets_form(row))
    return sent
