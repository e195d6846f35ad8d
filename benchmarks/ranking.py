"""How much work ranked lists, sensitivity and matrices cost, and that the engine behind them stays quick.

    uv run python -m benchmarks.ranking --projects 2000

On SQLite: CPU milliseconds of the web process, query counts and size of the ranked list, of a move, of the
sensitivity page and of the matrix, at 100 and at N scored projects of one model with five criteria.
"""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.pages import Measured, measure
from benchmarks.surroundings import run_inside

CRITERIA = (
    ("Benefit", "benefit", 0, 4_000_000, 30),
    ("Safety", "risk", 100, 0, 25),
    ("Reach", "custom.reach", 0, 100, 20),
    ("Fit", "custom.fit", 0, 100, 15),
    ("Short", "days", 1000, 0, 10),
)


def grow(portfolio: Any, known: int, size: int) -> None:
    """Projects with invented figures, until there are so many."""
    from datetime import date, timedelta
    from decimal import Decimal

    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.operations.projects import propose_project

    for number in range(known, size):
        propose_project(
            portfolio,
            actor=MAINSTAY,
            code=f"R{number:05}",
            name=f"Invented project {number}",
            cost=Decimal(50_000 + number * 7919 % 911 * 1_750),
            benefit=Decimal(number * 104_729 % 4_000_000),
            risk=number * 37 % 101,
            start_date=date(2027, 1, 1),
            end_date=date(2027, 1, 1) + timedelta(days=number * 53 % 900 + 30),
            custom={"reach": number * 59 % 97, "fit": number * 71 % 101},
        )


def tell(size: int, name: str, told: Measured) -> None:
    """One line of the report."""
    print(
        f"{size:7,}  {name:24} {told.cpu_ms:8.1f} {told.p50_ms:8.1f} {told.queries:8} {told.kilobytes:8.0f}",
        flush=True,
    )


def pages(model: Any, manager: Any, size: int) -> None:
    """Every page at this size."""
    from django.test import Client

    browser = Client()
    browser.force_login(manager)
    addresses = {
        "ranked list": f"/evaluate/ranking/?model={model.pk}&budget=90m",
        "ranked list, API": f"/api/v1/models/{model.pk}/ranking",
        "sensitivity, 50 places": f"/evaluate/sensitivity/?model={model.pk}&cut=50",
        "sensitivity, budget": f"/evaluate/sensitivity/?model={model.pk}&line=budget&budget=90m",
        "matrix": f"/evaluate/matrix/?model={model.pk}&x=risk&y=score",
    }
    for name, address in addresses.items():
        tell(size, name, measure(lambda address=address: browser.get(address), lambda: None))
    tell(size, "a move", measure(_mover(browser, model), lambda: None))


def _mover(browser: Any, model: Any) -> Callable[[], Any]:
    positions = iter(range(10, 10_000))

    def move() -> Any:
        sent = {"row": "R00007", "position": str(next(positions) % 40 + 1), "reason": "Measured"}
        return browser.post(f"/evaluate/models/{model.pk}/overrides/", sent, headers={"HX-Request": "true"})

    return move


def inside(most: int) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from decimal import Decimal

    from mainstay.core.operations.grants import give_grant
    from mainstay.core.operations.people import create_person
    from mainstay.core.roles import Role
    from mainstay.core.system import MAINSTAY
    from mainstay.evaluation.operations.models import Wanted, create_model
    from mainstay.evaluation.operations.scores import score_projects
    from mainstay.portfolio.operations.setup import create_field
    from mainstay.portfolio.operations.tree import create_portfolio
    from mainstay.portfolio.standard import set_up

    set_up()
    portfolio = create_portfolio(None, actor=MAINSTAY, name="Ranked", code="RANKED")
    manager = create_person(None, actor=MAINSTAY, username="manager", name="Manager")
    give_grant(manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=portfolio.path)
    for key in ("reach", "fit"):
        create_field(None, actor=MAINSTAY, key=key, label=key.capitalize(), kind="number")
    criteria = [Wanted(name, source, *map(Decimal, numbers)) for name, source, *numbers in CRITERIA]
    model = create_model(portfolio, actor=MAINSTAY, name="Worth", criteria=criteria)
    known = 0
    for size in sorted({min(100, most), most}):
        grow(portfolio, known, size)
        score_projects(model, actor=MAINSTAY)
        known = size
        pages(model, manager, size)
    return 0


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--projects", type=int, default=2_000)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options.projects)
    print("projects page                       CPU ms   p50 ms  queries      KiB", flush=True)
    return run_inside("benchmarks.ranking", "sqlite", ["--projects", str(options.projects)])


if __name__ == "__main__":
    sys.exit(main())
