"""Projects as a list, with every custom field as a column."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Value
from django.urls import reverse

from mainstay.core.exchange import Column, Entry, Importer, Kind, NewField
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import Confidence, CustomField, FieldKind, Health, Portfolio, Stage
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.project_export import writers
from mainstay.portfolio.sheets.project_import import ProjectImporter

CUSTOM = "custom."
STORED = (
    "code", "external_key", "name", "description", "portfolio_id", "programme_id", "stage_id", "theme", "owner_id",
    "manager_id", "health", "confidence", "start_date", "end_date", "currency", "risk", "custom", "given_text",
)  # fmt: skip


class ProjectSheet(RegisterSheet):
    """Projects and proposals."""

    name = "projects"
    label = "Projects"
    keys = ("external_key", "code", "name")
    constants = ("stage", "currency")
    takes_fields = True

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """The register's fields, the custom fields, and those yet to be added."""
        customs = [*active_fields(), *(_unsaved(field) for field in self.absent_fields(fields))]
        return (*_register(), *(_custom(field) for field in customs))

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, able to write a row of `rows_for`."""
        return writers(self.columns(), Reading(user, as_of))

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The projects the person may see, as plain values; figures only where they may see them."""
        reading = Reading(user, as_of)
        rows = reading.projects()
        if within is not None:
            rows = rows.filter(portfolio__in=reading.below(within.pk))
        seen = rows.figure(user, Value(True), BooleanField())
        return (
            rows.annotate(figures_seen=seen)
            .order_by("code")
            .values(*STORED, "cost_seen", "benefit_seen", "figures_seen")
        )

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into projects."""
        return ProjectImporter(entries, target, actor, columns)

    def absent_fields(self, fields: Sequence[NewField]) -> list[NewField]:
        """Those custom fields that are not there yet."""
        keys = [field.key for field in fields]
        known = set(CustomField.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
        return [field for field in fields if field.key not in known]

    def add_fields(self, fields: Sequence[NewField], actor: Any) -> None:
        """Add custom fields."""
        for field in fields:
            create_field(
                None,
                actor=actor,
                key=field.key,
                label=field.label,
                kind=field.kind,
                unit=field.unit,
                is_confidential=field.is_confidential,
                position=field.position,
            )

    def list_url(self, target: Portfolio) -> str:
        """The inventory, narrowed to the portfolio."""
        return f"{reverse('projects')}?portfolio={target.code}"


def _unsaved(field: NewField) -> CustomField:
    return CustomField(
        key=field.key,
        label=field.label,
        kind=field.kind,
        unit=field.unit,
        is_confidential=field.is_confidential,
        position=field.position,
    )


def _register() -> tuple[Column, ...]:
    stages = tuple(Stage.objects.values_list("key", "name"))
    return (
        Column("code", "Code", Kind.CODE, longest=40, also_called=("Project code", "Project number")),
        Column(
            "external_key", "Key in the source", Kind.CODE, longest=80,
            also_called=("ID", "Project ID", "Key", "Ref", "Reference", "ID number"),
        ),
        Column(
            "name", "Name", required=True, longest=200,
            also_called=("Project name", "Title", "Project", "Project title"),
        ),
        Column("description", "Description", Kind.LONG_TEXT, also_called=("Aims", "Summary", "Scope")),
        Column("portfolio", "Portfolio", Kind.CODE),
        Column("programme", "Programme", Kind.CODE, also_called=("Program",)),
        Column("stage", "Stage", Kind.CHOICE, choices=stages, also_called=("Status", "Phase", "Lifecycle stage")),
        Column("theme", "Theme", longest=100, also_called=("Category", "Strategic theme")),
        Column("owner", "Owner", Kind.PERSON, also_called=("Sponsor", "Senior responsible owner", "SRO")),
        Column("manager", "Project manager", Kind.PERSON, also_called=("Manager", "PM")),
        Column("health", "Health", Kind.CHOICE, choices=tuple(Health.choices), keeps_text=True, also_called=("RAG",)),
        Column(
            "confidence", "Delivery confidence", Kind.CHOICE, choices=tuple(Confidence.choices), keeps_text=True
        ),
        Column("start_date", "Start", Kind.DATE, keeps_text=True, also_called=("Start date", "Begin", "From")),
        Column(
            "end_date", "End", Kind.DATE, keeps_text=True, also_called=("End date", "Finish", "Finish date", "To")
        ),
        Column("currency", "Currency", Kind.CODE, longest=3),
        Column(
            "cost", "Whole-life cost", Kind.MONEY, keeps_text=True, is_figure=True,
            also_called=("Cost", "Total cost", "Budget", "Estimated cost"),
        ),
        Column(
            "benefit", "Whole-life benefit", Kind.MONEY, keeps_text=True, is_figure=True,
            also_called=("Benefit", "Benefits", "Value", "Expected benefit"),
        ),
        Column("risk", "Risk (0-100)", Kind.NUMBER, keeps_text=True, also_called=("Risk", "Risk score")),
    )  # fmt: skip


_KINDS = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.LONG_TEXT: Kind.LONG_TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.USER: Kind.PERSON,
    FieldKind.YES_NO: Kind.YES_NO,
}


def _custom(field: CustomField) -> Column:
    return Column(
        CUSTOM + field.key,
        field.label,
        _KINDS[FieldKind(field.kind)],
        help=field.help_text,
        choices=tuple((option, option) for option in field.options),
        keeps_text=FieldKind(field.kind) not in {FieldKind.TEXT, FieldKind.LONG_TEXT},
        is_figure=field.is_confidential,
    )
