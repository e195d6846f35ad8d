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
        from mainstay.portfolio.dashboard import add_parts
        from mainstay.portfolio.sections import add_section
        from mainstay.resources import jobs  # noqa: F401  (registers itself)
        from mainstay.resources.dashboard import PARTS
        from mainstay.resources.operations import (  # noqa: F401  (register themselves)
            absences,
            bookings,
            demand_templates,
            demands,
            following,
            places,
            proficiencies,
            proposals,
            rates,
            resources,
            staffing,
            teams,
            vocabulary,
        )
        from mainstay.resources.parts import add_part
        from mainstay.resources.sheets.bookings import BookingSheet
        from mainstay.resources.sheets.of_people import AbsenceSheet, ProficiencySheet
        from mainstay.resources.sheets.people import PeopleSheet
        from mainstay.resources.sheets.words import RoleSheet, SkillSheet
        from mainstay.resources.workload_page import part_of_person

        add_entry("Resources", "Capacity", "capacity", "chart", Verb.SEE_RESOURCES)
        add_entry("Resources", "People", "resource_list", "people", Verb.SEE_RESOURCES)
        add_entry("Resources", "Staffing", "staffing", "columns")
        add_entry("Resources", "Skills", "skills", "star", Verb.SEE_RESOURCES)
        add_entry("Resources", "Teams", "teams", "tree", Verb.SEE_RESOURCES)
        add_entry("Resources", "Calendars and sites", "calendars", "calendar", Verb.SEE_RESOURCES)
        add_entry("Resources", "Rates", "rates", "money", Verb.SEE_RATES)
        add_entry("Resources", "Roles and skills", "vocabulary", "people", Verb.SEE_REGISTER)
        add_section("People", "project_people")
        add_part("resources/person_workload.html", part_of_person)
        add_parts(*PARTS)
        for sheet in (RoleSheet(), SkillSheet(), PeopleSheet(), ProficiencySheet(), AbsenceSheet(), BookingSheet()):
            register(sheet)
