"""A repeated request acts once: under one `Idempotency-Key` the first answer is given again.

Key, change and answer are committed together, so a server that dies leaves either all three or none.
"""

import hashlib
import hmac
import re
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from mainstay.core.api.operations import Taken, claim_key, keep_answer, kept_answer
from mainstay.core.api.problems import Invalid
from mainstay.core.errors import Impossible, Unreadable
from mainstay.core.models import KeptAnswer

KEY = re.compile(r"[\x21-\x7e]{1,100}")
KEPT_HEADERS = ("ETag", "Location")


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Act, or give the answer again that was given to the same request before."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return act()
    if not KEY.fullmatch(key):
        raise Unreadable("An idempotency key has 1 to 100 visible characters without spaces.")
    fingerprint = _fingerprint(request)
    if kept := kept_answer(request.user, key):
        return _again(kept, fingerprint)
    try:
        return _first(request, key, fingerprint, act)
    except Taken as error:
        if kept := kept_answer(request.user, key):
            return _again(kept, fingerprint)
        raise Impossible("The same request is being worked on; ask again in a moment.") from error


def _first(request: HttpRequest, key: str, fingerprint: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        kept = claim_key(request.user, key, fingerprint)
        response = act()
        headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        body = getattr(response, "kept_content", response.content)
        keep_answer(kept, response.status_code, body.decode(), headers)
    return response


def _again(kept: KeptAnswer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise Invalid("This idempotency key was used for another request; take a new one.")
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same; keyed, because a body may hold a password."""
    parts = (request.method.encode(), request.get_full_path().encode(), request.body)
    text = b"\0".join(hashlib.sha256(part).digest() for part in parts)
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
