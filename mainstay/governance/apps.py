"""Registers the room with Django."""

from django.apps import AppConfig


class GovernanceRoom(AppConfig):
    """Governance."""

    name = "mainstay.governance"
    label = "governance"
