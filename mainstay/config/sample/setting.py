"""The ground the sample stands on: tree, life cycle, fields, fiscal years, currencies and their rates."""

from datetime import date
from decimal import Decimal
from functools import partial

from mainstay.config.sample.diary import Diary
from mainstay.core.system import MAINSTAY
from mainstay.portfolio import standard
from mainstay.portfolio.models import Portfolio, Programme
from mainstay.portfolio.operations.setup import create_field, open_year
from mainstay.portfolio.operations.tree import create_portfolio, create_programme
from mainstay.value.models import Currency
from mainstay.value.operations import add_currency, set_rate

PORTFOLIOS = (
    ("WATER", "Water and wastewater", "Reservoirs, works, mains and sewers for 310,000 homes."),
    ("POWER", "Power networks", "Lines, cables and substations for 220,000 customers."),
    ("DIGITAL", "Customer and digital", "What customers see of us, and the systems behind it."),
)
PROGRAMMES = (
    ("LEAKAGE", "WATER", "Halve the leaks", "Lose half as much water by the end of the decade"),
    ("OVERFLOWS", "WATER", "Cleaner rivers", "No overflow spills more than ten times a year"),
    ("HEATGRID", "POWER", "Grid for electric heat", "Connect every heat pump and charger within four weeks"),
    ("ONEVIEW", "DIGITAL", "One view of the customer", "One record, one bill and one call for each household"),
)
REGIONS = ["City", "Coast", "Dales", "Fells", "Vale", "All"]
DRIVERS = [
    "Leakage",
    "River health",
    "Drinking water quality",
    "Reservoir safety",
    "Resilience",
    "Load growth",
    "Net zero",
    "Customer service",
    "Efficiency",
]
FIELDS = (
    ("regulatory_driver", "Regulatory driver", "choice", {"options": DRIVERS}),
    ("region", "Region", "choice", {"options": REGIONS}),
    ("carbon_saving", "Carbon saving", "number", {"unit": "t CO2e a year"}),
    ("customers_served", "Customers who gain", "number", {"unit": "customers"}),
    ("strategic_fit", "Strategic fit", "number", {"unit": "of 10", "help_text": "0 none, 10 named in the strategy."}),
    ("contingency", "Contingency held", "money", {"unit": "GBP", "is_confidential": True}),
)
CURRENCIES = (("GBP", "Pound sterling"), ("EUR", "Euro"), ("USD", "United States dollar"))
WORTH = {
    "EUR": (0.8655, 0.8580, 0.8612, 0.8534, 0.8447, 0.8391, 0.8302, 0.8354, 0.8477, 0.8556, 0.8702, 0.8621),
    "USD": (0.7884, 0.7902, 0.7853, 0.7776, 0.7471, 0.7821, 0.7989, 0.7735, 0.7402, 0.7361, 0.7448, 0.7512),
}
FOUNDED = 1110
DAYS_A_QUARTER = 91
FIRST_MONTH = 4


def lay_down(today: date) -> dict[str, str]:
    """The tree with life cycle, fields and fiscal years; gives the place of each part by its code."""
    standard.set_up()
    top = create_portfolio(
        None,
        actor=MAINSTAY,
        code="NORTHMOOR",
        name="Northmoor Water and Power",
        description="The whole company: what it runs, what it builds and what it might build next.",
    )
    for code, name, text in PORTFOLIOS:
        create_portfolio(top, actor=MAINSTAY, code=code, name=name, description=text)
    heron = "A conversation with a neighbour that only a named circle knows of."
    create_portfolio(top, actor=MAINSTAY, code="HERON", name="Project Heron", description=heron, is_confidential=True)
    for code, portfolio, name, objective in PROGRAMMES:
        parent = Portfolio.objects.get(code=portfolio)
        create_programme(parent, actor=MAINSTAY, code=code, name=name, objective=objective)
    for position, (key, label, kind, more) in enumerate(FIELDS, 1):
        create_field(None, actor=MAINSTAY, key=key, label=label, kind=kind, position=position, **more)
    _open_years(today)
    return {row.code: row.path for model in (Portfolio, Programme) for row in model.objects.all()}


def _open_years(today: date) -> None:
    current = today.year if today.month >= FIRST_MONTH else today.year - 1
    for year in range(current - 3, current + 4):
        name = f"{year}/{(year + 1) % 100:02d}"
        start, end = date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 31)
        open_year(None, actor=MAINSTAY, name=name, start_date=start, end_date=end)


def open_currencies(diary: Diary) -> None:
    """The currencies, and a rate for each quarter of the past three years."""
    for code, name in CURRENCIES:
        diary.enter(-FOUNDED + 2, partial(add_currency, None, actor=MAINSTAY, code=code, name=name))
    for code, rates in WORTH.items():
        for number, rate in enumerate(rates):
            day = DAYS_A_QUARTER * (number - len(rates))
            diary.enter(day, partial(_set_rate, code, diary.day(day), rate))


def _set_rate(code: str, day: date, rate: float) -> None:
    set_rate(Currency.objects.get(code=code), actor=MAINSTAY, date=day, rate=Decimal(str(rate)))
