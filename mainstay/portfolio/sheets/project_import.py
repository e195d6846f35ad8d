"""From the entries of a file to projects."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.core import access
from mainstay.core.exchange import BadCell, Column, Entry, Importer
from mainstay.core.models import Person
from mainstay.core.surrounding import surrounding
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Portfolio, Programme, Project, Stage
from mainstay.portfolio.operations.projects import first_stage
from mainstay.portfolio.operations.tree import next_codes
from mainstay.portfolio.sheets.base import People

CUSTOM = "custom."
AT_ONCE = 500
CURRENCY = re.compile(r"[A-Z]{3}")
LARGEST = Decimal(10) ** 16
TEXTS = frozenset({"name", "description", "theme", "external_key", "health", "confidence"})
PEOPLE = frozenset({"owner", "manager"})
STAGE_KEPT = "Another stage than the register's was left aside: projects change stage through their life cycle"


class ProjectImporter(Importer):
    """Turns entries into projects, found again by their key in the source, else by code, else by name."""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        allowed = Portfolio.objects.visible_to(actor, Verb.ROWS_IMPORT).within(target)
        self.portfolios = _by_words([target, *allowed])
        ids = {portfolio.pk for portfolio in self.portfolios.values()} - {None}
        self.programmes = _by_words(Programme.objects.visible_to(actor).filter(portfolio__in=ids))
        self.stages = {stage.key: stage for stage in Stage.objects.all()}
        self.people = People(actor, (e.values.get(name) for e in entries for name in self._people_columns()))
        self.by_key, self.by_code = _known(entries, ids)
        self.by_name = None if entries[0].values.keys() & {"external_key", "code"} else _namesakes(ids)
        """Only a list without keys and codes finds its rows by name."""
        self.taken = _taken(entries)
        self.first_stage = first_stage()
        self.today = timezone.localdate(surrounding().now())
        self.may_authorise: dict[int, bool] = {}
        self._codes: Iterator[str] | None = None

    def _people_columns(self) -> list[str]:
        return [name for name, column in self.columns.items() if column.kind == "person"]

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        values, place = entry.values, self._portfolio(entry).path
        if self.by_name is not None:
            return [("name", (place, values["name"].casefold()))] if values.get("name") else []
        keys = [("external_key", (place, values["external_key"]))] if values.get("external_key") else []
        return [*keys, ("code", values["code"])] if values.get("code") else keys

    def existing(self, entry: Entry) -> Project | None:
        if self.by_name is not None:
            return self._namesake(entry)
        key, code = entry.values.get("external_key"), entry.values.get("code")
        found = self.by_key.get((self._portfolio(entry).pk, key)) if key else None
        if found is None and code:
            found = self.by_code.get(code)
            if found is not None and key and found.external_key:
                raise BadCell(f"The code {code} belongs to the project with the key {found.external_key}.")
        return found

    def _namesake(self, entry: Entry) -> Project | None:
        """The one project of that name in the portfolio."""
        name = entry.values.get("name") or ""
        found = (self.by_name or {}).get((self._portfolio(entry).pk, name.casefold()), [])
        if len(found) > 1:
            raise BadCell(f"Several projects are called {name}.", "Give the list a column with a key or code.")
        return found[0] if found else None

    def _portfolio(self, entry: Entry) -> Portfolio:
        named, target = entry.values.get("portfolio"), self.target
        found: Portfolio = self.portfolios.get(named.casefold(), target) if named else target
        return found

    def fresh(self, entry: Entry) -> Project:
        portfolio = self._portfolio(entry)
        return Project(
            portfolio=portfolio,
            stage=self.first_stage,
            stage_since=self.today,
            currency=portfolio.currency,
            proposed_by=self.actor if isinstance(self.actor, Person) else None,
        )

    def put(self, row: Project, entry: Entry, name: str, value: Any) -> None:
        if name.startswith(CUSTOM):
            self._put_custom(row, name, value)
        elif name in TEXTS:
            setattr(row, name, value or "")
        elif name in PEOPLE:
            setattr(row, f"{name}_id", self.people.id_of(value) if value else None)
        elif setter := getattr(self, f"_put_{name}", None):
            setter(row, value)
        else:
            setattr(row, name, value)

    def _put_custom(self, row: Project, name: str, value: Any) -> None:
        key = name.removeprefix(CUSTOM)
        custom = {known: kept for known, kept in row.custom.items() if known != key}
        if value is not None:
            custom[key] = self._stored(name, value)
        row.custom = custom

    def _stored(self, name: str, value: Any) -> Any:
        """A custom value as the register keeps it."""
        if self.columns[name].kind == "person":
            return self.people.usernames[self.people.id_of(value)]
        if isinstance(value, Decimal):
            if abs(value) >= LARGEST:
                raise BadCell("The number is larger than any kept here.")
            return format(value.normalize(), "f")
        return value.isoformat() if isinstance(value, date) else value

    def _put_code(self, row: Project, value: str | None) -> None:
        if value and value != row.code:
            if value in self.taken:
                raise BadCell(f"The code {value} is in use.", "Choose another, or leave the code out.")
            row.code = value

    def _put_currency(self, row: Project, value: str | None) -> None:
        currency = (value or row.currency).upper()
        if not CURRENCY.fullmatch(currency):
            raise BadCell(f"“{value}” is no currency.", "Write its code, such as GBP or EUR.")
        row.currency = currency

    def _put_risk(self, row: Project, value: Decimal | None) -> None:
        if value is not None and value != int(value):
            raise BadCell(f"{value} is no whole number.", "Write the risk as 0 to 100.")
        row.risk = None if value is None else int(value)

    def _put_stage(self, row: Project, value: str | None) -> None:
        """A list says where a project stands when it comes in; after that its life cycle does."""
        stage = self.stages[value] if value else row.stage
        if row.pk is None:
            self._refuse_committing(row.portfolio, stage)
            row.stage = stage
        elif stage.pk != row.stage_id:
            self.notes[STAGE_KEPT] += 1

    def _refuse_committing(self, portfolio: Portfolio, stage: Stage) -> None:
        """A list brings nobody past authorisation who may neither authorise there nor hand out the role that may.

        Whoever sets an instance up takes over the work that runs already.
        """
        if stage.phase != Phase.COMMITTED:
            return
        key = portfolio.pk or 0
        if key not in self.may_authorise:
            able = (Verb.PROJECT_AUTHORISE, Verb.GRANT_GIVE)
            self.may_authorise[key] = any(access.may(self.actor, verb, portfolio) for verb in able)
        if not self.may_authorise[key]:
            told = f"You may not authorise projects in {portfolio}, so none comes in as {stage.name.lower()}."
            raise BadCell(told, "Bring it in as a proposal, or ask somebody who may authorise to bring it in.")

    def _put_portfolio(self, row: Project, value: str | None) -> None:
        if not value:
            return
        if (meant := self.portfolios.get(value.casefold())) is None:
            raise BadCell(f"There is no portfolio {value} within {self.target}.", "Create it first.")
        if row.pk is not None and meant.pk != row.portfolio_id:
            raise BadCell(f"The project lies in another portfolio than {value}.", "Move it there first.")

    def _put_programme(self, row: Project, value: str | None) -> None:
        programme = self.programmes.get(value.casefold()) if value else None
        if value and programme is None:
            raise BadCell(f"There is no programme {value} within {self.target}.", "Create it first.")
        if (programme.pk if programme else None) != row.programme_id:
            row.programme = programme
            row.path = ""

    def completed(self, row: Project, entry: Entry) -> Project:
        """The project with its code, its given texts and its place."""
        if not row.code:
            self._codes = self._codes or iter(next_codes("PRJ", Project, len(self.entries) + len(self.taken)))
            row.code = next(code for code in self._codes if code not in self.taken)
        spoken_of = {name.removeprefix(CUSTOM) for name in entry.values}
        given = {name: text for name, text in row.given_text.items() if name not in spoken_of}
        row.given_text = given | {name.removeprefix(CUSTOM): text for name, text in entry.given.items()}
        if not row.path:
            row.put_under(row.parent)
        return row

    def shown(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        rows = {"programme_id": self.programmes, "stage_id": self.stages, "portfolio_id": self.portfolios}
        if name in rows:
            return next((row.name for row in rows[name].values() if row.pk == value), value)
        return self.people.usernames.get(value, value) if name in {"owner_id", "manager_id"} else value


def _by_words[R: (Portfolio, Programme)](rows: Iterable[R]) -> dict[str, R]:
    """Rows by code, and by name where only one has it."""
    rows = list(rows)
    names = [row.name.casefold() for row in rows]
    by_name = {row.name.casefold(): row for row in rows if names.count(row.name.casefold()) == 1}
    return by_name | {row.code.casefold(): row for row in rows}


def _known(
    entries: Sequence[Entry], portfolios: set[int]
) -> tuple[dict[tuple[int, str], Project], dict[str, Project]]:
    """The projects that may be meant, by portfolio and key and by code."""
    by_key: dict[tuple[int, str], Project] = {}
    by_code: dict[str, Project] = {}
    rows = Project.objects.filter(portfolio__in=portfolios).select_related("programme")
    for keys in _parts(entry.values.get("external_key") for entry in entries):
        by_key |= {(row.portfolio_id, row.external_key): row for row in rows.filter(external_key__in=keys)}
    known = {row.pk: row for row in by_key.values()}
    for codes in _parts(entry.values.get("code") for entry in entries):
        by_code |= {row.code: known.get(row.pk, row) for row in rows.filter(code__in=codes)}
    return by_key, by_code


def _namesakes(portfolios: set[int]) -> dict[tuple[int, str], list[Project]]:
    """Every project of the portfolios by name."""
    found: dict[tuple[int, str], list[Project]] = {}
    for row in Project.objects.filter(portfolio__in=portfolios).select_related("programme"):
        found.setdefault((row.portfolio_id, row.name.casefold()), []).append(row)
    return found


def _taken(entries: Sequence[Entry]) -> set[str]:
    """The codes of the file that are in use anywhere."""
    taken: set[str] = set()
    for codes in _parts(entry.values.get("code") for entry in entries):
        taken |= set(Project.objects.filter(code__in=codes).values_list("code", flat=True))
    return taken


def _parts(values: Iterable[str | None]) -> Iterator[list[str]]:
    wanted = sorted({value for value in values if value})
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]
