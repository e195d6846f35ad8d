"""Registers the room with Django."""

from django.apps import AppConfig


class ResourcesRoom(AppConfig):
    """Resources."""

    name = "mainstay.resources"
    label = "resources"
