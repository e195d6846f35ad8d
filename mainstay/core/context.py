"""What every page shows around its content: navigation, as-of date, notices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from mainstay.core import access
from mainstay.core.verbs import Verb


@dataclass(frozen=True)
class Entry:
    """A place in the navigation, shown to those who may use it."""

    section: str
    label: str
    route: str
    icon: str
    opens: Callable[[Any], bool]


_entries: list[Entry] = []
SECTIONS = (
    "Home",
    "Portfolio",
    "Identify",
    "Evaluate",
    "Authorise",
    "Monitor",
    "Review",
    "Strategy",
    "Resources",
    "Governance",
    "Value",
    "Reports",
    "Administration",
)


def add_entry(section: str, label: str, route: str, icon: str, verb: Verb | None = Verb.SEE_REGISTER) -> None:
    """Let a room put a page into the navigation; without a verb everybody signed in sees it."""
    opens = (lambda user: True) if verb is None else (lambda user: access.may_somewhere(user, verb))
    entry = Entry(section, label, route, icon, opens)
    if entry.route not in {known.route for known in _entries}:
        _entries.append(entry)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page for the person who asks."""
    person = getattr(request, "user", None)
    as_of = getattr(request, "as_of", None)
    context = {
        "as_of": as_of,
        "as_of_text": request.GET.get("as_of", "") if as_of else "",
        "is_demo": settings.DEMO,
    }
    context["as_of_query"] = f"?as_of={context['as_of_text']}" if as_of else ""
    if person is None or not person.is_authenticated:
        return context
    if access.may_somewhere(person, Verb.SEE_REGISTER):
        context["scope"] = {"name": "All portfolios", "url": _url("portfolios") + context["as_of_query"]}
    return context | {"navigation": navigation(request), "unread_notices": _Lazy(person)}


class _Lazy:
    """Counted only where a page shows it."""

    def __init__(self, person: Any) -> None:
        self.person = person

    def count(self) -> int:
        return self.person.notices.unread().count()


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections the person may use, in the words of the house, with the open one marked."""
    sections: dict[str, list[dict[str, Any]]] = {}
    opened = [(entry, _url(entry.route)) for entry in _entries if entry.opens(request.user)]
    here = _nearest(request.path, [url for _, url in opened])
    for entry, url in opened:
        sections.setdefault(entry.section, []).append(
            {"label": entry.label, "url": url, "icon": entry.icon, "active": url == here}
        )
    return [_section(name, sections[name]) for name in SECTIONS if name in sections]


def _nearest(path: str, urls: list[str]) -> str:
    """The entry whose page this is, or below which it lies; the longest address where several fit."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")


def _section(name: str, children: list[dict[str, Any]]) -> dict[str, Any]:
    first = children[0]
    active = any(child["active"] for child in children)
    own = len(children) == 1 and first["label"] == name
    return {
        "label": name,
        "url": first["url"],
        "icon": first["icon"],
        "active": active,
        "children": [] if own else children,
    }


_urls: dict[str, str] = {}


def _url(route: str) -> str:
    if route not in _urls:
        _urls[route] = reverse(route)
    return _urls[route]
