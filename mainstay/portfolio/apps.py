"""Registers the room with Django."""

from django.apps import AppConfig


class PortfolioRoom(AppConfig):
    """Portfolio."""

    name = "mainstay.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        from mainstay.core.context import add_entry
        from mainstay.core.places import register_places
        from mainstay.core.verbs import Verb
        from mainstay.portfolio.places import tree_places
        from mainstay.portfolio.sheets import register_sheets

        register_places(tree_places)
        register_sheets()
        add_entry("Portfolio", "Portfolios", "portfolios", "portfolio")
        add_entry("Portfolio", "Projects", "projects", "project")
        add_entry("Administration", "Custom fields", "fields", "administration", Verb.FIELD_CREATE)
        add_entry("Administration", "Life cycle", "life_cycle", "administration", Verb.STAGE_EDIT)
        add_entry("Administration", "Fiscal years", "years", "calendar", Verb.YEAR_OPEN)
