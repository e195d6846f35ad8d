"""People who can sign in."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone

from mainstay.core import access
from mainstay.core.models.row import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb


class PersonQuerySet(RowQuerySet):
    """People."""

    place = None

    def visible_to(self, user: "Person", verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Colleagues are known to everybody who may see any part of the register; others know only themselves."""
        return self if access.may_somewhere(user, verb) else self.filter(pk=user.pk)

    def active(self) -> Self:
        """Those who may sign in."""
        return self.filter(is_active=True)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(username__iexact=username)


@versioned
class Person(AbstractBaseUser, Row):
    """Somebody who works with the portfolio and can sign in."""

    username = models.CharField("sign-in name", max_length=80, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    never_kept = frozenset({"password", "last_login"})

    objects = PersonManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "person"
        verbose_name_plural = "people"

    # How a request came to act for this person; set by the token authentication of the API.
    token_scopes: frozenset[str] | None = None

    def __str__(self) -> str:
        return self.name or self.username
