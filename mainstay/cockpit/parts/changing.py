"""What changed since last month, and how committed work came along month by month."""

from decimal import Decimal
from urllib.parse import urlencode

from mainstay.charts import words
from mainstay.charts.health_months import HealthMonth, health_months
from mainstay.charts.month_lines import MonthValue, month_lines
from mainstay.cockpit.queries.changes import KINDS, Changed, Kind, changed_since, decisions_since
from mainstay.cockpit.queries.course import Point, course_of
from mainstay.core.roles import Role
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Part, Question, Sight, Table, figure
from mainstay.value.queries import Rates, rates_on

MOST_LINKED = 150
MOST_NAMED = 3
DECISIONS = frozenset({"selection", "scenario", "agendaitem", "gatereview", "decision"})


def _changes(sight: Sight) -> Content:
    before = sight.before()
    if before is None:
        return Content(empty=Empty("It was not there a month ago, so nothing can be compared yet."))
    found = changed_since(sight, before)
    rates = rates_on(sight.day, (), sight.as_of)
    lines = [(kind, [one for one in found if kind.fits(one)]) for kind in KINDS]
    rows = tuple(_line(kind, ones, sight, rates) for kind, ones in lines if ones)
    decided = _decided(sight, decisions_since(sight, before))
    day_text = day(before.day)
    if not rows and decided is None:
        text = f"Nothing changed since {day_text}."
        return Content(headline=f"nothing changed since {day_text}", empty=Empty(text))
    worse = sum(1 for one in found if one.worse > 0)
    verb = "is" if worse == 1 else "are"
    headline = f"{words.counted(worse, 'project')} {verb} worse off than on {day_text}"
    sentence = f"{words.counted(len(found), 'project')} changed since {day_text}."
    table = Table(("Change", "Projects", "By how much", "Among them"), rows, "Projects") if rows else None
    tables = tuple(each for each in (table, decided) if each is not None)
    return Content(sentence=sentence, headline=headline, tables=tables)


def _line(kind: Kind, ones: list[Changed], sight: Sight, rates: Rates) -> tuple[Cell, ...]:
    most = sorted(ones, key=lambda one: -abs(one.shown.cost or Decimal(0)))[:MOST_NAMED]
    rest = len(ones) - len(most)
    named = words.listed([one.shown.name for one in most] + ([f"{words.number(rest)} more"] if rest else []))
    label = Cell(kind.label, _records(ones, sight), kind.news)
    return label, figure(words.number(len(ones))), figure(_effect(kind, ones, sight, rates)), Cell(named)


def _records(ones: list[Changed], sight: Sight) -> str:
    """The inventory of just these projects, where they fit into an address."""
    codes = [one.now.code for one in ones if one.now]
    if not codes or len(codes) > MOST_LINKED:
        return ""
    pairs = [("code", ",".join(codes)), ("as_of", sight.as_of_text)]
    return f"/projects/?{urlencode([(name, text) for name, text in pairs if text])}"


def _effect(kind: Kind, ones: list[Changed], sight: Sight, rates: Rates) -> str:
    if kind.label.startswith("Ends"):
        days = sorted(abs(one.days_later) for one in ones)
        middle, last = days[len(days) // 2], days[-1]
        return f"{middle} to {words.counted(last, 'day')}" if middle != last else words.counted(last, "day")
    name = {"Costs": "cost", "Brings": "benefit"}.get(kind.label.split()[0])
    if name is None:
        return ""
    sums: dict[str, Decimal] = {}
    for one in ones:
        sums[one.shown.currency] = sums.get(one.shown.currency, Decimal(0)) + one.more(name)
    total = rates.convert(sums, sight.currency)
    sign = "+" if total.amount > 0 else "\N{MINUS SIGN}"
    note = f" without {words.listed(total.missing)}" if total.missing else ""
    return f"{sign}{words.money(abs(float(total.amount)), sight.currency)}{note}"


def _decided(sight: Sight, decided: list[tuple[Verb, int]]) -> Table | None:
    before = sight.before()
    if not decided or before is None:
        return None
    rows = tuple(
        (
            Cell(verb.sentence.capitalize(), f"/activity/?verb={verb.value}&since={before.day.isoformat()}"),
            figure(words.number(count)),
        )
        for verb, count in decided
    )
    return Table(("Decided", "Times"), rows, "Decisions")


def _trend(sight: Sight) -> Content:
    points = course_of(sight)
    if not any(point.count for point in points):
        return Content(empty=Empty("No work has been committed here yet, so there is no course to show."))
    missing = sorted({code for point in points for code in point.missing})
    note = f"Sums leave out {words.listed(missing)}: no exchange rate." if missing else ""
    health = health_months([_month(point, sight) for point in points])
    money = [
        MonthValue(f"{point.moment:%Y-%m}", name, amount, _as_of(point, sight))
        for point in points
        for name, amount in (("Cost", point.cost), ("Benefit", point.benefit))
    ]
    return Content(sentence=note, charts=(health, month_lines(money, "Committed work", sight.currency)))


def _month(point: Point, sight: Sight) -> HealthMonth:
    counts = tuple(point.health[name] for name in ("green", "amber", "red", ""))
    return HealthMonth(f"{point.moment:%Y-%m}", *counts, url=_as_of(point, sight))


def _as_of(point: Point, sight: Sight) -> str:
    """The inventory of committed work as it was known then."""
    pairs = [(name, text) for name, found in sight.narrowed.texts.items() for text in found]
    pairs.append(("phase", "committed"))
    if point.moment.date() < sight.day:
        pairs.append(("as_of", point.moment.date().isoformat()))
    return f"/projects/?{urlencode(pairs)}"


EVERYBODY = (
    Role.EXECUTIVE,
    Role.PORTFOLIO_MANAGER,
    Role.PROGRAMME_MANAGER,
    Role.PROJECT_MANAGER,
    Role.PMO_DIRECTOR,
)
PARTS = (
    Part(
        "changes",
        "Changes",
        Question.CHANGE,
        _changes,
        PLACES | DECISIONS | {"exchangerate"},
        "Every project as it was known a month ago beside what is known now: what was proposed, committed, "
        "finished or "
        "dropped, whose health, end, cost or benefit moved, and what was decided meanwhile. Money is converted "
        "at the "
        "rates of today.",
        EVERYBODY,
        is_wide=True,
        position=10,
    ),
    Part(
        "trend",
        "Month by month",
        Question.CHANGE,
        _trend,
        PLACES | {"exchangerate"},
        "Committed projects by health, their cost and their benefit as they were known at the end of each of "
        "the last "
        "twelve months, converted at the rates of that day.",
        (Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR, Role.EXECUTIVE),
        is_wide=True,
        position=30,
    ),
)
