"""The levels of a judged criterion as lines of text: the points, then the words."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from mainstay.evaluation.operations.criteria import Level

LINE = re.compile(r"^\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:points?)?\s*[:=|\t-]?\s*(\S.*)$")
LONGEST = 300
EXAMPLE = "0 Not in the strategy\n50 Supports an objective\n100 Named in the strategy"


class LevelsField(forms.CharField):
    """Lines such as `50 Supports an objective`, read into levels."""

    widget = forms.Textarea

    def __init__(self, **keywords: Any) -> None:
        super().__init__(max_length=4000, **keywords)
        self.widget.attrs |= {"rows": 4, "placeholder": EXAMPLE}

    def clean(self, value: Any) -> tuple[Level, ...]:
        """The levels; a line that is none is named."""
        text = super().clean(value)
        return tuple(_level(line) for line in text.splitlines() if line.strip())


def _level(line: str) -> Level:
    found = LINE.match(line)
    if found is None or len(found[2]) > LONGEST:
        raise forms.ValidationError(f"Begin with the points, then say what the level means: {line.strip()[:60]}")
    return Level(Decimal(found[1].replace(",", ".")), found[2].strip())


def levels_text(levels: Iterable[Mapping[str, Any]]) -> str:
    """Kept levels as such lines."""
    return "\n".join(f"{Decimal(str(level['points'])).normalize():f} {level['words']}" for level in levels)
