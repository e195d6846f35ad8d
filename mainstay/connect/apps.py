"""Registers the room with Django."""

from django.apps import AppConfig


class ConnectRoom(AppConfig):
    """Connect."""

    name = "mainstay.connect"
    label = "connect"
