"""What a record of the decision log says: the decision with its lines as the database has them, and its proofs."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from mainstay.authorisation.models import Decision, DecisionLine, Solution

# Fields that may change after a decision: whether it was taken back is told by the record that took it back.
_LATER = frozenset({"version", "undone_at"})


def canonical(content: Any) -> str:
    """The one text of a content: keys in order, no blanks, moments in UTC."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def sha256(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(decision: Decision, lines: list[DecisionLine], further: dict[str, Any]) -> dict[str, Any]:
    """Everything a record keeps; `further` is what only the operation knows: votes, conditions, money, conflicts."""
    solution = decision.solution
    return {
        "decision": row_of(decision),
        "lines": [row_of(line) for line in lines],
        "solution": None if solution is None else solution_of(solution),
        "further": further,
    }


def row_of(row: Any) -> dict[str, Any]:
    """The values of a row as the database has them."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in _LATER}
    return {name: _exact(row, name, value) for name, value in values.items()}


def _exact(row: Any, name: str, value: Any) -> Any:
    """A value as it comes back from the database: a number with all its places."""
    if isinstance(value, Decimal):
        places = row._meta.get_field(name).decimal_places
        return f"{value:.{places}f}"
    return _plain(value) if isinstance(value, datetime) else value


def solution_of(solution: Solution) -> dict[str, Any]:
    """The fingerprints of a problem and its answer, with what is needed to ask again."""
    return {
        "id": solution.pk,
        "problem_sha256": solution.problem_sha256,
        "problem_text_sha256": sha256(canonical(solution.problem)),
        "answer_sha256": sha256(canonical(solution.answer)),
        "projects_sha256": sha256(canonical([solution.projects, solution.left_out, solution.aim])),
        "solver": solution.answer.get("solver", ""),
        "seed": solution.answer.get("seed", 0),
    }


def further_of(decision: Decision) -> dict[str, Any]:
    """What only the operation knew that took a decision; nothing where it is not on record."""
    if not hasattr(decision, "record"):
        return {}
    told: dict[str, Any] = json.loads(decision.record.content).get("further") or {}
    return told


def sets_free(decision: Decision) -> bool:
    """Whether running work was stopped or put to rest by it."""
    told = further_of(decision)
    return bool(told.get("left")) or "hours" in told.get("freed", {})
