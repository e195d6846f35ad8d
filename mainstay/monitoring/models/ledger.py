"""What was spent: the lines of ledger files, and how they find their project."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.identification.models import CostType
from mainstay.monitoring.models.money import Treatment
from mainstay.monitoring.models.of_project import MONEY
from mainstay.portfolio.models import Portfolio, Project
from mainstay.value.models import Fund


class LedgerQuerySet(RowQuerySet):
    """Files and rules of ledgers, seen with the figures of their portfolio."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of portfolios whose figures the person may see."""
        return super().visible_to(user, verb)


class OfLedger(Row):
    """A row that belongs to the ledger of a portfolio."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="+")
    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.portfolio


@versioned
class LedgerFile(OfLedger):
    """A file of a ledger that was taken in, with what it said of itself."""

    source = models.CharField("ledger", max_length=60)
    name = models.CharField("file", max_length=200)
    sha256 = models.CharField("fingerprint", max_length=64)
    lines = models.PositiveIntegerField()
    totals = models.JSONField("total by currency", default=dict)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    figure_fields = frozenset({"totals"})

    class Meta:
        ordering = ["-pk"]
        verbose_name = "ledger file"

    def __str__(self) -> str:
        return self.name


class RuleField(models.TextChoices):
    """What of a line names its project."""

    PROJECT = "project", "Project code"
    COST_CENTRE = "cost_centre", "Cost centre"
    ACCOUNT = "account", "Account"


@versioned
class LedgerRule(OfLedger):
    """Which project lines with these words belong to; made once, remembered for every later file."""

    source = models.CharField("ledger", max_length=60)
    field = models.CharField("where", max_length=11, choices=RuleField.choices)
    text = models.CharField("words", max_length=120)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["source", "field", "text"]
        verbose_name = "ledger rule"
        constraints = [models.UniqueConstraint(fields=["portfolio", "source", "field", "text"], name="rule_once")]

    def __str__(self) -> str:
        return f"{self.get_field_display()} {self.text}"


class LedgerLineQuerySet(RowQuerySet):
    """Lines, seen with the figures of their project, and where none is found yet with those of the portfolio."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those whose project's figures, or where there is none whose portfolio's figures, the person may see."""
        projects = Project.objects.visible_to(user, verb).visible_to(user)
        portfolios = Portfolio.objects.visible_to(user, verb)
        return self.filter(Q(project__in=projects) | Q(project=None, portfolio__in=portfolios))


@versioned
class LedgerLine(OfLedger):
    """An amount that was spent or ordered, as the ledger has it."""

    file = models.ForeignKey(LedgerFile, models.PROTECT, related_name="entries")
    source = models.CharField("ledger", max_length=60)
    external_key = models.CharField("key in the ledger", max_length=120)
    is_order = models.BooleanField("ordered, not spent yet", default=False)
    date = models.DateField("posted")
    month = models.DateField()
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    treatment = models.CharField(max_length=5, choices=Treatment.choices, default=Treatment.OPEX)
    cost_type = models.CharField(max_length=9, choices=CostType.choices, default=CostType.OTHER)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+")
    project_text = models.CharField("project as written", max_length=120, blank=True)
    cost_centre = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=300, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    own_amount = models.DecimalField("in the currency of the project", **MONEY, null=True, blank=True)
    rate = models.DecimalField("rate of the day", max_digits=20, decimal_places=10, null=True, blank=True)

    figure_fields = frozenset({"amount", "own_amount", "text"})
    objects = LedgerLineQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "ledger line"
        indexes = [models.Index(fields=["project", "month", "is_order", "own_amount"], name="ledger_of_project")]
        constraints = [models.UniqueConstraint(fields=["source", "external_key"], name="ledger_line_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.external_key}"

    @property
    def scope(self) -> Any:
        return self.project or self.portfolio
