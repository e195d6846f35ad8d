"""Registers the room with Django."""

from django.apps import AppConfig


class IdentifyRoom(AppConfig):
    """Identify."""

    name = "mainstay.identification"
    label = "identification"
