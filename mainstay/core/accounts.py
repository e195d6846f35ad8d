"""How allauth meets our people: no sign-up from outside, names as they are shown."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from mainstay.core.operations.people import set_password


class Accounts(DefaultAccountAdapter):
    """People are created by administrators, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        changed = set_password(user, actor=user, password=password)
        user.password, user.version = changed.password, changed.version


def display(person: Any) -> str:
    """A person's name as pages show it."""
    return str(person)
