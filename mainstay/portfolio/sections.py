"""Parts of a project's page that upper rooms add: a tab of their own, loaded by its address."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mainstay.core import access
from mainstay.core.verbs import Verb


@dataclass(frozen=True)
class Section:
    """A tab of the project's page; its route takes the code of the project."""

    label: str
    route: str
    verb: Verb


_sections: list[Section] = [
    Section("Overview", "project", Verb.SEE_REGISTER),
    Section("History", "project_history", Verb.SEE_REGISTER),
]


def add_section(label: str, route: str, verb: Verb = Verb.SEE_REGISTER) -> None:
    """Let an upper room add a tab to every project's page."""
    section = Section(label, route, verb)
    if section not in _sections:
        _sections.insert(len(_sections) - 1, section)


def tabs_of(project: Any, user: Any, shown: str, as_of_query: str = "") -> list[dict[str, Any]]:
    """The tabs of a project's page for somebody, with the shown one marked."""
    return [
        {
            "label": section.label,
            "url": reverse(section.route, args=[project.code]) + as_of_query,
            "active": section.route == shown,
        }
        for section in _sections
        if access.may(user, section.verb, project)
    ]
