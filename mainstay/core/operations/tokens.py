"""Keys for programs."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.models import Person, Token
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb

SCOPES = ("read", "write")


@operation(Verb.TOKEN_ISSUE)
def issue_token(
    person: Person, *, actor: Actor, name: str, scopes: list[str], expires_at: datetime | None = None
) -> tuple[Token, str]:
    """Make a key for one's own programs; the secret is given once and never again."""
    if person.pk != actor.pk:
        raise Forbidden("A key is made by the person it acts for.")
    known = {*SCOPES, *(verb.value for verb in Verb)}
    if not scopes or not set(scopes) <= known:
        raise ValidationError({"scopes": "Choose read, write or single verbs."})
    secret = f"mst_{secrets.token_urlsafe(32)}"
    token = Token(
        person=person,
        name=name,
        digest=Token.digest_of(secret),
        hint=secret[-4:],
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
    )
    return history.create(token), secret


@operation(Verb.TOKEN_REVOKE)
def revoke_token(token: Token, *, actor: Actor) -> Token:
    """End a key at once."""
    if token.person_id != actor.pk:
        raise Missing("There is no such key.")
    token.revoked_at = timezone.now()
    return history.save(token)
