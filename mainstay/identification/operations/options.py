"""The options of a business case: ways to meet the need, one of them preferred, doing nothing the baseline."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.case_content import LINES
from mainstay.identification.models import BusinessCase, Option, OptionKind
from mainstay.identification.operations.parts import next_position, writable_case
from mainstay.portfolio.operations.tree import change

OPTION_FIELDS = frozenset({"name", "kind", "description", "is_preferred"})
MOST_OPTIONS = 12


@operation(Verb.OPTION_ADD)
def add_option(
    case: BusinessCase, *, actor: Actor, copy_of: Option | None = None, reason: str = "", **fields: Any
) -> Option:
    """Add a way to meet the need, empty or with the lines of another option as its start."""
    case = writable_case(case, actor)
    if case.options.count() >= MOST_OPTIONS:
        raise Impossible(f"A case compares {MOST_OPTIONS} options at most; remove one first.")
    option = Option(case=case, position=next_position(case.options))
    change(option, OPTION_FIELDS, fields)
    _refuse_nonsense(option)
    _prefer_only(option)
    history.create(option)
    if copy_of is not None:
        _copy_lines(copy_of, option)
    return option


def _copy_lines(source: Option, target: Option) -> None:
    if source.case_id != target.case_id:
        raise ValidationError({"copy_of": "That option is not one of this case."})
    for model, fields in LINES.values():
        lines = model.objects.filter(option=source).order_by("position", "pk")
        history.create_many(
            [
                model(option=target, position=line.position, **{name: getattr(line, name) for name in fields})
                for line in lines
            ]
        )


@operation(Verb.OPTION_EDIT)
def edit_option(
    option: Option, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Option:
    """Change an option; preferring it ends the preference for another."""
    option.case = writable_case(option.case, actor)
    change(option, OPTION_FIELDS, changes)
    _refuse_nonsense(option)
    _prefer_only(option)
    return history.save(option)


@operation(Verb.OPTION_REMOVE)
def remove_option(option: Option, *, actor: Actor, reason: str = "") -> None:
    """Take an option with its lines away; the preferred one and the baseline stay."""
    option.case = writable_case(option.case, actor)
    if option.is_preferred:
        raise Impossible("This option is preferred; prefer another one first.")
    if option.kind == OptionKind.DO_NOTHING:
        raise Impossible("Doing nothing is what the other options are measured against; it stays.")
    for model, _ in LINES.values():
        for line in model.objects.filter(option=option):
            line.option = option
            history.remove(line)
    history.remove(option)


def _refuse_nonsense(option: Option) -> None:
    if option.is_preferred and option.kind == OptionKind.DO_NOTHING:
        raise ValidationError({"is_preferred": "Doing nothing is the baseline; prefer what is proposed."})
    others = option.case.options.exclude(pk=option.pk)
    if option.kind == OptionKind.DO_NOTHING and others.filter(kind=OptionKind.DO_NOTHING).exists():
        raise ValidationError({"kind": "Doing nothing stands there once already."})


def _prefer_only(option: Option) -> None:
    """Before an option is preferred no other one is, so that the database agrees at every moment."""
    if not option.is_preferred:
        return
    for other in option.case.options.filter(is_preferred=True).exclude(pk=option.pk):
        other.is_preferred = False
        history.save(other)
