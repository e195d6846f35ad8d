"""Moving a project to another place of a ranking, with the reason, and letting its score speak again."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import RankOverride, ScoreModel
from mainstay.evaluation.ranking.order import Placed
from mainstay.evaluation.ranking.standing import Standing, edition_in_force
from mainstay.portfolio.models import Project


@operation(Verb.RANK_OVERRIDE)
def override_rank(
    project: Project,
    *,
    actor: Actor,
    model: ScoreModel,
    reason: str,
    position: int | None = None,
    before: Project | None = None,
    after: Project | None = None,
) -> RankOverride:
    """Put a project at a position of a ranking as the actor sees it, or before or after another one, and say why.

    It holds until it is restored, or until the next edition of the model, which asks for it to be confirmed.
    """
    access.require(actor, Verb.RANK_OVERRIDE, model.portfolio)
    access.require(actor, Verb.SEE_FIGURES, model.portfolio)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: whoever reads this rank sees that it was moved."})
    model = ScoreModel.objects.select_for_update(of=("self",)).get(pk=model.pk)
    standing = Standing(actor, model)
    here = standing.order.of(project.pk)
    if here is None:
        raise Impossible(f"{project.name} has no place under {model.name}: it is not scored, or fails a gate.")
    place = _place(standing, here, position, before, after)
    row = RankOverride.objects.filter(project=project, model=model).first()
    row = row or RankOverride(project=project, model=model)
    row.position, row.computed = place, standing.order.computed[project.pk]
    row.reason, row.edition = reason.strip(), edition_in_force(model)
    row.moved_by = actor if isinstance(actor, Person) else None
    row.moved_at = surrounding().now()
    return history.save(row) if row.pk else history.create(row)


@operation(Verb.RANK_RESTORE)
def restore_rank(override: RankOverride, *, actor: Actor, reason: str = "") -> None:
    """Let a project stand where its score puts it."""
    access.require(actor, Verb.RANK_RESTORE, override.model.portfolio)
    history.remove(override)


def _place(
    standing: Standing, here: Placed, position: int | None, before: Project | None, after: Project | None
) -> int:
    """The place among all projects that was asked for in one of three ways."""
    others = [one for one in standing.placed if one is not here]
    if sum(way is not None for way in (position, before, after)) != 1:
        raise ValidationError({"position": "Say a position, or the project it goes before or after."})
    if position is None:
        position = _beside(others, before, after)
    _refuse_other_band(others, here, position)
    if not others:
        return 1
    target = others[min(position, len(others)) - 1].scored.project_id
    without = [pk for pk, _ in sorted(standing.order.places.items(), key=lambda pair: pair[1])]
    without.remove(here.scored.project_id)
    return without.index(target) + (2 if position > len(others) else 1)


def _beside(others: list[Placed], before: Project | None, after: Project | None) -> int:
    other: Any = before or after
    for place, one in enumerate(others, 1):
        if one.scored.project_id == other.pk:
            return place if before else place + 1
    raise ValidationError({"before" if before else "after": f"{other.name} has no other place in this ranking."})


def _refuse_other_band(others: list[Placed], here: Placed, position: int) -> None:
    musts = sum(one.scored.is_mandatory for one in others)
    if not 1 <= position <= len(others) + 1:
        raise ValidationError({"position": f"The list has {len(others) + 1} places."})
    if here.scored.is_mandatory and position > musts + 1:
        raise ValidationError({"position": f"What must be done stays among the first {musts + 1}."})
    if not here.scored.is_mandatory and position <= musts:
        raise ValidationError({"position": f"The first {musts} places belong to what must be done."})
