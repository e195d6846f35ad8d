"""Requests as a list: brought in for the people who ask, found again by the key of their source.

What is complete is submitted at once, in the requester's name; what is not stays a draft with its requester.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.core.models import Person
from mainstay.identification.completeness import completeness_of, definition_of
from mainstay.identification.forms import Question, kept_answers
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import FormEdition, Request, RequestForm
from mainstay.identification.operations.forms import newest_edition
from mainstay.identification.operations.requests import submit_request
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import next_codes
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found

ANSWER = "answer."
APART = ";"


def _questions() -> dict[str, Question]:
    """Every question of the newest edition of each open form, by key."""
    known: dict[str, Question] = {}
    for form in RequestForm.objects.filter(is_open=True):
        edition = newest_edition(form)
        for question in definition_of(edition).questions() if edition else ():
            known.setdefault(question.key, question)
    return known


class RequestSheet(RegisterSheet):
    """Requests people make, with their answers."""

    name = "requests"
    label = "Requests"
    keys = ("external_key",)
    constants = ("form",)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What identifies a request, what it asks for, and a column for each question."""
        own = (
            Column("external_key", "Key", required=True, longest=80, also_called=("External key", "Id", "Number")),
            Column("form", "Form", Kind.CODE, required=True, also_called=("Type", "Request type")),
            Column("title", "Title", required=True, longest=200, also_called=("Name", "Idea")),
            Column("description", "Description", Kind.LONG_TEXT, longest=20_000, also_called=("Need", "Details")),
            Column("requester", "Requester", Kind.PERSON, also_called=("Asked by", "Submitted by", "Author")),
        )
        asked = (Column(f"{ANSWER}{one.key}", one.label, longest=20_000) for one in _questions().values())
        return (*own, *asked)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, and what became of the request."""
        return (
            *(replace(column, write=_writer(column.name)) for column in self.columns()),
            Column("code", "Code", write=lambda row: row.code),
            Column("state", "State", write=lambda row: row.get_state_display()),
            Column("submitted_at", "Submitted", write=lambda row: _day(row.submitted_at)),
            Column("decided_at", "Decided", write=lambda row: _day(row.decided_at)),
            Column("officer", "Triaged by", write=lambda row: row.officer.username if row.officer else ""),
        )

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The requests the person may read."""
        rows = Request.objects.as_of(as_of).visible_to(user).order_by("code")
        rows = rows.select_related("edition__form", "requester", "officer")
        return rows.filter(portfolio__in=Reading(user, as_of).below(within.pk)) if within else rows

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into requests."""
        return RequestImporter(entries, target, actor, columns)

    def follow(self, rows: Sequence[Any], actor: Any) -> None:
        """Submit the complete ones."""
        for row in rows:
            if completeness_of(row, Stage.SUBMIT).is_complete:
                submit_request(row, actor=actor, reason="Brought in from a list")

    def list_url(self, target: Portfolio) -> str:
        """The board, narrowed to where they went."""
        from django.urls import reverse

        return f"{reverse('triage')}?portfolio={target.code}"


def _day(moment: datetime | None) -> Any:
    return moment.date() if moment else None


def _writer(name: str) -> Callable[[Any], Any]:
    if name.startswith(ANSWER):
        return lambda row: _text(row.answers.get(name.removeprefix(ANSWER)))
    special: dict[str, Callable[[Any], Any]] = {
        "form": lambda row: row.edition.form.key,
        "requester": lambda row: row.requester.username,
    }
    return special.get(name) or (lambda row: getattr(row, name))


def _text(value: Any) -> str:
    return f"{APART} ".join(value) if isinstance(value, list) else str(value or "")


class RequestImporter(SimpleImporter):
    """Turns entries into requests."""

    texts = frozenset({"external_key"})

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        forms = [(form, newest_edition(form)) for form in RequestForm.objects.filter(is_open=True)]
        self.editions: dict[str, FormEdition] = {}
        for form, edition in forms:
            if edition is not None:
                self.editions |= {form.name.casefold(): edition, form.key.casefold(): edition}
        rows = Request.objects.filter(portfolio=target).exclude(external_key="") if target.pk else []
        self.known = {row.external_key: row for row in rows}
        self.names = self.people()
        self.codes = iter(next_codes("REQ", Request, len(entries)))

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("external_key", entry.values["external_key"])] if entry.values.get("external_key") else []

    def existing(self, entry: Entry) -> Request | None:
        known = self.known.get(entry.values.get("external_key") or "")
        if known is None:
            found(self.editions, entry.values.get("form"), "open form")
            if not isinstance(self.actor, Person) and not entry.values.get("requester"):
                raise BadCell("Nobody is named who asks.", "Name the requester.")
        return known

    def fresh(self, entry: Entry) -> Request:
        edition = found(self.editions, entry.values.get("form"), "open form")
        asks = self.actor if isinstance(self.actor, Person) else None
        return Request(code=next(self.codes), portfolio=self.target, edition=edition, requester=asks, answers={})

    def put(self, row: Request, entry: Entry, name: str, value: Any) -> None:
        before = dict(row.answers), row.title, row.description, row.requester_id
        if name.startswith(ANSWER):
            self._answer(row, name.removeprefix(ANSWER), value)
        else:
            super().put(row, entry, name, value)
        if row.pk and row.state not in Request.EDITABLE:
            self._refuse_change(row, before)

    def _refuse_change(self, row: Request, before: tuple[Any, ...]) -> None:
        if before != (row.answers, row.title, row.description, row.requester_id):
            told = f"{row.code} is {row.get_state_display().lower()}; a list does not change it any more."
            raise BadCell(told, "Leave the row as it was, or give it a key of its own.")

    def _answer(self, row: Request, key: str, value: Any) -> None:
        if value in (None, "") and key not in row.answers:
            return
        definition = definition_of(row.edition)
        if key not in {question.key for question in definition.questions()}:
            raise BadCell(f"The form {row.edition.form} does not ask this.", "Leave the cell empty.")
        several = definition.question(key).takes_several and value
        typed = [part.strip() for part in str(value).split(APART) if part.strip()] if several else value
        try:
            kept = kept_answers(definition, {key: typed})
        except ValidationError as error:
            raise BadCell(" ".join(error.messages), "Write one value.") from None
        row.answers = {name: one for name, one in row.answers.items() if name != key} | kept

    def put_form(self, row: Request, value: str | None) -> None:
        """The form is what a new request is made with; it does not change later."""
        edition = found(self.editions, value, "open form")
        if row.pk and edition.form_id != row.edition.form_id:
            raise BadCell(f"It was made with the form {row.edition.form}.", "Keep the form.")

    def put_title(self, row: Request, value: str | None) -> None:
        """What it is."""
        row.title = value or ""

    def put_description(self, row: Request, value: str | None) -> None:
        """What is needed and why."""
        row.description = value or ""

    def put_requester(self, row: Request, value: str | None) -> None:
        """Who asks; whoever imports, where nobody is named."""
        if value:
            row.requester_id = self.names.id_of(value)

    def shown(self, name: str, value: Any) -> Any:
        return self.names.usernames.get(value, value) if name == "requester_id" else value
