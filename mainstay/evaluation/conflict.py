"""Two people edited one score model: both versions, its criteria as a whole, and the choice for each."""

from typing import Any

from django import forms
from django.http import QueryDict

from mainstay.core import conflict
from mainstay.core.errors import FieldChange, Stale
from mainstay.evaluation.forms.score_models import criteria_form
from mainstay.evaluation.model_changes import CRITERIA, criteria_at, said, values_of
from mainstay.evaluation.models import Criterion, ScoreModel
from mainstay.evaluation.operations.criteria import set_criterion
from mainstay.evaluation.queries import criteria_of


class Conflict(conflict.Conflict):
    """What a refused edit of a score model shows; `criteria` are the rows to save against the new version."""

    def __init__(self, stale: Stale, form: forms.BaseForm, criteria: Any, model: ScoreModel) -> None:
        wanted = [set_criterion(Criterion(), one, place) for place, one in enumerate(criteria.wanted())]
        super().__init__(stale, form)
        for change in (change for change in stale.changes if change.field == CRITERIA):
            self._take_criteria(change, wanted, criteria_at(model, stale.expected), model)
        self.criteria = criteria_form(model, form.data)

    def _take_criteria(self, change: FieldChange, wanted: list[Any], was: list[Any], model: ScoreModel) -> None:
        is_mine = values_of(wanted) not in (values_of(was), values_of(criteria_of(model)))
        words = (change.before, change.after, said(wanted), change.who, change.at)
        self.clashes.append(conflict.Clash(CRITERIA, change.label, *words, is_mine))
        if not is_mine:
            conflict.put_rows(self.form.data, criteria_form(model))


def settled(data: QueryDict, model: ScoreModel | None) -> QueryDict:
    """What was sent, with the saved version wherever the person chose it."""
    sent = conflict.settled(data)
    if model and data.get(conflict.KEEP + CRITERIA) == conflict.THEIRS:
        conflict.put_rows(sent, criteria_form(model))
    return sent
