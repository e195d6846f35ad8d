"""What needs a decision of the person who looks, and what they own."""

from mainstay.charts import words
from mainstay.cockpit.queries.mine import my_projects
from mainstay.core.roles import Role
from mainstay.core.templatetags.components import HEALTH
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import (
    PLACES,
    Cell,
    Content,
    Empty,
    Part,
    Question,
    Sight,
    Table,
    nouns_of_waiting,
    waiting_for,
)


def _decisions(sight: Sight) -> Content:
    if not sight.is_today:
        return Content(empty=Empty("What waits for a decision is told for today only."))
    found = waiting_for(sight.user)
    if not found:
        return Content(headline="no decision waits for you", empty=Empty("No decision waits for you."))
    rows = tuple(
        (
            Cell(one.text, one.url),
            Cell(one.kind, status="warn"),
            Cell(one.detail),
            Cell(str(day(one.day)) if one.day else words.MISSING),
        )
        for one in found
    )
    headline = f"{words.counted(len(found), 'decision')} {'waits' if len(found) == 1 else 'wait'} for you"
    return Content(headline=headline, tables=(Table(("To decide", "What", "About", "Day"), rows),))


def _mine(sight: Sight) -> Content:
    found = my_projects(sight.reading)
    if not found:
        return Content(empty=Empty("You own or manage no open project."))
    rows = tuple(
        (
            Cell(one.name, sight.links.project(one.code)),
            Cell(one.stage.name),
            Cell(HEALTH[one.health][1], status=HEALTH[one.health][0]) if one.is_running else Cell(words.MISSING),
            Cell(f"{one.next.name}, {day(one.next.due_date)}" if one.next else words.MISSING),
            Cell(f"{words.counted(len(one.late), 'milestone')} late", status="warn")
            if one.late
            else Cell("None late"),
        )
        for one in found
    )
    return Content(tables=(Table(("Project", "Stage", "Health", "Next milestone", "Late"), rows),))


PARTS = (
    Part(
        "decisions",
        "Decisions that wait for you",
        Question.DECISION,
        _decisions,
        PLACES,
        "Agenda items of boards you sit on, gates, scenarios before the board and selections that are solved: "
        "what you "
        "may decide and what is not your own cause.",
        (Role.EXECUTIVE, Role.PORTFOLIO_MANAGER, Role.PROGRAMME_MANAGER, Role.FINANCE, Role.PMO_DIRECTOR),
        is_personal=True,
        is_anywhere=True,
        is_wide=True,
        position=10,
        further=nouns_of_waiting,
    ),
    Part(
        "mine",
        "My projects",
        Question.COURSE,
        _mine,
        PLACES | {"milestone"},
        "Open projects you own or manage, the troubled first, with the next milestone and what is late.",
        (Role.PROJECT_MANAGER,),
        is_personal=True,
        is_anywhere=True,
        is_wide=True,
        position=8,
    ),
)
