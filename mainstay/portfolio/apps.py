"""Registers the room with Django."""

from django.apps import AppConfig


class PortfolioRoom(AppConfig):
    """Portfolio."""

    name = "mainstay.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        from mainstay.core.places import register_places
        from mainstay.portfolio.places import tree_places

        register_places(tree_places)
