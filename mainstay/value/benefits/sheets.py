"""Benefits and what came of them as lists: taken over from another system, found again there or by their names."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.keyed import KEY
from mainstay.portfolio.sheets.of_project import OWNER, PROJECT, OfProjectImporter, OfProjectSheet
from mainstay.portfolio.sheets.simple import SimpleImporter
from mainstay.value.models import Benefit, BenefitKind, BenefitReading, Confidence, Profile
from mainstay.value.operations.benefits import WHOLE, refuse_unsound

BENEFITS = (
    KEY,
    PROJECT,
    Column("name", "Benefit", required=True, longest=160, also_called=("Name", "Title")),
    Column("kind", "Kind", Kind.CHOICE, required=True, choices=tuple(BenefitKind.choices), also_called=("Type",)),
    Column("is_disbenefit", "Disadvantage", Kind.YES_NO),
    replace(OWNER, label="Benefit owner", also_called=("Owner", "Responsible")),
    Column("measure", "Measured by", longest=160, also_called=("Measure", "KPI")),
    Column("unit", "Unit", longest=30),
    Column("target", "Target", Kind.MONEY, required=True, is_figure=True, also_called=("Planned", "Amount")),
    Column("first_month", "First month", Kind.DATE, required=True, also_called=("Start", "From")),
    Column("months", "Months it comes in", Kind.NUMBER, decimals=0, also_called=("Months",)),
    Column("waiting", "Months of waiting", Kind.NUMBER, decimals=0),
    Column("profile", "Comes", Kind.CHOICE, choices=tuple(Profile.choices), also_called=("Profile",)),
    Column("attribution", "Share due to the project (%)", Kind.NUMBER, also_called=("Attribution",)),
    Column("baseline", "Value before", Kind.MONEY, is_figure=True, also_called=("Baseline",)),
    Column("baseline_date", "Value before, on", Kind.DATE, also_called=("Baseline date",)),
    Column("tracked_until", "Tracked until", Kind.DATE),
    Column("note", "Note", Kind.LONG_TEXT, longest=2_000),
)
READINGS = (
    PROJECT,
    Column("benefit", "Benefit", required=True, longest=160, also_called=("Benefit key", "Name")),
    Column("month", "Month", Kind.DATE, required=True, also_called=("Date", "Period")),
    Column("amount", "What came", Kind.MONEY, required=True, is_figure=True, also_called=("Actual", "Amount")),
    Column("evidence", "Evidence", required=True, longest=500, also_called=("Source", "Proof")),
    Column("link", "Link to the evidence", longest=500, also_called=("Link", "URL")),
    Column("confidence", "Confidence", Kind.CHOICE, choices=tuple(Confidence.choices)),
)
WHOLE_MONTHS = ("months", "waiting")


class BenefitImporter(OfProjectImporter):
    """Turns entries into benefits; together they claim no more than all of a measure."""

    model, verb, named = Benefit, Verb.BENEFIT_EDIT, "name"
    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "measure", "unit", "note"})
    usual: ClassVar[dict[str, Any]] = {
        "is_disbenefit": False,
        "months": 12,
        "waiting": 0,
        "profile": Profile.STEADY,
    }
    """What holds where a cell is empty."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.others: list[Benefit] = []

    def put(self, row: Benefit, entry: Entry, name: str, value: Any) -> None:
        value = self.usual[name] if value is None and name in self.usual else value
        super().put(row, entry, name, int(value) if name in WHOLE_MONTHS else value)

    def put_attribution(self, row: Benefit, value: Decimal | None) -> None:
        """A share in per cent; all of it where the cell is empty."""
        if value is not None and not 0 <= value <= 100:
            raise BadCell(f"{value} is no share.", "Give 0 to 100 per cent.")
        row.attribution = WHOLE if value is None else value / 100

    def put_first_month(self, row: Benefit, value: Any) -> None:
        """The first day of the month."""
        row.first_month = value.replace(day=1)

    def refuse(self, row: Benefit) -> None:
        """What no benefit may be, typed or imported; other rows of the file count as well."""
        super().refuse(row)
        try:
            refuse_unsound(row, self.actor, self.others)
        except ValidationError as error:
            raise BadCell(" ".join(error.messages), "Correct the row.") from error
        self.others.append(row)


