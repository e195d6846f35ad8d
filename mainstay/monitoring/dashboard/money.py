"""Money on dashboards: budget, spent, committed and expected, of whatever part of the work is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import numpy as np
from django.urls import reverse
from numpy.typing import NDArray

from mainstay.charts import Figure, words
from mainstay.charts.money_course import MoneyMonth, money_course
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import KeptMoney
from mainstay.monitoring.money.queries import Part as MoneyPart
from mainstay.monitoring.money.queries import Whole, money_of, whole_of
from mainstay.monitoring.money.sums import KINDS, Adding, Sums, months_between
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.value.queries import rates_on

MOST_SHOWN = 6
BEYOND = 0.05
"""How far the outlook may lie above the budget before it is off."""
DEFINITIONS = {
    "budget": "What is planned by month, all months added up, of every project whose figures you may see.",
    "actual": "What the ledger says was spent.",
    "committed": "What was promised or ordered and not invoiced yet.",
    "outlook": "What it will have cost in the end: spent before this month, and forecast from this month on.",
    "available": "The budget less what was spent and what is committed.",
    "used": "What was spent, as a share of the budget.",
}
Money = dict[int, tuple[str, Sums]]


def money_in(sight: Sight) -> Money:
    """Currency and sums of each project with money, as far as the person may see figures; asked once for a page."""
    return sight.once("money", lambda: _money_in(sight))


def _money_in(sight: Sight) -> Money:
    projects = sight.with_figures().order_by()
    if sight.is_today:
        kept = KeptMoney.objects.filter(project__in=projects.values("pk"), first__isnull=False)
        rows = kept.order_by().values_list("pk", "project__currency", "first", "cents")
        return {pk: (currency, Sums.kept(first, bytes(cents))) for pk, currency, first, cents in rows}
    currencies = dict(projects.values_list("row_id", "currency"))
    found = money_of(list(currencies), as_of=sight.as_of)
    return {pk: (currencies[pk], sums) for pk, sums in found.items() if sums.first is not None}


Stack = tuple[str, date, list[int], NDArray[np.int64]]


def _stacks(money: Money, ids: Iterable[int]) -> Iterator[Stack]:
    """Projects of one currency with the same months, and their (projects, months, kinds, treatments) cents."""
    groups: dict[tuple[str, date, int], list[int]] = defaultdict(list)
    for pk in ids:
        if pk in money:
            currency, sums = money[pk]
            groups[currency, sums.first, len(sums.cents)].append(pk)
    for (currency, first, _), inside in groups.items():
        yield currency, first, inside, np.stack([money[pk][1].cents for pk in inside])


def parts_of(money: Money, ids: Iterable[int] | None = None) -> list[MoneyPart]:
    """The sums by currency, of some of the projects or of all."""
    adding: dict[str, Adding] = defaultdict(Adding)
    counts: dict[str, int] = defaultdict(int)
    for currency, first, inside, cents in _stacks(money, money if ids is None else ids):
        adding[currency].add(first, cents.sum(axis=0))
        counts[currency] += len(inside)
    return [MoneyPart(code, counts[code], adding[code].sums) for code in sorted(adding)]


def ahead_of_budget(money: Money, month: date) -> dict[int, tuple[int, int]]:
    """Budget and outlook of each project in cents; the outlook is spent before the month and forecast from it on."""
    found: dict[int, tuple[int, int]] = {}
    for _, first, inside, cents in _stacks(money, money):
        sums = cents.sum(axis=3)
        begin = min(max(months_between(first, month), 0), sums.shape[1])
        budget = sums[:, :, KINDS.index("budget")].sum(axis=1)
        spent = sums[:, :begin, KINDS.index("actual")].sum(axis=1)
        outlook = spent + sums[:, begin:, KINDS.index("forecast")].sum(axis=1)
        found |= dict(zip(inside, zip(budget.tolist(), outlook.tolist(), strict=True), strict=True))
    return found


def _content(sight: Sight) -> Content:
    money = money_in(sight)
    parts = parts_of(money)
    if not parts:
        return Content(empty=Empty("No budget, posting or forecast is kept here, or figures are not open to you."))
    whole = whole_of(parts, sight.currency, sight.day, sight.as_of)
    committed = set(
        sight.with_figures().in_phase(Phase.COMMITTED).order_by().values_list(sight.reading.key, flat=True)
    )
    count = len(committed & money.keys()), len(committed)
    ahead = float(whole.ahead / whole.budget) if whole.budget else None
    told = words.money(abs(float(whole.ahead)), sight.currency)
    way = "above" if whole.ahead > 0 else "below"
    headline = f"the outlook is {told} {way} budget" if whole.budget and whole.ahead else ""
    return Content(
        "",
        headline,
        tuple(_indicators(whole, count, ahead, sight)),
        (course(parts, sight),),
        _largest(money, sight),
        url=_page(sight),
    )


def _indicators(whole: Whole, count: tuple[int, int], ahead: float | None, sight: Sight) -> Iterable[Indicator]:
    held = None
    if ahead is not None:
        held = ("bad", "Above the budget") if ahead > BEYOND else ("good", "Within the budget")
    note = f"without {words.listed(whole.missing)}: no exchange rate" if whole.missing else ""
    used = float(whole.actual / whole.budget) if whole.budget else None
    named = {
        "Budget": ("budget", whole.budget, ""),
        "Spent": ("actual", whole.actual, f"{words.percent(used)} of the budget" if used is not None else ""),
        "Committed": ("committed", whole.committed, ""),
        "Outlook": ("outlook", whole.outlook, f"{words.percent(ahead)} above" if ahead and ahead > 0 else ""),
        "Available": ("available", whole.available, ""),
    }
    for label, (key, amount, comparison) in named.items():
        yield Indicator(
            label,
            words.money(float(amount), sight.currency),
            DEFINITIONS[key],
            _page(sight),
            comparison,
            note=note,
            amount=amount,
            have=count[0],
            of=count[1],
            noun="committed projects",
            status=held if key == "outlook" else None,
        )


def _page(sight: Sight) -> str:
    """The page with the lines behind the sums, where it looks at just the same."""
    if sight.programme is not None:
        return reverse("programme_money", args=[sight.programme.code]) + sight.links.query
    if sight.portfolio is not None:
        return reverse("portfolio_money", args=[sight.portfolio.code]) + sight.links.query
    return reverse("money") + sight.links.query


def course(parts: list[MoneyPart], sight: Sight) -> Figure:
    """Budget, spent and forecast by month, every currency at the rates of the day."""
    rates = rates_on(sight.day, {part.currency for part in parts} | {sight.currency}, sight.as_of)
    sums: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part in parts:
        one = rates.convert({part.currency: Decimal(1_000_000)}, sight.currency)
        worth = float(one.amount) / 1_000_000
        for kind in ("budget", "actual", "forecast"):
            for month, amount in part.sums.by_month(kind).items():
                sums[month][kind] += float(amount) * worth
    begin = sight.day.replace(day=1)
    first, last = min(sums), max(sums)
    months = [month_after(first, number) for number in range(months_between(first, last) + 1)]
    told = [
        MoneyMonth(
            f"{month:%Y-%m}",
            sums[month]["budget"],
            sums[month]["actual"],
            None if month < begin else sums[month]["forecast"],
        )
        for month in months
    ]
    return money_course(told, sight.currency)


def _largest(money: Money, sight: Sight) -> tuple[Table, ...]:
    """The projects whose outlook lies farthest above their budget, each in its own currency."""
    known = ahead_of_budget(money, sight.day.replace(day=1))
    beyond = sorted((budget - outlook, pk) for pk, (budget, outlook) in known.items() if outlook > budget)
    worst = [pk for _, pk in beyond]
    if not worst:
        return ()
    key = sight.reading.key
    rows = sight.projects().filter(**{f"{key}__in": worst[:MOST_SHOWN]})
    named = {pk: (name, code) for pk, name, code in rows.values_list(key, "name", "code")}
    lines = tuple(
        (
            Cell(named[pk][0], reverse("project_money", args=[named[pk][1]]) + sight.links.query),
            *(figure(words.money(cents / 100, money[pk][0])) for cents in (*known[pk], known[pk][1] - known[pk][0])),
        )
        for pk in worst[:MOST_SHOWN]
        if pk in named
    )
    more = f"{words.counted(len(worst), 'project')} above budget" if len(worst) > MOST_SHOWN else ""
    heads = ("Project", "Budget", "Outlook", "Above the budget")
    return (Table(heads, lines, "Farthest above the budget", more, _page(sight), is_folded=True),)


PARTS = (
    Part(
        "money",
        "Money",
        Question.COURSE,
        _content,
        PLACES | {"moneyline", "ledgerline", "exchangerate", "currency"},
        "Budget, what was spent and committed, and what the work will have cost in the end, converted at the "
        "latest rates.",
        (
            Role.EXECUTIVE,
            Role.FINANCE,
            Role.PORTFOLIO_MANAGER,
            Role.PROGRAMME_MANAGER,
            Role.PROJECT_MANAGER,
            Role.PMO_DIRECTOR,
        ),
        verb=Verb.SEE_FIGURES,
        is_wide=True,
        position=30,
    ),
)
