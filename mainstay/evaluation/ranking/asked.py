"""What a ranked list is asked for: which projects, ranked by what, which columns, and where the line is drawn."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mainstay.core.errors import Unreadable
from mainstay.core.rank_moves import read_amount
from mainstay.evaluation.ranking.frameworks import BY_KEY, FRAMEWORKS, MOSCOW

BY_SCORE = "score"
LINES = {"budget": "By a budget", "count": "By a number of projects", "none": "No line"}
WAYS = {BY_SCORE: "Score", **{one.key: one.label for one in FRAMEWORKS}, MOSCOW: "MoSCoW"}
PIPELINE = "proposals"


@dataclass(frozen=True)
class Asked:
    """The question; an empty one asks for everything by score.

    stage: a stage's key, `proposals`, or nothing for all. by: a key of `WAYS`. parts: the measure for each part of a
    framework, and `field` for MoSCoW. columns: keys of measures and of texts. line: a key of `LINES`. limit: the
    measure whose sum the line limits. budget: how much of it there is. cut: how many stand above the line.
    """

    stage: str = ""
    by: str = BY_SCORE
    parts: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    line: str = "budget"
    limit: str = "cost"
    budget: Decimal | None = None
    cut: int | None = None

    def __post_init__(self) -> None:
        if self.by not in WAYS:
            raise Unreadable(f"There is no ranking by {self.by[:40]!r}.")
        if self.line not in LINES:
            raise Unreadable(f"There is no line {self.line[:40]!r}.")


def asked_in(query: Mapping[str, str], columns: tuple[str, ...] = ()) -> Asked:
    """The question an address asks; an amount or a number that cannot be read counts as none given."""
    by = query.get("by") or BY_SCORE
    parts = {part.key: query.get(f"{by}_{part.key}", "") for part in BY_KEY[by].parts} if by in BY_KEY else {}
    if by == MOSCOW:
        parts = {"field": query.get("moscow_field", "")}
    cut = query.get("cut", "").strip()
    return Asked(
        stage=query.get("stage", ""),
        by=by,
        parts=parts,
        columns=columns,
        line=query.get("line") or "budget",
        limit=query.get("limit") or "cost",
        budget=read_amount(query.get("budget", "")) if query.get("budget") else None,
        cut=int(cut) if re.fullmatch(r"[0-9]{1,6}", cut) else None,
    )
