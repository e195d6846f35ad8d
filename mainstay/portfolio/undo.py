"""Telling somebody what they have just changed, with a button to undo it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from mainstay.core.models import Event
from mainstay.core.verbs import Verb


def say_done(request: HttpRequest, text: str, verb: Verb) -> None:
    """Say what the person did last of this kind, and offer to undo it."""
    event: Any = Event.objects.filter(person=request.user, verb=verb).order_by("-id").first()
    messages.success(request, text, extra_tags=f"undo:{reverse('undo', args=[event.pk])}" if event else "")
