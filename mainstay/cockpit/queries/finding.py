"""Finding by a few letters: pages, portfolios, programmes, projects and people, as far as somebody may see them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.context import navigation
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Programme, Project

MOST = 8
LONGEST = 100


@dataclass(frozen=True)
class Found:
    """Something to go to."""

    label: str
    hint: str
    url: str
    kind: str

    def as_dict(self) -> dict[str, str]:
        """As programs read it."""
        return asdict(self)


def words_in(text: str) -> str:
    """What was typed, without characters no record has."""
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST].strip()


def find(request: HttpRequest, text: str, most: int = MOST) -> list[Found]:
    """Whatever fits what was typed, the likeliest first; nothing typed gives the pages and one's own projects."""
    words = words_in(text)
    user = request.user
    projects = Project.objects.visible_to(user).select_related("stage")
    if not words:
        mine = projects.filter(Q(owner=user) | Q(manager=user)).order_by("code")[:most]
        return [*_projects(mine), *_pages(request, "")]
    return [
        *_pages(request, words.lower()),
        *_projects(_best(projects, words)[:most]),
        *_places("portfolio", _best(Portfolio.objects.visible_to(user), words)[:most]),
        *_places("programme", _best(Programme.objects.visible_to(user), words)[:most]),
        *_people(user, words, most),
    ]


def _best(rows: Any, words: str) -> Any:
    """Rows whose code or name has every word; codes that fit whole come first."""
    for word in words.split():
        rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word))
    rank = Case(
        When(code__iexact=words, then=Value(0)),
        When(code__istartswith=words, then=Value(1)),
        When(name__istartswith=words, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "code")


def _pages(request: HttpRequest, words: str) -> list[Found]:
    entries = [
        Found(entry["label"], section["label"], entry["url"], "Page")
        for section in navigation(request)
        for entry in section["children"] or [section]
    ]
    entries += _commands(request.user)
    return [entry for entry in entries if words in f"{entry.hint} {entry.label}".lower()]


def _commands(user: Any) -> list[Found]:
    offered = (
        (Verb.PROJECT_PROPOSE, "Propose a project", "Portfolio", "/projects/new/"),
        (Verb.ROWS_IMPORT, "Import a list of projects", "Portfolio", "/import/"),
        (Verb.SELECTION_PREPARE, "Choose projects within a budget", "Authorise", "/authorise/selections/"),
        (Verb.PERSON_CREATE, "Let somebody in", "Administration", "/people/new/"),
    )
    return [
        Found(label, hint, url, "Command") for verb, label, hint, url in offered if access.may_somewhere(user, verb)
    ]


def _projects(rows: Any) -> list[Found]:
    return [Found(row.name, f"{row.code} · {row.stage.name}", f"/projects/{row.code}/", "Project") for row in rows]


def _places(kind: str, rows: Any) -> list[Found]:
    return [Found(row.name, row.code, f"/{kind}s/{row.code}/", kind.capitalize()) for row in rows]


def _people(user: Any, words: str, most: int) -> list[Found]:
    """People have a page for those who may see who may do what."""
    if not access.may(user, Verb.SEE_ACCESS):
        return []
    rows = Person.objects.visible_to(user).filter(Q(name__icontains=words) | Q(username__icontains=words))
    return [
        Found(row.name, row.job_title, f"/people/{row.username}/", "Person") for row in rows.order_by("name")[:most]
    ]
