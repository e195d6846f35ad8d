"""Parts of a project's page that upper rooms add: tabs of their own, loaded by their address, in groups."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse

from mainstay.core import access
from mainstay.core.verbs import Verb


class Group(StrEnum):
    """What belongs together on a project's page, in the order of its life."""

    OVERVIEW = "Overview"
    CASE = "Case"
    DECISION = "Decision"
    DELIVERY = "Delivery"
    VALUE = "Value"
    HISTORY = "History"


@dataclass(frozen=True)
class Section:
    """A tab of the project's page; its route takes the code of the project."""

    label: str
    route: str
    verb: Verb
    group: Group


_sections: list[Section] = [
    Section("Overview", "project", Verb.SEE_REGISTER, Group.OVERVIEW),
    Section("History", "project_history", Verb.SEE_REGISTER, Group.HISTORY),
]


def add_section(label: str, route: str, verb: Verb = Verb.SEE_REGISTER, *, group: Group = Group.DELIVERY) -> None:
    """Let an upper room add a tab to every project's page."""
    section = Section(label, route, verb, group)
    if section not in _sections:
        _sections.append(section)


def tabs_of(project: Any, user: Any, shown: str, as_of_query: str = "") -> list[dict[str, Any]]:
    """The tabs of a project's page for somebody: a tab a group, that of the shown section with its sections."""
    open_to = [section for section in _sections if access.may(user, section.verb, project)]
    found = []
    for group in Group:
        tabs = [_tab(each, project, shown, as_of_query) for each in open_to if each.group == group]
        if tabs:
            found.append(_of_group(group, tabs))
    return found


def _tab(section: Section, project: Any, shown: str, as_of_query: str) -> dict[str, Any]:
    url = reverse(section.route, args=[project.code]) + as_of_query
    return {"label": section.label, "url": url, "active": section.route == shown}


def _of_group(group: Group, tabs: list[dict[str, Any]]) -> dict[str, Any]:
    """The tab of a group, which leads to its first section; a section alone stands for its group."""
    if len(tabs) == 1:
        return tabs[0]
    is_shown = any(tab["active"] for tab in tabs)
    return {"label": group.value, "url": tabs[0]["url"], "active": is_shown, "parts": tabs if is_shown else []}
