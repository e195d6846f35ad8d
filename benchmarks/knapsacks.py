"""Knapsacks under several budgets as `mainstay-plan/1`: the instances of Chu and Beasley and SAC-94."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Knapsack:
    """An instance with the best value that is known for it and whether that is proven to be the most."""

    name: str
    problem: Document
    best_known: float
    proven: bool


def chu_beasley(folder: Path) -> Iterator[Knapsack]:
    """The shared instances of Chu and Beasley, in the order of the table of best known values."""
    files: dict[str, list[Document]] = {}
    for row in _rows(folder / "best_known_chubeasley.csv"):
        if (folder / row["file"]).is_file():
            found = files.setdefault(row["file"], _several(folder / row["file"]))
            yield _knapsack(row, found[int(row["index_in_file"])])


def sac94(folder: Path) -> Iterator[Knapsack]:
    """The shared instances of the SAC-94 collection."""
    for row in _rows(folder / "best_known_sac94.csv"):
        file = folder / "sac94" / f"{row['instance']}.dat"
        if file.is_file():
            figures = _figures(file)
            size, limits, _ = (int(next(figures)) for _ in range(3))
            yield _knapsack(row, _problem(size, limits, figures))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _figures(file: Path) -> Iterator[float]:
    return iter([float(each) for each in file.read_text(encoding="utf-8").split()])


def _several(file: Path) -> list[Document]:
    figures = _figures(file)
    found = []
    for _ in range(int(next(figures))):
        size, limits, _ = (int(next(figures)) for _ in range(3))
        found.append(_problem(size, limits, figures))
    return found


def _knapsack(row: dict[str, str], problem: Document) -> Knapsack:
    proven = row.get("proven_optimal", "1") == "1"
    return Knapsack(row["instance"], problem | {"name": row["instance"]}, float(row["best_known"]), proven)


def _problem(size: int, limits: int, figures: Iterator[float]) -> Document:
    """The figures are values, then the use of each limit by every candidate, then the limits."""
    values = [next(figures) for _ in range(size)]
    uses = [[next(figures) for _ in range(size)] for _ in range(limits)]
    names = [f"budget{nth:02d}" for nth in range(limits)]
    candidates = [
        {
            "id": f"P{nth:03d}",
            "options": [_option(value, dict(zip(names, ([row[nth]] for row in uses), strict=True)))],
        }
        for nth, value in enumerate(values)
    ]
    totals = [{"id": name, "total": next(figures)} for name in names]
    return {"format": "mainstay-plan/1", "periods": 1, "limits": totals, "candidates": candidates, "rules": []}


def _option(value: float, use: dict[str, list[float]]) -> Document:
    return {"id": "whole", "duration": 1, "starts": [0], "value": value, "use": use}
