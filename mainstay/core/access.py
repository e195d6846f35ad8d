"""Who may do what where: grants give a role for a part of the tree, and this module reads them.

`may` answers, `require` refuses, `condition` is the same rule as a filter. Nothing else decides access.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from mainstay.core.errors import Forbidden, Missing
from mainstay.core.rights import OWN
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb

if TYPE_CHECKING:
    from mainstay.core.models.person import Person

ROOT = "/"


class _Nothing:
    """The condition nobody meets."""


NOTHING = _Nothing()


@dataclass(frozen=True)
class Held:
    """A role held for everything at and below a path."""

    role: Role
    path: str

    def reaches(self, path: str, seal: str) -> bool:
        """Whether the grant covers a row at this place; a confidential part needs a grant of its own."""
        within = path.startswith(self.path)
        return within and (not seal or self.path.startswith(seal) or Verb.SEE_CONFIDENTIAL in self.role.verbs)


def held_by(user: "Person") -> tuple[Held, ...]:
    """The grants a person holds now, read once for each request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    if (held := getattr(user, "_held", None)) is None:
        from mainstay.core.models.grant import Grant

        held = tuple(Held(Role(role), path) for role, path in Grant.objects.in_force_for(user))
        user._held = held
    return held


def _token_allows(user: "Person", verb: Verb) -> bool:
    scopes = getattr(user, "token_scopes", None)
    return scopes is None or verb.value in scopes or ("read" if verb.reads else "write") in scopes


def may(user: "Person", verb: Verb, subject: Any = None) -> bool:
    """Whether the person may do this to the subject (None: to the instance as a whole)."""
    held = held_by(user)
    if not _token_allows(user, verb):
        return False
    if verb in OWN:
        return getattr(user, "is_authenticated", False) and user.is_active
    path, seal = (subject.path, subject.seal) if subject is not None else (ROOT, "")
    return any(verb in grant.role.verbs and grant.reaches(path, seal) for grant in held)


def may_somewhere(user: "Person", verb: Verb) -> bool:
    """Whether the person may do this anywhere at all; for navigation."""
    return _token_allows(user, verb) and any(verb in grant.role.verbs for grant in held_by(user))


def require(user: "Person", verb: Verb, subject: Any = None) -> None:
    """Refuse unless the person may; what may not be seen does not exist."""
    if may(user, verb, subject):
        return
    if subject is not None and not may(user, Verb.SEE_REGISTER, subject):
        raise Missing("There is nothing here, or it is not open to you.")
    raise Forbidden(f"Your roles do not let you {verb.sentence} here. Ask an administrator for a grant.")


def condition(user: "Person", verb: Verb, place: str | None = "") -> Q | _Nothing | None:
    """The same rule as a filter on rows: None lets all pass, NOTHING lets none.

    `place` is the lookup that leads to the placed row (`"project__"`), `""` for the row itself and None for
    rows without a place, which only a grant for the whole instance opens.
    """
    grants = [g for g in held_by(user) if verb in g.role.verbs] if _token_allows(user, verb) else []
    if not grants:
        return NOTHING
    if place is None:
        return None if any(g.path == ROOT for g in grants) else NOTHING
    if any(g.path == ROOT and Verb.SEE_CONFIDENTIAL in g.role.verbs for g in grants):
        return None
    combined = Q()
    for grant in grants:
        combined |= _within(grant, place)
    return combined


def _within(grant: Held, place: str) -> Q:
    here = Q() if grant.path == ROOT else Q(**{f"{place}path__startswith": grant.path})
    if Verb.SEE_CONFIDENTIAL in grant.role.verbs:
        return here
    return here & Q(**{f"{place}seal__in": ["", *_prefixes(grant.path)]})


def _prefixes(path: str) -> list[str]:
    """Every path that leads to this one, itself included: /a/b/ gives /, /a/, /a/b/."""
    parts = path.strip("/").split("/") if path != ROOT else []
    return [ROOT] + ["/" + "/".join(parts[: i + 1]) + "/" for i in range(len(parts))]
