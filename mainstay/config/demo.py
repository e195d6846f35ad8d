"""What a demonstration shows besides: its log-ins on the sign-in page."""

from typing import Any

from django.http import HttpRequest

from mainstay.config import sample


def demo_people(request: HttpRequest) -> dict[str, Any]:
    """The log-ins of the sample, for somebody who has not signed in yet."""
    person = getattr(request, "user", None)
    return {} if person is not None and person.is_authenticated else {"demo_people": sample.people()}
