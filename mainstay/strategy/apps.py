"""Registers the room with Django."""

from django.apps import AppConfig


class StrategyRoom(AppConfig):
    """Strategy."""

    name = "mainstay.strategy"
    label = "strategy"
