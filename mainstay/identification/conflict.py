"""Two people edited one request or one request form: both versions and the choice, answers and questions included."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mainstay.core import conflict
from mainstay.core.conflict import Clash
from mainstay.core.errors import Stale
from mainstay.core.operation import last_change_of, last_moment_of
from mainstay.identification.forms import read_definition, tell_definition
from mainstay.identification.forms.editing import differences_between
from mainstay.identification.forms.fields import ANSWER
from mainstay.identification.models import RequestForm

STORED_ANSWER = "answers."
QUESTIONS = "questions"


class RequestConflict(conflict.Conflict):
    """What a refused edit of a request shows; an answer is a field like the title."""

    def field_of(self, stored: str) -> str:
        """The field of the page that holds what is stored."""
        is_answer = stored.startswith(STORED_ANSWER)
        return super().field_of(ANSWER + stored.removeprefix(STORED_ANSWER) if is_answer else stored)


class FormConflict(conflict.Conflict):
    """What a refused edit of a request form shows; `draft` are the questions to save against the new version."""

    def __init__(self, stale: Stale, facts: forms.BaseForm, draft: dict[str, Any], saved: RequestForm) -> None:
        super().__init__(stale, facts)
        was, now = _draft_at(saved, stale.expected), saved.draft
        theirs, mine = (_said(was, one) for one in (now, _as_stored(draft)))
        self.draft = draft if mine else now
        if theirs:
            is_mine = bool(mine) and mine != theirs
            told = (*last_change_of(saved), is_mine)
            self.clashes.append(Clash(QUESTIONS, "Questions", "as you opened them", theirs, mine, *told))


def chosen_draft(data: QueryDict, typed: dict[str, Any], saved: dict[str, Any]) -> dict[str, Any]:
    """The questions as typed, or as saved where the person chose those."""
    return saved if data.get(conflict.KEEP + QUESTIONS) == conflict.THEIRS else typed


def _draft_at(form: RequestForm, version: int) -> dict[str, Any]:
    """The questions as they were while the form had that version."""
    then = last_moment_of(form, version)
    known = RequestForm.objects.as_of(then).filter(row_id=form.pk).first() if then else None
    return known.draft if known else form.draft


def _as_stored(draft: dict[str, Any]) -> dict[str, Any]:
    """Questions as typed, written as they would be stored; what makes no sense stays as it is."""
    try:
        return tell_definition(read_definition(draft))
    except ValidationError:
        return draft


def _said(before: dict[str, Any], after: dict[str, Any]) -> str:
    return "; ".join(f"{what} {how}" for what, how in differences_between(before or {}, after or {}))
