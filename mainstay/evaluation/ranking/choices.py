"""What the selects above a ranked list offer, and what is chosen."""

from dataclasses import dataclass
from typing import Any

from mainstay.evaluation.ranking.asked import BY_SCORE, LINES, PIPELINE, WAYS
from mainstay.evaluation.ranking.frameworks import BY_KEY, MOSCOW, MOSCOW_MEANING
from mainstay.evaluation.ranking.listed import TEXTS, Listed
from mainstay.evaluation.ranking.measures import choice_fields
from mainstay.portfolio.models import Phase, Stage


@dataclass(frozen=True)
class Choice:
    """One option of a select, or one tick of a list."""

    key: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Select:
    """A select with its name in the address."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Choices:
    """Everything that can be chosen for a ranked list."""

    stages: list[Choice]
    ways: list[Choice]
    parts: list[Select]
    meaning: str
    lines: list[Choice]
    limits: list[Choice]
    columns: list[Choice]


def choices_of(listed: Listed) -> Choices:
    """The choices for a list as it is asked for now."""
    asked, known = listed.asked, listed.measures.known
    shown = {column.key for column in listed.columns}
    stages = Stage.objects.filter(phase__in=(Phase.PIPELINE, Phase.COMMITTED)).order_by("position")
    offered = [("", "Every stage"), (PIPELINE, "Proposals"), *stages.values_list("key", "name")]
    columns = [*TEXTS.items(), *((key, one.words) for key, one in known.items())]
    return Choices(
        _choices(offered, asked.stage),
        _choices(WAYS.items(), asked.by),
        _parts(listed),
        _meaning(asked.by),
        _choices(LINES.items(), asked.line),
        [Choice(key, one.words, key == asked.limit) for key, one in known.items() if one.adds_up],
        [Choice(key, label, key in shown) for key, label in columns],
    )


def _choices(pairs: Any, chosen: str) -> list[Choice]:
    return [Choice(key, label, key == chosen) for key, label in pairs]


def _meaning(way: str) -> str:
    if way == BY_SCORE:
        return ""
    return MOSCOW_MEANING if way == MOSCOW else BY_KEY[way].meaning


def _parts(listed: Listed) -> list[Select]:
    """A select of measures for each part of the framework."""
    by = listed.asked.by
    if by == MOSCOW:
        return [Select("moscow_field", "Field with the classes", _choices(choice_fields().items(), listed.field))]
    if by not in BY_KEY:
        return []
    known = listed.measures.known
    return [
        Select(
            f"{by}_{part.key}",
            part.label,
            _choices(((key, one.words) for key, one in known.items()), getattr(listed.mapping[part.key], "key", "")),
        )
        for part in BY_KEY[by].parts
    ]
