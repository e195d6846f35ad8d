"""Keys for programs that act for a person."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class TokenQuerySet(models.QuerySet):
    """Tokens."""

    def visible_to(self, user: Any) -> Any:
        """A person's own tokens."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def in_force(self) -> Any:
        """Neither revoked nor run out."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)

    def matching(self, secret: str) -> Any:
        """The token a program shows; only its hash is kept."""
        return self.in_force().filter(digest=Token.digest_of(secret)).select_related("person").first()


class Token(models.Model):
    """A key with scopes and an end date, shown once and kept only as a hash."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash under which a secret is kept."""
        return hashlib.sha256(secret.encode()).hexdigest()
