"""What programmes are for: a shared objective, the dependencies between their projects, and conflicts."""

from django.db.models import Count, Q, Sum

from mainstay.charts import words
from mainstay.cockpit.parts.standing import MONEY
from mainstay.cockpit.queries.dashboard import facts_in
from mainstay.cockpit.queries.sums import ALIVE, TROUBLED
from mainstay.cockpit.queries.ties import by_programme, programmes_in, ties_of
from mainstay.core.roles import Role
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase

MOST_SHOWN = 10


def _programmes(sight: Sight) -> Content:
    found = programmes_in(sight)
    if not found:
        return Content(empty=Empty("No programme is looked at: its projects would share an objective."))
    ties, sums = by_programme(ties_of(sight)), _sums(sight)
    rates = facts_in(sight).rates
    lines = []
    for one in found:
        inside, late = ties.get(one.row_id, (0, 0))
        count, troubled, benefits = sums.get(one.row_id, (0, 0, {}))
        benefit = rates.convert(benefits, sight.currency)
        lines.append(
            (
                Cell(one.name, sight.links.place("programme", one.code)),
                Cell(one.objective or "Not written down"),
                Cell(str(one.owner) if one.owner else words.MISSING),
                figure(words.number(count), sight.links.records(*ALIVE, programme=one.code)),
                figure(words.money(float(benefit.amount), sight.currency) if benefits else words.MISSING),
                figure(words.number(troubled)),
                figure(words.number(inside)),
                Cell(f"{words.number(late)} in conflict" if late else "None", status="bad" if late else "good"),
            )
        )
    heads = (
        "Programme",
        "Shared objective",
        "Owner",
        "Projects",
        "Benefit",
        "In trouble",
        "Dependencies inside",
        "Conflicts",
    )
    return Content(tables=(Table(heads, tuple(lines)),))


def _sums(sight: Sight) -> dict[int, tuple[int, int, dict[str, object]]]:
    """Projects, how many of them are in trouble, and benefits by currency, of each programme; one query."""
    rows = sight.projects().in_phase(*ALIVE).exclude(programme_id=None).order_by()
    bad = Count("code", filter=Q(health__in=TROUBLED, stage__phase=Phase.COMMITTED))
    found: dict[int, tuple[int, int, dict[str, object]]] = {}
    grouped = rows.values_list("programme_id", "currency").annotate(
        rows=Count("*"), troubled=bad, benefits=Sum("benefit_seen")
    )
    for programme, currency, count, bad, benefit in grouped:
        known, worse, sums = found.get(programme, (0, 0, {}))
        more = {} if benefit is None else {currency: benefit}
        found[programme] = (known + count, worse + bad, sums | more)
    return found


def _dependencies(sight: Sight) -> Content:
    ties = ties_of(sight)
    if not ties:
        return Content(empty=Empty("The projects looked at depend on no other, and none depends on them."))
    late = [tie for tie in ties if tie.days_late]
    verb = "is" if len(late) == 1 else "are"
    indicator = Indicator(
        "In conflict",
        words.number(len(late)),
        "Dependencies where what is needed is promised for a day after the day it is needed; where no days are "
        "given, "
        "where the needed project ends after the dependent one starts.",
        unit="dependencies",
        comparison=f"{words.number(len(ties))} in all",
        amount=len(late),
        have=sum(1 for tie in ties if tie.promised and tie.needed),
        of=len(ties),
        noun="say both days",
        status=("bad", "To be settled") if late else ("good", "None"),
    )
    rows = tuple(
        (
            Cell(tie.project.name, sight.links.project(tie.project.code)),
            Cell(tie.needs.name, sight.links.project(tie.needs.code)),
            Cell(tie.subject or words.MISSING),
            Cell(str(day(tie.needed)) if tie.needed else words.MISSING),
            Cell(str(day(tie.promised)) if tie.promised else words.MISSING),
            Cell(f"{words.counted(tie.days_late, 'day')} too late", status="bad"),
        )
        for tie in late[:MOST_SHOWN]
    )
    heads = ("Project", "Needs", "What", "Needed by", "Promised for", "Conflict")
    tables = (Table(heads, rows, "Conflicts, the longest first"),) if rows else ()
    return Content(
        "",
        f"{words.counted(len(late), 'dependency', 'dependencies')} {verb} in conflict",
        (indicator,),
        tables=tables,
    )


PARTS = (
    Part(
        "programmes",
        "Programmes",
        Question.COURSE,
        _programmes,
        MONEY | {"dependency"},
        "What each programme is for, what its projects bring together, and how they depend on each other.",
        (Role.PROGRAMME_MANAGER,),
        is_anywhere=True,
        is_wide=True,
        position=9,
    ),
    Part(
        "dependencies",
        "Dependencies",
        Question.VALUE,
        _dependencies,
        MONEY | {"dependency"},
        "What projects need of each other, and where promises come after the day of need.",
        (Role.PROGRAMME_MANAGER, Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR, Role.PROJECT_MANAGER),
        is_anywhere=True,
        is_wide=True,
        position=26,
    ),
)
