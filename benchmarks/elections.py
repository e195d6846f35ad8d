"""Real city elections as planning problems: one budget, one candidate for each proposal, votes as value."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Election:
    """A city election with the most votes that fit its budget."""

    name: str
    problem: dict[str, Any]
    most_votes: float


def elections(folder: Path) -> list[Election]:
    """Every election listed in `index.csv` of the folder."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_election(folder, row) for row in rows]


def _election(folder: Path, row: dict[str, str]) -> Election:
    name = row["instance"]
    with (folder / "projects" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        candidates = [_candidate(proposal) for proposal in csv.DictReader(file)]
    problem = {
        "format": "mainstay-plan/1",
        "name": name,
        "periods": 1,
        "limits": [{"id": "budget", "unit": row["currency"], "total": float(row["budget"])}],
        "candidates": candidates,
        "rules": [],
    }
    return Election(name, problem, float(row["max_votes_within_budget"]))


def _candidate(proposal: dict[str, str]) -> dict[str, Any]:
    option = {
        "id": "as proposed",
        "duration": 1,
        "starts": [0],
        "value": float(proposal["votes"]),
        "use": {"budget": [float(proposal["cost"])]},
    }
    return {"id": proposal["project_id"], "name": proposal["name"], "options": [option]}
