"""Writing down what work is to bring, changing it, and what it hangs on."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.tree import change
from mainstay.value.models import Benefit, BenefitNeed

FIELDS = frozenset(
    {
        "name",
        "kind",
        "is_disbenefit",
        "owner",
        "measure",
        "unit",
        "baseline",
        "baseline_date",
        "target",
        "profile",
        "first_month",
        "waiting",
        "months",
        "attribution",
        "tracked_until",
        "note",
        "external_key",
    }
)
WHOLE = Decimal(1)


@operation(Verb.BENEFIT_ADD)
def add_benefit(project: Project, *, actor: Actor, reason: str = "", **fields: Any) -> Benefit:
    """Write down what a project is to bring, by when, and who answers for it."""
    benefit = Benefit(project=project)
    change(benefit, FIELDS, fields)
    return history.create(_sound(benefit, actor))


@operation(Verb.BENEFIT_EDIT)
def edit_benefit(
    benefit: Benefit, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Benefit:
    """Change what a benefit is to be; its readings stay."""
    change(benefit, FIELDS, changes)
    return history.save(_sound(benefit, actor))


@operation(Verb.BENEFIT_REMOVE)
def remove_benefit(benefit: Benefit, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Take a benefit away that was written down by mistake; one with readings stays."""
    if benefit.readings.exists():
        raise ValidationError({"__all__": "It has been read already; set its target to nothing instead."})
    for need in BenefitNeed.objects.filter(Q(benefit=benefit) | Q(needed=benefit)):
        history.remove(need)
    history.remove(benefit)


@operation(Verb.BENEFITNEEDS_SET)
def set_needs(benefit: Benefit, *, actor: Actor, needed: Sequence[Benefit], reason: str = "") -> Benefit:
    """Say which benefits must come for this one to come, instead of those said before."""
    wanted = {one.pk: one for one in needed}
    _refuse_circle(benefit, set(wanted))
    known = {one.needed_id: one for one in BenefitNeed.objects.filter(benefit=benefit)}
    for pk, row in known.items():
        if pk not in wanted:
            history.remove(row)
    for pk, one in wanted.items():
        if pk not in known:
            history.create(BenefitNeed(benefit=benefit, needed=one))
    return history.about(benefit)


def _refuse_circle(benefit: Benefit, wanted: set[int]) -> None:
    """A benefit never hangs on itself, by however many steps."""
    needs: dict[int, set[int]] = defaultdict(set)
    for one, other in BenefitNeed.objects.exclude(benefit=benefit).values_list("benefit_id", "needed_id"):
        needs[one].add(other)
    seen, front = set[int](), set(wanted)
    while front:
        seen |= front
        front = {other for one in front for other in needs[one]} - seen
    if benefit.pk in seen:
        raise ValidationError({"needed": "A benefit would hang on itself."})


def _sound(benefit: Benefit, actor: Actor) -> Benefit:
    """The benefit itself, with the top portfolio locked: two who claim at once do not get more together."""
    list(Portfolio.objects.select_for_update().filter(path=_top(benefit)).values_list("pk"))
    refuse_unsound(benefit, actor)
    return benefit


def refuse_unsound(benefit: Benefit, actor: Actor, beside: Sequence[Benefit] = ()) -> None:
    """ValidationError for what no benefit may be; `beside` are rows that are to be written together with it."""
    if benefit.owner_id is not None and benefit.owner_id == benefit.project.manager_id:
        raise ValidationError({"owner": "Who manages the project does not answer for its benefits, too."})
    if benefit.tracked_until and benefit.first_month and benefit.tracked_until < benefit.first_month:
        raise ValidationError({"tracked_until": "It is tracked beyond its first month."})
    if benefit.measure.strip():
        _refuse_more_than_the_whole(benefit, actor, beside)


def _top(benefit: Benefit) -> str:
    """The path of the top portfolio it belongs to."""
    return f"/{benefit.project.path.strip('/').split('/')[0]}/"


def _refuse_more_than_the_whole(benefit: Benefit, actor: Actor, beside: Sequence[Benefit]) -> None:
    """All that name the same measure below one top portfolio claim all of its change at most."""
    found = Benefit.objects.filter(
        measure__iexact=benefit.measure.strip(),
        unit__iexact=benefit.unit.strip(),
        is_disbenefit=benefit.is_disbenefit,
        project__path__startswith=_top(benefit),
    ).exclude(pk__in=[one.pk for one in (benefit, *beside) if one.pk])
    together = [one for one in beside if _is_the_same(one, benefit)]
    claimed_before = [*found.values_list("attribution", flat=True), *(one.attribution for one in together)]
    free = WHOLE - sum(claimed_before, Decimal(0))
    if Decimal(benefit.attribution) > free:
        codes = set(found.visible_to(actor).values_list("project__code", flat=True))
        codes |= {one.project.code for one in together}
        hidden = found.count() > found.visible_to(actor).count()
        claims = ", ".join(sorted(codes) + ["some you may not see"] * hidden)
        claimed, left = (f"{100 * share:.0f} %" for share in (WHOLE - free, free))
        message = f"Others claim {claimed} of this measure already ({claims}); {left} is free."
        raise ValidationError({"attribution": message})


def _is_the_same(one: Benefit, other: Benefit) -> bool:
    """Whether two benefits claim the same change of the same measure."""
    first, second = (
        (row.measure.strip().casefold(), row.unit.strip().casefold(), row.is_disbenefit, _top(row))
        for row in (one, other)
    )
    return first == second
