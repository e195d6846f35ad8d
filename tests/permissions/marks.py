"""What must not stand in an answer: marks of what lies outside, and figures for those who may not see figures."""

from mainstay.core.roles import VERBS_OF, Role
from mainstay.core.verbs import Verb
from tests.permissions.cast import FIGURES, MARKS, ROLES


def marks_in(body: bytes, who: str) -> list[str]:
    """The marks that stand in somebody's answer."""
    text = body.decode("utf-8", "replace")
    sees_figures = who in ROLES and Verb.SEE_FIGURES in VERBS_OF[Role(who)]
    return [mark for mark in (MARKS if sees_figures else MARKS + FIGURES) if mark in text]
