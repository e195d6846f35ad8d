"""Lines of business cases as lists: a row for each line, a column for each year, three where there is a range.

A year stands for the periods of the case that begin in it. In shorter periods its amount is laid evenly, and an
export adds them up again.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone

from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.engine.basics import Curve, spread
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import BenefitLine, CostLine, CostType, DemandLine, Option
from mainstay.identification.models.lines import Line
from mainstay.identification.sheets.cases import OWNER, PROJECT, OfProjects, OfProjectsImporter, option_of
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import Role, Skill
from mainstay.value.models.benefit import BenefitKind

YEARS_BACK, YEARS_ON = 5, 25
CENT = Decimal("0.01")
ESTIMATES = (("", "likely", ""), ("_low", "low", " low"), ("_high", "high", " high"))


def year_columns() -> Iterator[Column]:
    """Likely, low and high of each year that can matter."""
    today = timezone.localdate().year
    for year in range(today - YEARS_BACK, today + YEARS_ON + 1):
        for ending, _, word in ESTIMATES:
            yield Column(f"y{year}{ending}", f"{year}{word}", Kind.NUMBER, decimals=2, is_figure=True)


def estimate_of(name: str) -> tuple[int, str]:
    """The year and the estimate a column stands for."""
    year, _, word = name.removeprefix("y").partition("_")
    return int(year), word or "likely"


def is_year(name: str) -> bool:
    """Whether a column holds the amount of a year."""
    return name[:1] == "y" and name[1:5].isdecimal()


class LineSheet(OfProjects):
    """Lines of one kind."""

    keys = ("name",)
    to_project = "option__case__project_id"
    own: ClassVar[tuple[Column, ...]]

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Project, option and line, what it is, and its years."""
        return (
            PROJECT,
            Column("option", "Option", longest=120, help="Empty: the preferred one."),
            Column("name", "Line", required=True, longest=160, is_figure=True, also_called=("Name", "Item")),
            *self.own,
            Column("basis", "Basis of the estimate", longest=300, is_figure=True, also_called=("Basis",)),
            *year_columns(),
        )

    def writer(self, name: str) -> Any:
        if is_year(name):
            year, estimate = estimate_of(name)
            return lambda row: _of_year(getattr(row, estimate), year)
        special = {
            "option": lambda row: row.option.name,
            "role": lambda row: row.role.key if row.role_id else "",
            "skill": lambda row: row.skill.key if row.skill_id else "",
        }
        return special.get(name) or super().writer(name)

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into lines."""
        return LineImporter(entries, target, actor, columns, self.model)


def _of_year(amounts: dict[str, str], year: int) -> Decimal | None:
    found = [Decimal(text) for key, text in amounts.items() if date.fromisoformat(key).year == year]
    return sum(found, Decimal(0)) if found else None


class CostSheet(LineSheet):
    """What options cost."""

    name, label, model = "case-costs", "Business cases: costs", CostLine
    own = (
        Column("cost_type", "Type", Kind.CHOICE, choices=tuple(CostType.choices)),
        Column("is_capital", "Capital expenditure", Kind.YES_NO, also_called=("Capital", "Capex")),
    )


class BenefitSheet(LineSheet):
    """What options bring."""

    name, label, model = "case-benefits", "Business cases: benefits", BenefitLine
    own = (
        Column("kind", "Type", Kind.CHOICE, choices=tuple(BenefitKind.choices)),
        Column("measure", "Measured by", longest=160),
        Column("unit", "Unit", longest=30),
        OWNER,
        Column("is_disbenefit", "A disadvantage", Kind.YES_NO),
    )


class DemandSheet(LineSheet):
    """What options need of roles and skills, in person-days."""

    name, label, model = "case-demand", "Business cases: demand", DemandLine
    own = (
        Column("role", "Role", Kind.CODE, help="The key of a role."),
        Column("skill", "Skill", Kind.CODE, help="The key of a skill."),
    )


class LineImporter(OfProjectsImporter):
    """Turns entries into lines, found again by option and name."""

    texts = frozenset({"basis", "measure", "unit"})

    def __init__(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column], model: Any
    ) -> None:
        super().__init__(entries, target, actor, columns)
        self.model = model
        cases = {case.pk: case for case in self.cases.values()}
        self.options: dict[int, list[Option]] = {}
        for option in Option.objects.filter(case__in=cases):
            option.case = cases[option.case_id]
            self.options.setdefault(option.case_id, []).append(option)
        options = {option.pk: option for those in self.options.values() for option in those}
        self.known: dict[tuple[int, str], Line] = {}
        for line in model.objects.filter(option__in=options):
            line.option = options[line.option_id]
            self.known[line.option_id, line.name] = line
        self.words = {word: {row.key: row.pk for row in kind.objects.all()} for word, kind in _WORDS.items()}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        named = ((entry.values.get(name) or "").casefold() for name in ("project", "option"))
        return [("name", (*named, entry.values.get("name")))]

    def option(self, entry: Entry) -> Option:
        """The option a row of the file names."""
        name = entry.values.get("option")
        option = option_of(self.options.get(self.case(entry).pk, []), name)
        if option is None:
            raise BadCell(
                f"There is no option {name or 'that is preferred'} in this case.", "Add it on its page first."
            )
        return option

    def existing(self, entry: Entry) -> Line | None:
        return self.known.get((self.option(entry).pk, entry.values.get("name") or ""))

    def fresh(self, entry: Entry) -> Line:
        line: Line = self.model(option=self.option(entry))
        return line

    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        if is_year(name):
            self._put_year(row, name, value)
        else:
            super().put(row, entry, name, value)

    def _put_year(self, row: Line, name: str, value: Decimal | None) -> None:
        year, estimate = estimate_of(name)
        keys = [period.key for period in Frame.of(row.option.case).periods if period.start.year == year]
        if not keys and value is not None:
            raise BadCell(f"The case has no period that begins in {year}.", "Change its periods first.")
        if value is not None and value < 0:
            raise BadCell("An amount is not negative.", "Mark a benefit that hurts as a disadvantage.")
        kept = {key: text for key, text in getattr(row, estimate).items() if key not in keys}
        parts = spread(value.quantize(CENT), len(keys), Curve.FLAT) if value is not None else []
        laid = {key: str(part) for key, part in zip(keys, parts, strict=False)}
        setattr(row, estimate, dict(sorted((kept | laid).items())))

    def put_option(self, row: Line, value: str | None) -> None:
        """The option is what the line was found by."""

    def put_cost_type(self, row: CostLine, value: str | None) -> None:
        """Nothing given leaves it alone."""
        row.cost_type = value or row.cost_type

    def put_kind(self, row: BenefitLine, value: str | None) -> None:
        """Nothing given leaves it alone."""
        row.kind = value or row.kind

    def put_is_capital(self, row: CostLine, value: bool | None) -> None:
        """Nothing given means running cost."""
        row.is_capital = bool(value)

    def put_is_disbenefit(self, row: BenefitLine, value: bool | None) -> None:
        """Nothing given means a benefit."""
        row.is_disbenefit = bool(value)

    def put_role(self, row: DemandLine, value: str | None) -> None:
        """A role by its key."""
        row.role_id = self._word("role", value)

    def put_skill(self, row: DemandLine, value: str | None) -> None:
        """A skill by its key."""
        row.skill_id = self._word("skill", value)

    def _word(self, word: str, key: str | None) -> int | None:
        if not key:
            return None
        if key not in self.words[word]:
            raise BadCell(f"There is no {word} {key}.", "Add it to the vocabulary first.")
        return self.words[word][key]


_WORDS: dict[str, Any] = {"role": Role, "skill": Skill}