class BenefitSheet(OfProjectSheet):
    """What work is to bring."""

    name, label, keys = "benefits", "Benefits", ("external_key", "name")
    told, verb, model = BENEFITS, Verb.BENEFIT_EDIT, Benefit
    reader: ClassVar[Any] = BenefitImporter

    def writers(self) -> dict[str, Any]:
        """Project by code, owner by sign-in name, the share in per cent."""
        return super().writers() | {"attribution": lambda row: row.attribution * 100}

    def list_url(self, target: Portfolio) -> str:
        """The register of the portfolio."""
        return f"{reverse('benefits')}?portfolio={target.code}"


class ReadingImporter(SimpleImporter):
    """Turns entries into readings of benefits below the target; what is changed must be verified anew."""

    texts: ClassVar[frozenset[str]] = frozenset({"evidence", "link"})

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        place = {"project__path__startswith": target.path} if target.pk else {"pk": None}
        rows = Benefit.objects.visible_to(actor, Verb.BENEFIT_EDIT).filter(**place).select_related("project")
        self.benefits: dict[tuple[str, str], Benefit] = {}
        for row in rows:
            for name in filter(None, (row.name, row.external_key)):
                self.benefits[row.project.code.casefold(), name.casefold()] = row
        known = list(BenefitReading.objects.filter(benefit__in=rows).select_related("benefit__project"))
        self.known = {(row.benefit_id, row.month): row for row in known}
        self.stored = {row.pk: copy(row) for row in known}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        benefit, month = self._benefit(entry), entry.values.get("month")
        told = benefit.pk if benefit else (entry.values.get("project"), entry.values.get("benefit"))
        return [("month", (told, month.replace(day=1)))] if month else []

    def existing(self, entry: Entry) -> BenefitReading | None:
        benefit, month = self._benefit(entry), entry.values.get("month")
        return self.known.get((benefit.pk, month.replace(day=1))) if benefit and month else None

    def _benefit(self, entry: Entry) -> Benefit | None:
        project, name = ((entry.values.get(key) or "").strip().casefold() for key in ("project", "benefit"))
        return self.benefits.get((project, name))

    def fresh(self, entry: Entry) -> BenefitReading:
        return BenefitReading()

    def put(self, row: BenefitReading, entry: Entry, name: str, value: Any) -> None:
        if name == "benefit" and (benefit := self._benefit(entry)) is None:
            raise BadCell(f"The project has no benefit {value}.", "Write it down or import it first.")
        if name == "benefit":
            row.benefit = benefit
        elif name == "month" and value > timezone.localdate():
            raise BadCell(f"{value:%B %Y} has not begun yet.", "Leave it out.")
        elif name != "project":
            super().put(row, entry, name, self._usual(name, value))
        if name == list(entry.values)[-1] and entry.is_sound:
            self._settle(row)

    def _usual(self, name: str, value: Any) -> Any:
        if name == "month":
            return value.replace(day=1)
        return Confidence.MEDIUM if name == "confidence" and value is None else value

    def _settle(self, row: BenefitReading) -> None:
        """Whoever brings another figure or proof has recorded it, and nobody has verified it yet."""
        stored = self.stored.get(row.pk)
        told = ("amount", "evidence", "link", "confidence")
        if stored is None or any(getattr(stored, name) != getattr(row, name) for name in told):
            row.recorded_by_id, row.verified_by_id, row.verified_at = self.actor.pk, None, None


class ReadingSheet(RegisterSheet):
    """What came of benefits, month by month."""

    name, label, keys = "benefit-readings", "Readings of benefits", ("project", "benefit", "month")

    def targets_for(self, user: Any) -> Any:
        """The portfolios the person may import into, where they may also change benefits."""
        may_write = Portfolio.objects.visible_to(user, Verb.BENEFIT_EDIT).values("pk")
        return super().targets_for(user).filter(pk__in=may_write)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Project, benefit, month, what came and by what one sees it."""
        return READINGS

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """Every column, written from a reading."""
        special = {"project": lambda row: row.benefit.project.code, "benefit": lambda row: row.benefit.name}
        return tuple(replace(one, write=special.get(one.name) or _attribute(one.name)) for one in READINGS)

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The readings the person may see."""
        rows = BenefitReading.objects.as_of(as_of).visible_to(user).select_related("benefit__project")
        if within is None:
            return rows
        return rows.filter(benefit__project__portfolio__in=Reading(user, as_of).below(within.pk))

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into readings."""
        return ReadingImporter(entries, target, actor, columns)

    def list_url(self, target: Portfolio) -> str:
        """The register of the portfolio."""
        return f"{reverse('benefits')}?portfolio={target.code}"


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)
