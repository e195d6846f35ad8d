"""A browser becomes somebody's."""

from typing import Any

from django.conf import settings
from django.test import Client


def sign_in(context: Any, live_server: Any, person: Any) -> None:
    """From here on whatever the browser opens is opened by this person."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
