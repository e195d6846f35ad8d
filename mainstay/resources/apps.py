"""Registers the room with Django."""

from django.apps import AppConfig


class ResourcesRoom(AppConfig):
    """Resources."""

    name = "mainstay.resources"
    label = "resources"

    def ready(self) -> None:
        """Make the room's operations, page and lists known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.core.verbs import Verb
        from mainstay.resources.operations import (  # noqa: F401  (register themselves)
            absences,
            bookings,
            demands,
            following,
            places,
            proficiencies,
            rates,
            resources,
            staffing,
            teams,
            vocabulary,
        )
        from mainstay.resources.sheets.words import RoleSheet, SkillSheet

        add_entry("Resources", "Roles and skills", "vocabulary", "people", Verb.SEE_REGISTER)
        for sheet in (RoleSheet(), SkillSheet()):
            register(sheet)
