"""Registers the room with Django."""

from django.apps import AppConfig


class AuthoriseRoom(AppConfig):
    """Authorise."""

    name = "mainstay.authorisation"
    label = "authorisation"
