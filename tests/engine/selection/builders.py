"""Short ways to write tiny planning problems."""

import json
from pathlib import Path
from typing import Any

Document = dict[str, Any]
EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"


def example(name: str) -> Document:
    """One of the problems in the documents."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def candidate(id: str, value: float, *, starts: tuple[int, ...] = (0,), duration: int = 1, **use: float) -> Document:
    """A candidate with one option that uses the same amount of a limit in every period it lasts."""
    amounts = {limit: [amount] * duration for limit, amount in use.items()}
    option = {"id": "full", "duration": duration, "starts": list(starts), "value": value, "use": amounts}
    return {"id": id, "options": [option]}


def problem(
    candidates: list[Document], *, periods: int = 1, rules: tuple[Document, ...] = (), **totals: float
) -> Document:
    """A problem with total limits only."""
    limits = [{"id": id, "total": total} for id, total in totals.items()]
    document = {"format": "mainstay-plan/1", "periods": periods, "limits": limits}
    return {**document, "candidates": candidates, "rules": list(rules)}
