"""What the project office looks after: milestones that come or are late, and data that is missing."""

from datetime import timedelta

from django.db.models import Count, Q

from mainstay.charts import words
from mainstay.core.roles import Role
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Milestone, Phase

AHEAD_DAYS = 30
MOST_SHOWN = 12
COMPLETE = 0.95
FIELDS = (
    ("Cost", "cost_seen", "cost"),
    ("Benefit", "benefit_seen", "benefit"),
    ("Risk", "risk", ""),
    ("Start", "start_date", "start"),
    ("End", "end_date", "end"),
    ("Owner", "owner", "owner"),
    ("Project manager", "manager", "manager"),
)
TEXTS = (
    ("Theme", "theme", "theme"),
    ("Health", "health", "health"),
    ("Delivery confidence", "confidence", "confidence"),
)


def _milestones(sight: Sight) -> Content:
    committed = sight.projects().in_phase(Phase.COMMITTED)
    open_ones = Milestone.objects.as_of(sight.as_of).filter(
        done_date=None, project_id__in=committed.order_by().values(sight.reading.key)
    )
    until = sight.day + timedelta(days=AHEAD_DAYS)
    late, soon = Q(due_date__lt=sight.day), Q(due_date__gte=sight.day, due_date__lte=until)
    counts = open_ones.aggregate(
        late=Count("due_date", filter=late), soon=Count("due_date", filter=soon), all=Count("*")
    )
    if not counts["all"]:
        return Content(empty=Empty("No milestone of committed work is open."))
    rows = open_ones.filter(due_date__lte=until).order_by("due_date", sight.reading.key)
    named = ("name", "due_date", "forecast_date", "project__name", "project__code")
    lines = tuple(
        (
            Cell(name),
            Cell(project, sight.links.project(code)),
            Cell(str(day(due))),
            Cell(str(day(forecast)) if forecast else words.MISSING),
            Cell("Late", status="bad") if due < sight.day else Cell("Due", status="warn"),
        )
        for name, due, forecast, project, code in rows.values_list(*named)[:MOST_SHOWN]
    )
    indicators = (
        _count(
            "Late", counts["late"], "Milestones of committed work whose day is over and that are not done.", "bad"
        ),
        _count(
            "Due within 30 days", counts["soon"], "Milestones of committed work that come in the next 30 days.", ""
        ),
    )
    tables = (Table(("Milestone", "Project", "Due", "Forecast", "State"), lines),) if lines else ()
    headline = f"{words.counted(counts['late'], 'milestone')} {'is' if counts['late'] == 1 else 'are'} late"
    return Content("", headline, indicators, tables=tables)


def _count(label: str, count: int, definition: str, alarm: str) -> Indicator:
    status = (alarm, "Overdue") if alarm and count else None
    return Indicator(label, words.number(count), definition, unit="milestones", amount=count, status=status)


def _completeness(sight: Sight) -> Content:
    """How many of the open and committed projects give each field; one query."""
    projects = sight.projects().in_phase(Phase.PIPELINE, Phase.COMMITTED).order_by()
    given = {label: Count(path) for label, path, _ in FIELDS}
    given |= {label: Count("code", filter=~Q(**{path: ""})) for label, path, _ in TEXTS}
    named = {f"field{number}": count for number, count in enumerate(given.values())}
    found = projects.aggregate(whole=Count("*"), **named)
    whole = found["whole"]
    if not whole:
        return Content(empty=Empty("No open project to look after."))
    rows = []
    for number, (label, _, parameter) in enumerate((*FIELDS, *TEXTS)):
        have = found[f"field{number}"]
        missing = sight.links.records(Phase.PIPELINE, Phase.COMMITTED, **{parameter: "none"}) if parameter else ""
        state = "good" if have / whole >= COMPLETE else "warn"
        rows.append(
            (
                Cell(label),
                figure(words.percent(have / whole)),
                figure(f"{words.number(have)} of {words.number(whole)}"),
                Cell(
                    f"{words.number(whole - have)} missing" if have < whole else "Complete",
                    missing if have < whole else "",
                    state,
                ),
            )
        )
    rows.sort(key=lambda row: row[1].text != "100%", reverse=True)
    share = sum(found[name] for name in named) / (len(named) * whole)
    indicator = Indicator(
        "Fields filled",
        words.percent(share),
        "Of the fields below, the share that open and committed projects give, all counted alike.",
        amount=share,
        have=sum(found[name] for name in named),
        of=len(named) * whole,
        noun="fields",
        status=("good", "95% or more") if share >= COMPLETE else ("warn", "Below 95%"),
    )
    heads = ("Field", "Given", "Projects", "State")
    return Content(
        "", f"{words.percent(share)} of the data is there", (indicator,), tables=(Table(heads, tuple(rows)),)
    )


PARTS = (
    Part(
        "milestones",
        "Milestones",
        Question.COURSE,
        _milestones,
        PLACES | {"milestone"},
        "Milestones of committed projects that are late or come within 30 days.",
        (Role.PROJECT_MANAGER, Role.PROGRAMME_MANAGER, Role.PMO_DIRECTOR),
        position=24,
    ),
    Part(
        "completeness",
        "Completeness of data",
        Question.COURSE,
        _completeness,
        PLACES,
        "How many of the open and committed projects give each of the usual fields, with the way to those that "
        "do not.",
        (Role.PMO_DIRECTOR,),
        position=60,
    ),
)
