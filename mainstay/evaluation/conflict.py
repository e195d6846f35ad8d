"""Two people edited one score model: both versions, its criteria as a whole, and the choice for each."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from mainstay.core import conflict
from mainstay.core.errors import Stale
from mainstay.evaluation.forms.rows import put_rows
from mainstay.evaluation.forms.score_models import FIELDS, criteria_form
from mainstay.evaluation.models import Criterion, ScoreModel
from mainstay.evaluation.operations.criteria import set_criterion
from mainstay.evaluation.queries import criteria_of

CRITERIA = "criteria"


class Conflict(conflict.Conflict):
    """What a refused edit of a score model shows; `criteria` are the rows to save against the new version."""

    def __init__(self, stale: Stale, form: forms.BaseForm, criteria: Any, model: ScoreModel) -> None:
        wanted = [set_criterion(Criterion(), one, place) for place, one in enumerate(criteria.wanted())]
        super().__init__(stale, form)
        was, now = _criteria_at(model, stale.expected), list(criteria_of(model))
        if _values(was) != _values(now):
            is_mine = _values(wanted) not in (_values(was), _values(now))
            last = next(iter(stale.changes), None)
            told = (last.who, last.at) if last else ("", None)
            words = (_said(was), _said(now), _said(wanted))
            self.clashes.append(conflict.Clash(CRITERIA, "Criteria", *words, *told, is_mine))
            if not is_mine:
                put_rows(form.data, criteria_form(model))
        self.criteria = criteria_form(model, form.data)


def settled(data: QueryDict, model: ScoreModel | None) -> QueryDict:
    """What was sent, with the saved version wherever the person chose it."""
    sent = conflict.settled(data)
    if model and data.get(conflict.KEEP + CRITERIA) == conflict.THEIRS:
        put_rows(sent, criteria_form(model))
    return sent


def _criteria_at(model: ScoreModel, version: int) -> list[Any]:
    """The criteria as they were while the model had that version."""
    then = ScoreModel.Version.objects.filter(row_id=model.pk, version=version).first()
    return list(criteria_of(model, then.known_to - timedelta(microseconds=1))) if then else []


def _values(criteria: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(one, name) for name in (*FIELDS, "levels")) for one in criteria]


def _said(criteria: Iterable[Any]) -> str:
    return "; ".join(f"{one.label}, {_plain(one.weight)}%, {_scale(one)}" for one in criteria)


def _scale(one: Any) -> str:
    """From what earns nothing to what earns all, and what a gate asks for."""
    gate = f", at least {_plain(one.threshold)}" if one.is_gate and one.threshold is not None else ""
    levels = ", ".join(f"{level['points']:g} {level['words']}" for level in one.levels)
    return (levels or f"{one.source} from {_plain(one.worst)} to {_plain(one.best)}") + gate


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
