"""Mainstay itself as an actor, for first start, the sample, and commands given on the server's own console."""

from typing import Any

from mainstay.core.access import ROOT, Held
from mainstay.core.models import Person
from mainstay.core.roles import Role


class Mainstay:
    """The instance acting for nobody in particular, with every role for everything."""

    is_authenticated = is_active = True
    pk: Any = None
    token_scopes = None
    _held = tuple(Held(role, ROOT) for role in Role)

    def __str__(self) -> str:
        return "Mainstay"


MAINSTAY = Mainstay()
Actor = Person | Mainstay
