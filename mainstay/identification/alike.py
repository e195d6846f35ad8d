"""Look-alikes: one process-wide corpus of the whole register, kept current, searched first and filtered after.

Every submitted request is a project of the register, so the texts of projects are all there is; drafts are
nobody's but their requester's and are not in it.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.engine.similarity import Corpus, Match, Text
from mainstay.identification.models import Merger, Request, Unlike
from mainstay.identification.outcomes import OVER, Outcome, open_to_requesters, outcomes_of
from mainstay.portfolio.models import Phase, Project

LATE = 200
"""Versions that come late: a transaction may commit after another one with a higher number."""
MANY = 500
SEARCHED = 60
SHOWN = 6
AT_LEAST = 0.15
SURE = 0.35
"""From here on letters shared by misspelt words are enough; below it at least one word of weight has to be shared."""
SMALL_WORD = 4
THRESHOLD = 0.55
MOST_PAIRS = 300


class _Shelf:
    """The corpus of this process and the last version of a project it has seen."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.corpus = Corpus.of([])
        self.texts: dict[str, Text] = {}
        self.seen = 0
        self.pairs: tuple[Corpus, float, list[Any]] | None = None

    def current(self) -> Corpus:
        """The corpus with every change since it was last asked for."""
        with self.lock:
            newest = Project.Version.objects.aggregate(last=Max("version_id"))["last"] or 0
            if newest < self.seen or not len(self.corpus):
                self._fill()
            else:
                self._follow()
            self.seen = newest
            return self.corpus

    def _fill(self) -> None:
        rows = Project.objects.order_by("pk").values_list("pk", "name", "description")
        self.texts = {str(pk): Text(str(pk), name, description) for pk, name, description in rows.iterator()}
        self.corpus = Corpus.of(self.texts.values())

    def _follow(self) -> None:
        changed = Project.Version.objects.filter(version_id__gt=self.seen - LATE).values("row_id")
        if changed.count() > MANY + LATE:
            self._fill()
            return
        rows = Project.objects.filter(pk__in=changed).order_by("pk").values_list("pk", "name", "description")
        for pk, name, description in rows:
            text = Text(str(pk), name, description)
            if self.texts.get(text.key) != text:
                self.texts[text.key] = text
                self.corpus = self.corpus.with_(text)

    def duplicates(self, threshold: float) -> list[Any]:
        """The pairs of the corpus, reckoned once for each state of it."""
        corpus = self.current()
        if self.pairs is None or self.pairs[0] is not corpus or self.pairs[1] != threshold:
            self.pairs = (corpus, threshold, corpus.duplicates(threshold, limit=5 * MOST_PAIRS))
        return self.pairs[2]


_shelf = _Shelf()


@dataclass(frozen=True)
class Alike:
    """Something similar, as far as its reader may know it."""

    project: Project
    request: Request | None
    score: float
    shared: tuple[str, ...]
    outcome: Outcome | None
    is_open: bool
    """Whether the reader may open the project; else only its end and lesson are told."""


def similar_to(title: str, body: str, user: Any, *, without: int | None = None, limit: int = SHOWN) -> list[Alike]:
    """What resembles a text, the closest first; of what the reader may not know there is no trace."""
    matches = [
        match
        for match in _shelf.current().nearest(title, body, SEARCHED, at_least=AT_LEAST)
        if match.key != str(without or "") and (match.score >= SURE or _means_something(match))
    ]
    return _told(matches, user, limit)


def _means_something(match: Match) -> bool:
    """Whether the two share more than the small words every text has."""
    return any(len(term) > SMALL_WORD or not term.isascii() for term in match.shared_terms)


def _told(matches: list[Match], user: Any, limit: int) -> list[Alike]:
    ids = [int(match.key) for match in matches]
    seen = {row.pk: row for row in Project.objects.visible_to(user).filter(pk__in=ids).select_related("stage")}
    ended = {row.pk: row for row in open_to_requesters(user).filter(pk__in=ids).select_related("stage")}
    kept = [match for match in matches if int(match.key) in seen.keys() | ended.keys()][:limit]
    projects = {int(match.key): seen.get(int(match.key)) or ended[int(match.key)] for match in kept}
    requests = {row.project_id: row for row in Request.objects.visible_to(user).filter(project__in=projects)}
    over = [project for project in projects.values() if project.stage.phase in OVER]
    outcomes = outcomes_of(over) if over else {}
    return [
        Alike(
            projects[int(match.key)],
            requests.get(int(match.key)),
            match.score,
            match.shared_terms,
            outcomes.get(int(match.key)),
            int(match.key) in seen,
        )
        for match in kept
    ]


@dataclass(frozen=True)
class Twins:
    """Two projects that look alike, with the requests they came from."""

    one: Project
    other: Project
    one_request: Request | None
    other_request: Request | None
    score: float
    shared: tuple[str, ...]


def near_duplicates(user: Any, threshold: float = THRESHOLD, limit: int = MOST_PAIRS) -> list[Twins]:
    """Pairs of the register that say nearly the same, both open to the reader, neither dropped nor dismissed."""
    pairs = [(int(pair.first), int(pair.second), pair) for pair in _shelf.duplicates(threshold)]
    ids = {pk for one, other, _ in pairs for pk in (one, other)}
    rows = _shown(ids, user)
    settled = set(Unlike.objects.values_list("one_id", "other_id"))
    kept = [
        (one, other, pair)
        for one, other, pair in pairs
        if one in rows and other in rows and (min(one, other), max(one, other)) not in settled
        and not (rows[one].stage.phase in OVER and rows[other].stage.phase in OVER)
    ][:limit]  # fmt: skip
    requests = _requests(user, {pk for one, other, _ in kept for pk in (one, other)})
    return [
        Twins(rows[one], rows[other], requests.get(one), requests.get(other), pair.score, pair.shared_terms)
        for one, other, pair in kept
    ]


def _shown(ids: Iterable[int], user: Any) -> dict[int, Project]:
    wanted, rows = sorted(ids), {}
    merged = set(Merger.objects.values_list("merged_id", flat=True))
    for start in range(0, len(wanted), MANY):
        part = [pk for pk in wanted[start : start + MANY] if pk not in merged]
        found = Project.objects.visible_to(user, Verb.DUPLICATE_DISMISS).filter(pk__in=part)
        found = found.exclude(stage__phase=Phase.DROPPED).select_related("stage", "portfolio", "owner")
        rows |= {row.pk: row for row in found}
    return rows


def _requests(user: Any, ids: set[int]) -> dict[int, Request]:
    if not access.may_somewhere(user, Verb.SEE_REQUESTS):
        return {}
    rows = Request.objects.visible_to(user).filter(project__in=ids)
    return {row.project_id: row for row in rows}
