"""How the work stands: counts and sums by stage, health, theme and confidence, and what lies below."""

from collections.abc import Callable

from mainstay.charts import Figure, words
from mainstay.cockpit.charts import Charts
from mainstay.cockpit.queries.dashboard import facts_in
from mainstay.cockpit.tiles import Tiles
from mainstay.core import access
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard import PLACES, Content, Empty, Part, Question, Sight

MONEY = PLACES | {"exchangerate", "currency"}
EMPTY = Empty("No project here yet.", "/projects/new/", "Propose one")


def sees_all_figures(sight: Sight) -> bool:
    """Whether the person may see the figures of everything they look at."""
    if sight.home is not None:
        return access.may(sight.user, Verb.SEE_FIGURES, sight.home)
    figures, register = (access.condition(sight.user, verb) for verb in (Verb.SEE_FIGURES, Verb.SEE_REGISTER))
    return bool(figures == register)


def tiles_of(sight: Sight) -> Tiles:
    """The figures of what is looked at."""
    return Tiles(facts_in(sight), sight.currency, sight.links, may_see_all_figures=sees_all_figures(sight))


def _charts(sight: Sight) -> Charts:
    by_score = sight.options.get("value") == "score"
    return Charts(facts_in(sight), sight.currency, sight.links, by_score=by_score)


def _figures(sight: Sight) -> Content:
    tiles = tiles_of(sight)
    if not tiles.facts.cells:
        return Content(empty=EMPTY)
    return Content(sentence=tiles.finding, headline=tiles.finding[:-1], indicators=tuple(tiles.all()))


def _chart(draw: Callable[[Charts], Figure]) -> Callable[[Sight], Content]:
    def fill(sight: Sight) -> Content:
        charts = _charts(sight)
        return Content(charts=(draw(charts),)) if charts.facts.cells else Content(empty=EMPTY)

    return fill


def _health(sight: Sight) -> Content:
    tiles, charts = tiles_of(sight), _charts(sight)
    committed = charts.facts.committed
    whole = sum(cell.count for cell in committed)
    if not whole:
        return Content(empty=Empty("No work is committed here yet."))
    good = sum(cell.count for cell in committed if cell.health == "green")
    headline = (
        f"{words.number(good)} of {words.counted(whole, 'committed project')} {'is' if good == 1 else 'are'} on track"
    )
    return Content(headline=headline, indicators=(tiles.troubled(),), charts=(charts.health(),))


def _value_risk(sight: Sight) -> Content:
    charts = _charts(sight)
    if not charts.facts.cells:
        return Content(empty=EMPTY)
    model = charts.facts.judged.model
    choices = (
        (
            ("Value as benefit", sight.address(), not charts.by_score),
            (f"Value as score: {model}", sight.address(value="score"), charts.by_score),
        )
        if model
        else ()
    )
    return Content(charts=(charts.bubbles(),), choices=choices)


BOTH = (Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR)
COURSE, VALUE = Question.COURSE, Question.VALUE
PARTS = (
    Part(
        "figures",
        "Projects, cost and benefit",
        COURSE,
        _figures,
        MONEY,
        "Counts and sums of everything in the pipeline, committed or finished; each figure has its own definition.",
        (*BOTH, Role.PROGRAMME_MANAGER),
        is_wide=True,
        position=10,
    ),
    Part(
        "health",
        "Health",
        COURSE,
        _health,
        PLACES,
        "Committed projects by the health their managers declare: on track, at risk, off track, or not reported.",
        (Role.EXECUTIVE, *BOTH, Role.PROGRAMME_MANAGER),
        position=20,
    ),
    Part(
        "stages",
        "By stage",
        COURSE,
        _chart(Charts.stages),
        MONEY,
        "How many projects stand in each stage of the life cycle, and what they cost over their whole life.",
        BOTH,
        position=40,
    ),
    Part(
        "confidence",
        "Delivery confidence",
        COURSE,
        _chart(Charts.confidence),
        PLACES,
        "How sure the assurers are of committed work, on the five-point scale of public-sector assurance.",
        (Role.PORTFOLIO_MANAGER,),
        position=42,
    ),
    Part(
        "ends",
        "Ends",
        COURSE,
        _chart(Charts.ends),
        PLACES,
        "How many projects end in which quarter, from a year ago to three years ahead.",
        (Role.PORTFOLIO_MANAGER,),
        position=44,
    ),
    Part(
        "value_risk",
        "Value against risk",
        VALUE,
        _value_risk,
        MONEY | {"score", "scoremodel", "criterion"},
        "What each open project brings, as benefit or score, against its risk; the size is its cost.",
        (Role.PORTFOLIO_MANAGER,),
        position=34,
    ),
    Part(
        "themes",
        "Cost by theme",
        VALUE,
        _chart(Charts.themes),
        MONEY,
        "The whole-life cost of what is not dropped, by theme.",
        (Role.PORTFOLIO_MANAGER,),
        position=36,
    ),
)  # fmt: skip
