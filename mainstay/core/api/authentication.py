"""Who asks: a program with a key, or a person's own session with its protection against forged requests."""

from typing import Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.utils import check_csrf

from mainstay.core import access
from mainstay.core.errors import Forbidden, Unreadable
from mainstay.core.models import Person, Token
from mainstay.core.verbs import Verb


class Key:
    """A key sent as `Authorization: Bearer ...`; it acts for its person within its scopes."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: HttpRequest) -> Person | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        token = Token.objects.matching(secret.strip()) if scheme.lower() == "bearer" else None
        if token is None or not token.person.is_active:
            raise AuthenticationError
        person: Person = token.person
        person.token_scopes = frozenset(token.scopes)
        request.user = person
        return person


class Session:
    """The session of somebody signed in; changes need the CSRF token of their pages."""

    openapi_security_schema = {"type": "apiKey", "in": "cookie", "name": "sessionid"}

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated or not request.user.is_active:
            return None
        if check_csrf(request) is not None:
            raise Forbidden("The X-CSRFToken header is missing or old. Programs use a key instead of a session.")
        return request.user


def require_scope(request: HttpRequest, verb: Verb | None) -> None:
    """Refuse a key whose scopes do not include what is asked; every key needs to read."""
    if verb is not None and not access._token_allows(request.user, verb):
        raise Forbidden(f"The scopes of this key do not include {verb.value}.")
    if not access._token_allows(request.user, Verb.SEE_REGISTER):
        raise Forbidden("The scopes of this key do not include read.")


def refuse_past(request: HttpRequest) -> None:
    """Refuse to change what was known on a past date."""
    if request.as_of is not None:
        raise Unreadable("What was known on a past date cannot be changed; leave as_of away.")
