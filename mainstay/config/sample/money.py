"""A year of money in the sample: budgets, a ledger file each month, forecasts, and months that finance closed."""

import csv
import io
import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.funds import FUNDS
from mainstay.config.sample.staff import Staff
from mainstay.core.exchange import read_table
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import MoneyKind
from mainstay.monitoring.money.operations.entering import MoneyEntry, close_period, enter_money
from mainstay.monitoring.money.operations.ledger import bring_in, match_ledger
from mainstay.monitoring.money.sums import each_month
from mainstay.portfolio.models import Portfolio, Project
from mainstay.value.models import Fund

RUNNING = frozenset({"active", "on_hold", "closing"})
BOOKS, LEDGER = "NORTHMOOR", "Finance ledger"
MONTHS, FOUNDED, FORECAST = 12, -372, -18
BOOKED_AFTER, CLOSED_AFTER, STILL_OPEN = 6, 12, 2
COURSE = {"red": 1.22, "amber": 1.08}
SPLIT = (("capex", "equipment", 0.5), ("capex", "contract", 0.3), ("opex", "people", 0.2))
TEXTS = {"equipment": "Materials and plant", "contract": "Contractor, monthly valuation", "people": "Recharged staff"}
FRAMEWORK, WAITING = "CC-4100", ("CC-7730", "CC-8015")
HEADER = ("Key", "Date", "Amount", "Currency", "Project", "Cost centre", "Account", "Treatment", "Cost type", "Fund",
          "Text", "Ordered or spent")  # fmt: skip


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the budgets, the files of twelve months, their closing and the latest forecast into the diary."""
    running = [facts for facts in projects if facts.stage in RUNNING and facts.cost and facts.portfolio in FUNDS]
    for facts in running:
        diary.enter(max(facts.start + 3, FOUNDED), partial(_budget, facts, staff, diary), hour=16)
        diary.enter(FORECAST, partial(_forecast, facts, staff, diary), hour=16)
    this = diary.today.replace(day=1)
    for back in range(MONTHS, 0, -1):
        month = month_after(this, -back)
        booked = (month_after(month, 1) - diary.today).days + BOOKED_AFTER
        if booked < 0:
            diary.enter(booked, partial(_book, running, month, staff, diary, back), hour=17)
        if back > STILL_OPEN:
            diary.enter(booked + CLOSED_AFTER, partial(_close, month, staff), hour=17)


def _shares(facts: Facts, diary: Diary) -> dict[date, float]:
    """How the cost of a project lies over its months: little at both ends."""
    months = list(each_month(diary.day(facts.start).replace(day=1), diary.day(facts.end).replace(day=1)))
    weights = [math.sin(math.pi * (place + 0.5) / len(months)) + 0.25 for place in range(len(months))]
    return {month: weight / sum(weights) for month, weight in zip(months, weights, strict=True)}


def _planned(facts: Facts, diary: Diary, share: float) -> Iterator[tuple[date, str, str, Decimal]]:
    cost = money(facts.cost) or Decimal(0)
    for month, part in _shares(facts, diary).items():
        for treatment, cost_type, split in SPLIT:
            amount = cost * Decimal(str(round(part * split * share, 6)))
            yield month, treatment, cost_type, amount.quantize(Decimal("0.01"))


def _fund(facts: Facts) -> Fund | None:
    return Fund.objects.filter(key=FUNDS[facts.portfolio][0], currency=facts.currency).first()


def _budget(facts: Facts, staff: Staff, diary: Diary) -> None:
    _enter(facts, staff, MoneyKind.BUDGET, list(_planned(facts, diary, 1.0)))


def _forecast(facts: Facts, staff: Staff, diary: Diary) -> None:
    """What is expected from this month on, dearer where the project is in trouble."""
    begin, share = diary.today.replace(day=1), _course(facts)
    rows = [row for row in _planned(facts, diary, share) if row[0] >= begin]
    _enter(facts, staff, MoneyKind.FORECAST, rows)


def _enter(facts: Facts, staff: Staff, kind: MoneyKind, rows: list[tuple[date, str, str, Decimal]]) -> None:
    project, fund = Project.objects.get(code=facts.code), _fund(facts)
    entries = [MoneyEntry(kind, month, amount, treatment, word, fund) for month, treatment, word, amount in rows]
    enter_money(project, actor=staff["mei"], entries=entries)


def _course(facts: Facts) -> float:
    return COURSE.get(facts.reports[-1].health if facts.reports else "", 0.97)


def _book(running: list[Facts], month: date, staff: Staff, diary: Diary, back: int) -> None:
    """The file of a month; the first one brings what was spent before, the framework has a cost centre only."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(HEADER)
    rows.writerows(row for facts in running for row in _postings(facts, month, diary, back))
    rows.writerows(_loose(month, back))
    table = read_table(io.BytesIO(file.getvalue().encode()), "ledger.csv")
    books, name = Portfolio.objects.get(code=BOOKS), f"ledger-{month:%Y-%m}.csv"
    told = {"source": LEDGER, "name": name, "sha256": f"{int(f'{month:%Y%m}'):064x}"}
    bring_in(books, actor=staff["mei"], table=table, **told)
    if back == MONTHS:
        project = Project.objects.get(code=running[0].code)
        terms = {"source": LEDGER, "field": "cost_centre", "text": FRAMEWORK, "project": project}
        match_ledger(books, actor=staff["mei"], **terms)


