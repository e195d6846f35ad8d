"""Keeping the answers to requests with an idempotency key."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mainstay.core.models import KeptAnswer, Person

KEPT_FOR = timedelta(hours=24)


class Taken(Exception):
    """Another request with the same key is ahead or done."""


def kept_answer(person: Person, key: str) -> KeptAnswer | None:
    """What was answered under this key within the last day."""
    since = timezone.now() - KEPT_FOR
    return KeptAnswer.objects.filter(person=person, key=key, created_at__gt=since).first()


def claim_key(person: Person, key: str, fingerprint: str) -> KeptAnswer:
    """Take a key within the transaction that acts; without its commit it was never taken."""
    KeptAnswer.objects.filter(person=person, created_at__lte=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(person=person, key=key, fingerprint=fingerprint)
    except IntegrityError as error:
        raise Taken from error


def keep_answer(kept: KeptAnswer, status: int, body: str, headers: dict[str, Any]) -> None:
    """Write down what was answered."""
    kept.status, kept.body, kept.headers = status, body, headers
    kept.save(update_fields=["status", "body", "headers"])
