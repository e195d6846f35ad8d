"""What a row of the permission table says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainstay.core.rights import OWN
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb

PUBLIC = "everybody, signed in or not"
SIGNED_IN = "everybody signed in"
OWN_ONLY = "everybody signed in, for what is theirs"
CLOSED = "nobody in this world"

Rule = Verb | str | tuple[Verb, ...] | None


@dataclass(frozen=True)
class KeyOf:
    """Stands in a body for the key of a row that the cast made under this name."""

    name: str


@dataclass(frozen=True)
class Row:
    """One address: what fills its arguments, who may GET it, who may POST to it.

    `place` says where the verb is needed: "scope" (the row named in the address), "root" (the instance as a
    whole), "mixed" (anywhere to read, the whole to act) or "somewhere" (any grant will do). `get` or `post` None:
    the address does not take it. `sent` is what is posted.
    """

    get: Rule = Verb.SEE_REGISTER
    post: Rule = None
    place: str = "scope"
    arguments: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """What one room brings to the table.

    `pages`: a row for every named address. `arguments`: for each argument of an API path, the key in the cast's
    `inside` and `outside`. `nouns`: what `{code}` and `{key}` mean below an API collection. `sent`: a body for an API
    operation. `root`: operations that need the instance as a whole. `otherwise`: rules other than the verb;
    `reads`: rules of what only reads. `placed`: arguments that name a row in the tree. `guarded`: marks that only
    holders of a verb may read (None: nobody). `furnish(world)` gives the keys for `inside` and for `outside`.
    """

    pages: Mapping[str, Row] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)
    nouns: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict)
    root: frozenset[str] = frozenset()
    otherwise: Mapping[str, Rule] = field(default_factory=dict)
    reads: Mapping[str, Rule] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()
    guarded: Mapping[Verb | None, tuple[str, ...]] = field(default_factory=dict)
    furnish: Callable[[Any], tuple[dict[str, Any], dict[str, Any]]] | None = None


def holders(rule: Rule, place: str) -> frozenset[str]:
    """The roles that may, when every role is held for the portfolio Networks only."""
    if rule in (PUBLIC, SIGNED_IN, OWN_ONLY):
        return frozenset(role.value for role in Role)
    if rule in (None, CLOSED) or place == "root":
        return frozenset()
    verbs = rule if isinstance(rule, tuple) else (rule,)
    return frozenset(role.value for role in Role if any(verb in role.verbs or verb in OWN for verb in verbs))


def expected(row: Row, method: str) -> Callable[[str], bool]:
    """Whether a member of the cast may."""
    rule = row.get if method == "GET" else row.post
    place = ("root" if method == "POST" else "scope") if row.place == "mixed" else row.place
    allowed = holders(rule, place)

    def may(who: str) -> bool:
        if rule == PUBLIC:
            return True
        if who in {"anonymous", "closed"}:
            return False
        return who in allowed or (who == "nobody" and rule in (SIGNED_IN, OWN_ONLY))

    return may
