"""The permission table: for every page, who may open it and who may act on it.

A rule is a verb (the roles that hold it there may), or one of the words below. An address whose name is missing
here fails a test, and so does a rule for an address that is gone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainstay.core.roles import OWN, Role
from mainstay.core.verbs import Verb

PUBLIC = "everybody, signed in or not"
SIGNED_IN = "everybody signed in"
OWN_ONLY = "everybody signed in, for what is theirs"
CLOSED = "nobody in this world"

Rule = Verb | str | tuple[Verb, ...] | None


@dataclass(frozen=True)
class Row:
    """One address: what fills its arguments, who may GET it, who may POST to it.

    `place` says where the verb is needed: "scope" (the row named in the address), "root" (the instance as a
    whole) or "somewhere" (any grant will do). `post` None: the address takes no POST.
    """

    get: Rule = Verb.SEE_REGISTER
    post: Rule = None
    place: str = "scope"
    arguments: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def holders(rule: Rule, place: str) -> frozenset[str]:
    """The roles that may, when every role is held for the portfolio Networks only."""
    if rule in (PUBLIC, SIGNED_IN, OWN_ONLY):
        return frozenset(role.value for role in Role)
    if rule in (None, CLOSED) or place == "root":
        return frozenset()
    verbs = rule if isinstance(rule, tuple) else (rule,)
    return frozenset(role.value for role in Role if any(verb in role.verbs or verb in OWN for verb in verbs))


def expected(rule: Rule, place: str) -> Callable[[str], bool]:
    """Whether a member of the cast may."""
    allowed = holders(rule, place)

    def may(who: str) -> bool:
        if rule == PUBLIC:
            return True
        if who in {"anonymous", "closed"}:
            return False
        return who in allowed or (who == "nobody" and rule in (SIGNED_IN, OWN_ONLY))

    return may
