"""The business case: why, which ways there are, and what each costs and brings."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core.errors import FieldChange
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.identification.models.request import Request
from mainstay.portfolio.models import Project

LAST_SURE_DAY = 28


class Grain(models.TextChoices):
    """How long the periods of a case are."""

    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"


def seen_cases(user: Any, verb: Verb) -> models.QuerySet:
    """The cases a person may read: of their own requests, and of projects whose figures they see."""
    requests = Request.objects.visible_to(user)
    own = requests.filter(requester_id=user.pk).values("pk")
    with_figures = Project.objects.visible_to(user, verb).values("pk")
    return BusinessCase.objects.filter(Q(request__in=own) | Q(project__in=with_figures)).values("pk")


class CaseQuerySet(RowQuerySet):
    """Business cases: figures, so only those who may see figures see them, and whoever writes them."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """The cases the person may read."""
        return self.identified_by(seen_cases(user, verb))


@versioned
class BusinessCase(Row):
    """The reasons for a project, from the first draft of a request through every edition."""

    request = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="case")
    project = models.OneToOneField(Project, models.CASCADE, null=True, blank=True, related_name="case")
    problem = models.TextField("problem and purpose", max_length=10_000, blank=True)
    consequences = models.TextField("if nothing is done", max_length=10_000, blank=True)
    grain = models.CharField("periods are", max_length=7, choices=Grain.choices, default=Grain.YEAR)
    first_period = models.DateField("first period starts")
    periods = models.PositiveSmallIntegerField(
        "number of periods", default=5, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    currency = models.CharField(max_length=3, default="GBP")
    edition = models.PositiveSmallIntegerField(default=0, editable=False)

    figure_fields = frozenset({"problem", "consequences"})
    # A draft is its requester's own, and events are read by whoever sees the portfolio.
    never_told = frozenset({"problem", "consequences"})
    told_with = Verb.SEE_FIGURES
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "business case"
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(project__isnull=False), name="case_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"Business case of {self.of}"

    def clean(self) -> None:
        if self.first_period and self.first_period.day > LAST_SURE_DAY:
            raise ValidationError({"first_period": f"Periods begin on a day from 1 to {LAST_SURE_DAY}."})

    @property
    def of(self) -> str:
        """What it is the case of, in a word that gives nothing of a draft away."""
        return self.project.name if self.project_id else self.request.code

    @property
    def scope(self) -> Any:
        return self.project if self.project_id else self.request.portfolio

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed anywhere in the case since a version; it stands for all its parts."""
        from mainstay.identification.case_changes import changes_since

        return changes_since(self, version)


class OfCaseQuerySet(RowQuerySet):
    """What belongs to a business case, seen with it."""

    place = "case__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Of the cases the person may read."""
        return self.filter(case__in=seen_cases(user, verb))


class OfCase(Row):
    """A row that belongs to a business case."""

    told_with = Verb.SEE_FIGURES
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Names of parts are figures; what events are labelled with is not.
        return f"{str(self._meta.verbose_name).capitalize()} of {self.case.of}"

    @property
    def scope(self) -> Any:
        return self.case.scope

    @property
    def whole(self) -> Any:
        return self.case


class OptionKind(models.TextChoices):
    """What an option stands for."""

    DO_NOTHING = "nothing", "Do nothing"
    REDUCED = "reduced", "Reduced"
    FULL = "full", "Full"
    OTHER = "other", "Other"


@versioned
class Option(OfCase):
    """One way to meet the need, the preferred one among them; doing nothing is the baseline."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=OptionKind.choices, default=OptionKind.FULL)
    name = models.CharField(max_length=120)
    description = models.TextField(max_length=4_000, blank=True)
    is_preferred = models.BooleanField("preferred", default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "option"
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="option_name_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(is_preferred=True), name="option_preferred_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="nothing"), name="option_do_nothing_once"),
        ]


@versioned
class CaseEdition(OfCase):
    """A business case as it was published once: whole, unchangeable, comparable with any other."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    figure_fields = frozenset({"content", "reason"})
    never_told = frozenset({"content", "reason"})

    class Meta:
        ordering = ["-number"]
        verbose_name = "edition of a business case"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_edition_once")]

    def __str__(self) -> str:
        return f"Business case of {self.case.of}, edition {self.number}"
