"""What finished work of the sample came to: final accounts of closed projects, and what the office makes of them."""

import csv
import io
from decimal import Decimal
from functools import partial

from mainstay.config.sample import milestones
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.funds import FUNDS
from mainstay.config.sample.money import BOOKS, HEADER, LEDGER
from mainstay.config.sample.staff import Staff
from mainstay.core.exchange import read_table
from mainstay.evaluation.operations.corrections import offer_correction
from mainstay.monitoring.models import MoneyKind
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.money.operations.ledger import bring_in
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.calibration.classes import Calibrated
from mainstay.review.calibration.views import terms_of
from mainstay.value.models import Fund

CLOSED_AFTER, OFFERED = 10, -6
CLASS = "Secure supply"
CAME_TO = {
    "WAT-001": 1.08, "WAT-002": 1.11, "WAT-005": 1.14, "WAT-010": 1.12, "WAT-012": 0.97, "WAT-023": 1.21,
    "POW-002": 1.06, "POW-005": 1.19, "POW-012": 1.05, "DIG-002": 1.24, "DIG-008": 1.31, "DIG-012": 1.17,
}  # fmt: skip
"""What each cost in the end, as a multiple of what was authorised."""
SPLIT = (
    ("capex", "equipment", Decimal("0.4")),
    ("capex", "contract", Decimal("0.4")),
    ("opex", "people", Decimal("0.2")),
)


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the final account of each closed project, and later the correction the office offers, into the diary."""
    for facts in projects:
        if facts.code in CAME_TO and facts.stage == "closed":
            over = facts.end + milestones.slip(facts)
            diary.enter(min(over + CLOSED_AFTER, -1), partial(_account, facts, staff, diary, over), hour=16)
    diary.enter(OFFERED, partial(_offer, staff), hour=14)


def _account(facts: Facts, staff: Staff, diary: Diary, over: int) -> None:
    """The budget as authorised, and what the project's own books say it came to, in the month of its end."""
    day = diary.day(min(over + CLOSED_AFTER, -1))
    month, promised = day.replace(day=1), money(facts.cost_was or facts.cost) or Decimal(0)
    fund = Fund.objects.filter(key=FUNDS[facts.portfolio][0], currency=facts.currency).first()
    parts = [(treatment, word, (promised * share).quantize(Decimal(1))) for treatment, word, share in SPLIT]
    entries = [
        MoneyEntry(MoneyKind.BUDGET, month, amount, treatment, word, fund) for treatment, word, amount in parts
    ]
    enter_money(Project.objects.get(code=facts.code), actor=staff["mei"], entries=entries)
    file, times = io.StringIO(), Decimal(str(CAME_TO[facts.code]))
    rows = csv.writer(file)
    rows.writerow(HEADER)
    for treatment, word, amount in parts:
        rows.writerow(
            (f"{facts.code}-FINAL-{word}", day.isoformat(), f"{amount * times:.2f}", facts.currency, facts.code, "",
             "4000", treatment.upper(), word, fund.key if fund else "", "Final account", "spent")
        )  # fmt: skip
    table = read_table(io.BytesIO(file.getvalue().encode()), "ledger.csv")
    told = {
        "source": LEDGER,
        "name": f"final-{facts.code.lower()}.csv",
        "sha256": facts.code.encode().hex().zfill(64),
    }
    bring_in(Portfolio.objects.get(code=BOOKS), actor=staff["mei"], table=table, **told)


def _offer(staff: Staff) -> None:
    """The office offers new cases what the largest class of finished work teaches."""
    place = Portfolio.objects.get(code=BOOKS)
    found = Calibrated(Reading(staff["priya"]), "cost", "theme", place)
    one = found.class_named(CLASS)
    if one is not None and one.can_be_offered:
        offer_correction(place, actor=staff["priya"], **terms_of(found, one))
