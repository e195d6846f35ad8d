"""Registers the room with Django."""

from django.apps import AppConfig


class PortfolioRoom(AppConfig):
    """Portfolio."""

    name = "mainstay.portfolio"
    label = "portfolio"