def _postings(facts: Facts, month: date, diary: Diary, back: int) -> Iterator[tuple[str, ...]]:
    dice = Random(f"{facts.code} {month}")  # noqa: S311  (invented figures, the same every time)
    fund, planned = _fund(facts), list(_planned(facts, diary, _course(facts)))
    for number, (when, treatment, word, amount) in enumerate(planned):
        is_opening = back == MONTHS and when < month
        if not is_opening and when != month:
            continue
        day = month + timedelta(days=dice.randrange(27))
        spent = amount if is_opening else amount * Decimal(dice.randrange(850, 1150)) / 1000
        text = f"Taken over, {when:%B %Y}" if is_opening else TEXTS[word]
        yield (f"{facts.code}-{month:%y%m}-{number}", day.isoformat(), f"{spent:.2f}", facts.currency, facts.code, "",
               "4000", treatment.upper(), word, fund.key if fund else "", text, "spent")  # fmt: skip
    if back == 1:
        due = sum((amount for when, _, word, amount in planned if when > month and word == "equipment"), Decimal(0))
        key = fund.key if fund else ""
        yield (f"{facts.code}-PO", month.isoformat(), f"{due / 4:.2f}", facts.currency, facts.code, "", "4000",
               "CAPEX", "equipment", key, "Open purchase orders", "ordered")  # fmt: skip


def _loose(month: date, back: int) -> Iterator[tuple[str, ...]]:
    """Sensors bought in euros under the framework, and in the last file two lines nobody has placed yet."""
    posted = (month + timedelta(days=14)).isoformat()
    yield (f"FW-{month:%y%m}", posted, f"{9_400 + 310 * back}.00", "EUR", "", FRAMEWORK, "4010", "CAPEX",
           "equipment", "", "Sensors, framework call-off", "spent")  # fmt: skip
    for place, word in enumerate(WAITING if back == 1 else ()):
        currency = ("GBP", "USD")[place]
        yield (f"JV-{month:%y%m}-{place}", posted, f"{12_750 - 4_200 * place}.50", currency, "", word, "4020", "OPEX",
               "service", "", "Consultants, to be placed", "spent")  # fmt: skip


def _close(month: date, staff: Staff) -> None:
    close_period(Portfolio.objects.get(code=BOOKS), actor=staff["mei"], month=month, note="Month end")
