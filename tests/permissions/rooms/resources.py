"""Roles and skills in the permission table."""

from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.resources.operations.vocabulary import add_role, add_skill
from tests.permissions.rows import SIGNED_IN, Room, Row


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A role and a skill of one key; they belong to no portfolio."""
    add_role(None, actor=MAINSTAY, name="Data engineer", key="data")
    add_skill(None, actor=MAINSTAY, name="Data modelling", key="data")
    return {"word_kind": "roles", "word": "data"}, {}


ROOM = Room(
    pages={
        "vocabulary": Row(SIGNED_IN),
        "words": Row(None, Verb.ROLE_ADD, place="root", arguments={"kind": "word_kind"}),
        "word": Row(Verb.ROLE_EDIT, Verb.ROLE_EDIT, place="root", arguments={"kind": "word_kind", "key": "word"}),
    },
    arguments={"word": "word"},
    sent={
        "role.add": {"name": "Site manager"},
        "role.edit": {"name": "Data person"},
        "skill.add": {"name": "Welding"},
        "skill.edit": {"name": "Data art"},
    },
    root=frozenset({"role.add", "role.edit", "skill.add", "skill.edit"}),
    furnish=furnish,
)
