"""What must not stand in an answer: marks of what lies outside, and figures for those who may not see figures."""

from mainstay.core.roles import VERBS_OF, Role
from mainstay.core.verbs import Verb
from tests.permissions.cast import FIGURES, MARKS, ROLES
from tests.permissions.rooms import ROOMS


def marks_in(body: bytes, who: str) -> list[str]:
    """The marks that stand in somebody's answer."""
    text = body.decode("utf-8", "replace")
    sees_figures = who in ROLES and Verb.SEE_FIGURES in VERBS_OF[Role(who)]
    marks = (MARKS if sees_figures else MARKS + FIGURES) + _guarded(who)
    return [mark for mark in marks if mark in text]


def _guarded(who: str) -> tuple[str, ...]:
    """What only holders of a further verb may read, and somebody does not hold."""
    held = VERBS_OF[Role(who)] if who in ROLES else frozenset()
    rules = (pair for room in ROOMS for pair in room.guarded.items())
    return tuple(mark for verb, marks in rules if verb not in held for mark in marks)
