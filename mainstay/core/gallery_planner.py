"""The planner's charts for the gallery, with invented data."""

from mainstay.charts import Figure
from mainstay.charts.breach_chances import BreachChance, breach_chances
from mainstay.charts.core_index import Index, core_index
from mainstay.charts.quantile_fan import Fan, quantile_fan
from mainstay.charts.solver_course import Stand, solver_course
from mainstay.charts.tornado import Swing, tornado
from mainstay.charts.value_against_limit import Point, value_against_limit

HERE = "#figures"
NAMES = ("Smart meters", "Flood walls", "Customer portal", "Ledger renewal", "Storm tank", "Small hydro")
COURSE = ((0.2, None, 190.0), (0.6, 120.0, 176.0), (1.4, 141.0, 171.0), (3.1, 152.0, 163.0), (6.0, 157.0, 160.0))
SPREAD = ((1.2, 1.6, 2.3), (2.8, 3.4, 4.9), (3.1, 4.2, 6.1), (1.9, 2.6, 3.7), (0.4, 0.7, 1.3))
BEST = ((24, 31), (28, 36), (32, 44), (36, 47), (40, 52), (44, 53))
SHARES = (1.0, 0.93, 0.71, 0.48, 0.12, 0.0)


def figures() -> list[Figure]:
    """A search under way, how sure a plan is, other budgets, and who is chosen however things come out."""
    return [
        solver_course([Stand(*stand) for stand in COURSE]),
        breach_chances(
            [
                BreachChance("Budget", 0.62, 0.005, 48e6, 53.5e6, "GBP"),
                BreachChance("Engineers", 0.08, 0.003, 40, 36, "FTE"),
            ]
        ),
        quantile_fan(
            [
                Fan(str(2027 + nth), low * 1e6, middle * 1e6, high * 1e6, middle * 0.9e6)
                for nth, (low, middle, high) in enumerate(SPREAD)
            ],
            "Cost",
            "GBP",
        ),
        tornado(
            [
                Swing(name, 60e6 - (6 - nth) * 1e6, 60e6 + (7 - nth) * 8e5, "at its P10", "at its P90", HERE)
                for nth, name in enumerate(NAMES)
            ],
            60e6,
            "benefit",
            "GBP",
            kind="money",
        ),
        value_against_limit(
            [
                Point(amount * 1e6, value * 1e6, value * 1e6, 4 + nth, True, HERE)
                for nth, (amount, value) in enumerate(BEST)
            ],
            36e6,
            "Budget",
            "GBP",
            "Benefit",
            "GBP",
        ),
        core_index([_index(name, share, nth) for nth, (name, share) in enumerate(zip(NAMES, SHARES, strict=True))]),
    ]


def _index(name: str, share: float, nth: int) -> Index:
    place = {1.0: "core", 0.0: "exterior"}.get(share, "borderline")
    return Index(name, share, max(0.0, share - 0.06), min(1.0, share + 0.06), place, nth < 3, HERE)
