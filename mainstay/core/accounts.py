"""How allauth meets our people: no sign-up from outside, names as they are shown."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):
    """People are created by administrators, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display(person: Any) -> str:
    """A person's name as pages show it."""
    return str(person)
