"""The page of one request for one reader: what was answered, what was said, what it lacks, what may be done."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.identification.alike import Alike, similar_to
from mainstay.identification.completeness import Completeness, completeness_of, definition_of
from mainstay.identification.forms import Known
from mainstay.identification.forms.definition import Kind, Question, Section, Stage
from mainstay.identification.models import Merger, Note, Request, State
from mainstay.identification.notices import triagers
from mainstay.identification.operations.duplicates import MERGEABLE
from mainstay.identification.operations.forms import newest_edition
from mainstay.identification.queries.portal import Standing, request_for, standing_of
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.history import Entry, history_of


@dataclass(frozen=True)
class Told:
    """A question with its answer in words."""

    question: Question
    text: str


class RequestRecord:
    """A request as somebody may see it, today or as it was known."""

    def __init__(self, user: Any, code: str, as_of: Any = None) -> None:
        self.user, self.as_of = user, as_of
        self.request = request_for(user, code, as_of)
        self.is_today = as_of is None
        self.is_own = self.request.requester_id == user.pk

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing_of(self.request, self.as_of)

    @cached_property
    def sections(self) -> list[tuple[Section, list[Told]]]:
        """What was answered, section by section; questions that do not apply are left out."""
        found: dict[str, tuple[Section, list[Told]]] = {}
        known = Known()
        for section, question in definition_of(self.request.edition).shown(self.request.answers):
            told = Told(question, _words(question, self.request.answers.get(question.key), known, self.request))
            found.setdefault(section.key, (section, []))[1].append(told)
        return list(found.values())

    @cached_property
    def complete(self) -> Completeness:
        """What it lacks to be accepted."""
        return completeness_of(self.request, Stage.ACCEPT)

    @cached_property
    def notes(self) -> list[Note]:
        """The conversation, the oldest first."""
        rows = Note.objects.as_of(self.as_of).filter(request_id=self.request.row_id)
        return list(rows.select_related("by").order_by("at"))

    @cached_property
    def merged(self) -> list["RequestRecord"]:
        """The requests that go on in this one, each with its answers and its conversation."""
        rows = Request.objects.as_of(self.as_of).visible_to(self.user).filter(merged_into_id=self.request.row_id)
        return [RequestRecord(self.user, row.code, self.as_of) for row in rows.order_by("decided_at")]

    @cached_property
    def survivor(self) -> Request | None:
        """The request it goes on in, where the reader may see that."""
        if self.request.merged_into_id is None:
            return None
        return Request.objects.visible_to(self.user).filter(pk=self.request.merged_into_id).first()

    @cached_property
    def project(self) -> Project | None:
        """What it became in the register, where the reader may see it."""
        found = Project.objects.visible_to(self.user).filter(pk=self.request.project_id)
        return found.select_related("stage").first()

    @cached_property
    def project_survivor(self) -> Project | None:
        """The project its own goes on in, where the reader may see both."""
        merger = Merger.objects.visible_to(self.user).filter(merged=self.request.project_id)
        found = merger.select_related("survivor").first()
        return found.survivor if found else None

    @cached_property
    def alike(self) -> list[Alike]:
        """What resembles it."""
        request = self.request
        return similar_to(request.title, request.description, self.user, without=request.project_id)

    @property
    def mergeable(self) -> list[Alike]:
        """Of what resembles it the requests it may be merged into."""
        ended = {State.MERGED, State.REJECTED, State.WITHDRAWN, State.DRAFT}
        return [one for one in self.alike if one.request is not None and one.request.state not in ended]

    @cached_property
    def history(self) -> list[Entry]:
        """Every version of it, the newest first."""
        return history_of(Request.objects.get(pk=self.request.row_id), self.user, self.as_of)

    @property
    def officers(self) -> list[Any]:
        """Who may be named to triage it."""
        return triagers(self.request.portfolio)

    @property
    def newer_edition(self) -> Any:
        """The newest edition of its form, where the request was made with an older one."""
        newest = newest_edition(self.request.edition.form)
        return newest if newest and newest.pk != self.request.edition_id else None

    def _may(self, verb: Verb, *states: str) -> bool:
        return self.is_today and self.request.state in states and access.may(self.user, verb, self.request.portfolio)

    @property
    def may_edit(self) -> bool:
        """Whether it is open for the requester's changes."""
        return self.is_own and self._may(Verb.REQUEST_SAVE, *Request.EDITABLE)

    @property
    def may_answer(self) -> bool:
        """Whether the requester is asked for something."""
        return self.is_own and self._may(Verb.REQUEST_ANSWER, State.QUESTIONED)

    @property
    def may_withdraw(self) -> bool:
        """Whether the requester may take it back."""
        return self.is_own and self._may(Verb.REQUEST_WITHDRAW, *Request.EDITABLE, State.SUBMITTED)

    @property
    def may_assign(self) -> bool:
        """Whether an officer may be named."""
        return self._may(Verb.REQUEST_ASSIGN, *Request.OPEN, State.RETURNED)

    @property
    def may_ask(self) -> bool:
        """Whether the requester may be asked for something."""
        return self._may(Verb.REQUEST_ASK, State.SUBMITTED)

    @property
    def may_return(self) -> bool:
        """Whether it may be given back."""
        return self._may(Verb.REQUEST_RETURN, *Request.OPEN)

    @property
    def may_accept(self) -> bool:
        """Whether it may be accepted once it is complete; nobody decides on their own."""
        return not self.is_own and self._may(Verb.REQUEST_ACCEPT, *Request.OPEN)

    @property
    def may_reject(self) -> bool:
        """Whether it may be rejected; nobody decides on their own."""
        return not self.is_own and self._may(Verb.REQUEST_REJECT, *Request.OPEN, State.RETURNED)

    @property
    def may_merge(self) -> bool:
        """Whether it may go on in another one; nobody decides on their own."""
        return not self.is_own and self._may(Verb.REQUEST_MERGE, *MERGEABLE)


def _words(question: Question, typed: Any, known: Known, request: Request) -> str:
    """An answer as people read it; what was typed wrongly stays as it was typed."""
    if typed in (None, "", []):
        return ""
    if question.kind in {Kind.GOAL, Kind.BUCKET}:
        return known.names(question.kind, request.portfolio).get(typed, str(typed))
    if question.kind is Kind.YES_NO:
        return str(typed).capitalize()
    return ", ".join(typed) if isinstance(typed, list) else str(typed)
