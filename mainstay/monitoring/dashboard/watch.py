"""What watches over running work, on dashboards: alerts that stand, and work that is worth more stopped."""

from collections import Counter
from urllib.parse import urlencode

from django.urls import reverse

from mainstay.charts import words
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.engine.control import Advice
from mainstay.monitoring.alerts.queries import Asked, Shown, alerts_for
from mainstay.monitoring.control.queue import Standing, queue_of
from mainstay.monitoring.models import Severity
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure

MOST_SHOWN = 6
WORDS = {Severity.SERIOUS: "Serious", Severity.WARNING: "Warnings", Severity.NOTICE: "To be noted"}
KINDS = {Severity.SERIOUS: "bad", Severity.WARNING: "warn", Severity.NOTICE: "none"}


def _page(route: str, sight: Sight) -> str:
    pairs = [("portfolio", sight.home.code if sight.home else ""), ("as_of", sight.as_of_text)]
    query = urlencode([(name, text) for name, text in pairs if text])
    return f"{reverse(route)}?{query}" if query else reverse(route)


def _alerts(sight: Sight) -> Content:
    inside = sight.projects().order_by().values(sight.reading.key)
    rows = alerts_for(sight.user, Asked(), sight.as_of).filter(project_id__in=inside)
    counts = Counter(rows.order_by().values_list("rule__severity", flat=True))
    url = _page("alerts", sight)
    if not counts:
        return Content(empty=Empty("No alert stands.", reverse("alert_rules"), "The rules"), url=url)
    indicators = tuple(
        Indicator(
            label,
            words.number(counts[severity]),
            "Alerts of this severity that nobody has brought in order again.",
            url,
            unit="alerts",
            amount=counts[severity],
            status=(KINDS[severity], label) if counts[severity] else None,
        )
        for severity, label in WORDS.items()
    )
    lines = tuple(_alert(Shown(row), sight) for row in rows[:MOST_SHOWN])
    whole = sum(counts.values())
    more = f"All {words.number(whole)}" if whole > MOST_SHOWN else ""
    table = Table(("Project", "Rule", "Watches", "Value", "Owner"), lines, more=more, more_url=url)
    headline = f"{words.counted(whole, 'alert')} {'stands' if whole == 1 else 'stand'}"
    return Content("", headline, indicators, tables=(table,), url=url)


def _alert(shown: Shown, sight: Sight) -> tuple[Cell, ...]:
    row = shown.alert
    owner = str(row.owner) if row.owner else "Nobody yet"
    link = reverse("alert", args=[row.row_id]) + sight.links.query
    name = Cell(row.project.name, sight.links.project(row.project.code))
    return name, Cell(str(row.rule), link, shown.badge), Cell(shown.watches), figure(shown.latest), Cell(owner)


def _control(sight: Sight) -> Content:
    queue = queue_of(sight.user, sight.home, as_of=sight.as_of)
    inside = set(sight.projects().order_by().values_list(sight.reading.key, flat=True))
    rows = [row for row in queue.rows if row.project.row_id in inside]
    url = _page("control_queue", sight)
    if not rows:
        return Content(empty=Empty("Nothing runs here whose figures are open to you."), url=url)
    worst = [row for row in rows if row.advice in (Advice.STOP, Advice.PAUSE)]
    known = sum(1 for row in rows if row.advice != Advice.UNKNOWN)
    verb = "is" if len(worst) == 1 else "are"
    indicator = Indicator(
        "Worth a decision",
        words.number(len(worst)),
        "Running projects that would be worth more stopped, or whose scarce hours bring more elsewhere: what "
        "they still "
        "bring against what they still cost. What is spent already counts for nothing.",
        url,
        amount=len(worst),
        have=known,
        of=len(rows),
        noun="running projects with figures",
        status=("warn", "To be decided") if worst else ("good", "None"),
    )
    lines = tuple(_standing(row, sight) for row in worst[:MOST_SHOWN])
    heads = ("Project", "Advice", "Still brings", "Still costs", "Value for each unit of cost")
    tables = (Table(heads, lines, more="The whole queue", more_url=url),) if lines else ()
    headline = f"{words.counted(len(worst), 'running project')} {verb} worth a decision" if worst else ""
    return Content("", headline, (indicator,), tables=tables, url=url)


def _standing(row: Standing, sight: Sight) -> tuple[Cell, ...]:
    amounts = (words.money(amount, row.currency) for amount in (row.benefit, row.remaining))
    ratio = words.MISSING if row.per_cost is None else words.number(row.per_cost, 2)
    name = Cell(row.project.name, reverse("project_control", args=[row.project.code]) + sight.links.query)
    return name, Cell(row.word, status=row.badge), *(figure(amount) for amount in amounts), figure(ratio)


PARTS = (
    Part(
        "alerts",
        "Alerts",
        Question.DECISION,
        _alerts,
        PLACES | {"alert", "alertrule"},
        "Alerts that stand: a measure of a project passed the limit of a rule and is not in order again.",
        (Role.PORTFOLIO_MANAGER, Role.PROGRAMME_MANAGER, Role.PROJECT_MANAGER, Role.PMO_DIRECTOR),
        is_wide=True,
        position=30,
    ),
    Part(
        "control",
        "Continue, pause or stop",
        Question.DECISION,
        _control,
        PLACES | {"moneyline", "ledgerline", "exitterms", "exchangerate", "alert", "demand", "booking"},
        "Running work by what going on is worth from here; sunk cost is left out.",
        (Role.PORTFOLIO_MANAGER,),
        verb=Verb.SEE_FIGURES,
        is_anywhere=True,
        is_wide=True,
        position=32,
    ),
)
