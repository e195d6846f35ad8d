"""The tree everything hangs in: portfolios of any depth, and programmes within them."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from mainstay.core.access import ROOT
from mainstay.core.models import PlacedRow, RowQuerySet, versioned

CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", "A code has letters, digits, dots, dashes and underscores.")
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """A short random key for a row's place in the tree."""
    return "".join(secrets.choice(ALPHABET) for _ in range(9))


class TreeQuerySet(RowQuerySet):
    """Placed rows."""

    def within(self, row: Any) -> Any:
        """The row and everything below it."""
        return self.filter(path__startswith=row.path)


class TreeRow(PlacedRow):
    """A row in the tree, under a parent."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="owner",
    )

    objects = TreeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def put_under(self, parent: PlacedRow | None) -> None:
        """Take the place below a parent; a confidential row seals what lies below it."""
        self.key = self.key or new_key()
        self.path = f"{parent.path if parent else ROOT}{self.key}/"
        inherited = parent.seal if parent else ""
        self.seal = self.path if getattr(self, "is_confidential", False) else inherited
        if len(self.path) > 240:
            raise ValidationError("The tree is too deep here.")


@versioned
class Portfolio(TreeRow):
    """A part of the business in which investment is chosen and balanced."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_confidential = models.BooleanField("confidential", default=False)
    currency = models.CharField(max_length=3, default="GBP")

    class Meta:
        ordering = ["path"]
        verbose_name = "portfolio"
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="portfolio_name_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent=None), name="root_portfolio_name_once"
            ),
        ]

    def clean(self) -> None:
        if self.parent_id and self.parent and self.parent.path.startswith(self.path or "-"):
            raise ValidationError({"parent": "A portfolio cannot lie within itself."})


@versioned
class Programme(TreeRow):
    """Related projects run together for a benefit that none gives alone."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="programmes")
    objective = models.CharField("shared objective", max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "programme"
