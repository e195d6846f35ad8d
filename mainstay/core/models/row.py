"""What every business row has: a version number, and each version kept with the time it was known.

`@versioned` gives a model a sister table `<Name>Version` with the same columns and `known_from` and
`known_to`; `Model.objects.as_of(moment)` reads it with the same filters, order and sums as today's table.
"""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from mainstay.core import access
from mainstay.core.verbs import Verb

if TYPE_CHECKING:
    from mainstay.core.models.person import Person

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class RowQuerySet(models.QuerySet):
    """Rows of a noun, today's or as they were known on a date."""

    # The way from this noun to the row whose place in the tree decides who may see it; None: nobody's place.
    place: str | None = ""

    def visible_to(self, user: "Person", verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Only what the person may see; the rest does not exist for them."""
        condition = access.condition(user, verb, self.place)
        if condition is None:
            return self
        if condition is access.NOTHING:
            return self.none()
        if issubclass(self.model, RowVersion) and not self.place:
            today = self.model.current._default_manager.filter(condition).values("pk")
            return self.filter(row_id__in=today)
        return self.filter(condition)

    def as_of(self, moment: datetime | None) -> Self:
        """The rows as they were known at that moment (None: now)."""
        if moment is None:
            return self
        versions = self.model.Version.objects.all()
        return versions.filter(known_from__lte=moment, known_to__gt=moment)

    def identified_by(self, ids: Any) -> Self:
        """The rows with these ids, today's or former."""
        name = "row_id" if issubclass(self.model, RowVersion) else "pk"
        return self.filter(**{f"{name}__in": ids})


class Row(models.Model):
    """A business row: numbered versions, each of them kept."""

    version = models.PositiveIntegerField(default=1, editable=False)

    # Fields whose past values are nobody's business, such as password hashes.
    never_kept: frozenset[str] = frozenset()
    # Fields kept in the versions of the row but never told in events, such as blind judgements.
    never_told: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    @property
    def noun(self) -> str:
        """The word for this kind of row."""
        return str(self._meta.verbose_name)

    @property
    def scope(self) -> Any:
        """The placed row that decides who may see this one; None: it stands for the whole instance."""
        return None

    @property
    def whole(self) -> "Row | None":
        """The row this one is a part of, which counts one version up with it; None: it stands for itself."""
        return None

    @property
    def row_id(self) -> int:
        """The same name for the id on today's rows and on kept versions."""
        return self.pk


class PlacedRow(Row):
    """A row with a place in the tree: a path of keys ending in `/`, and the confidential part it lies in."""

    key = models.CharField(max_length=12, unique=True, editable=False)
    path = models.CharField(max_length=250, db_index=True, editable=False)
    seal = models.CharField(max_length=250, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def scope(self) -> Self:
        return self


class RowVersion(models.Model):
    """One version of a row with the time during which it was what Mainstay knew."""

    version_id = models.BigAutoField(primary_key=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(default=FOREVER)
    event = models.ForeignKey("core.Event", models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        abstract = True

    current: type[Row]

    @property
    def id(self) -> int:
        """The id of the row this is a version of."""
        return self.row_id


def _copy(field: models.Field) -> models.Field:
    if field.remote_field:
        return models.ForeignKey(
            field.remote_field.model,
            models.DO_NOTHING,
            null=True,
            db_constraint=False,
            db_index=False,
            related_name="+",
            verbose_name=field.verbose_name,
        )
    copy = field.clone()
    copy._unique = False
    copy.null = True
    return copy


def versioned[M: type[Row]](model: M) -> M:
    """Give a model its sister table of versions, under `Model.Version`."""
    name = f"{model.__name__}Version"
    meta = model._meta
    attributes: dict[str, Any] = {
        field.name: _copy(field)
        for field in meta.local_concrete_fields
        if not field.primary_key and field.name not in model.never_kept
    }
    attributes["row_id"] = models.BigIntegerField(db_index=True)
    attributes["objects"] = type(model._default_manager.all()).as_manager()
    attributes["current"] = model
    attributes["__module__"] = model.__module__
    attributes["__doc__"] = f"A kept version of a {meta.verbose_name}."
    attributes["__str__"] = model.__str__
    attributes["Meta"] = type(
        "Meta",
        (),
        {
            "app_label": meta.app_label,
            "verbose_name": f"version of a {meta.verbose_name}",
            "indexes": [models.Index(fields=["known_to", "known_from"], name=f"{meta.model_name[:20]}_known")],
        },
    )
    for attribute, value in vars(model).items():
        if isinstance(value, property) and attribute not in attributes and attribute not in {"pk", "row_id"}:
            attributes[attribute] = value
    version = type(name, (RowVersion,), attributes)
    sys.modules[model.__module__].__dict__[name] = version
    model.Version = version
    return model
