"""What customers said before and after the work."""

from mainstay.charts import words
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import PLACES, Content, Empty, Indicator, Part, Sight
from mainstay.portfolio.dashboard import Question as Asked
from mainstay.value.models import Question
from mainstay.value.surveys.queries import Said, said_of, surveys_for

DEFINITIONS = {
    Question.CSAT: "Answers of 4 or 5 of 5 after the work, as a share of all (CSAT), with the interval of 95 % and "
    "what changed since before the work.",
    Question.NPS: "Promoters (9 or 10 of 10) less detractors (0 to 6) after the work, in points of a hundred (NPS), "
    "with the interval of 95 % and what changed since before the work.",
}
LABELS = {Question.CSAT: "Content customers", Question.NPS: "Net promoter score"}


def _satisfaction(sight: Sight) -> Content:
    rows = surveys_for(sight.user, sight.as_of).filter(
        project__in=sight.projects().order_by().values(sight.reading.key)
    )
    said = said_of(rows)
    if not said:
        return Content(empty=Empty("Nobody has asked customers here yet."))
    return Content(indicators=tuple(_indicator(one) for one in said))


def _indicator(one: Said) -> Indicator:
    after, change = one.after, one.change
    known = after.answers > 0
    told = [f"{_text(one.question, after.low)} to {_text(one.question, after.high)}"] if known else []
    if change.answers and change.value == change.value:
        sure = "" if one.is_shown else ", which may be chance"
        told.append(f"{100 * change.value:+.0f} points since before{sure}")
    return Indicator(
        LABELS[one.question],
        _text(one.question, after.value) if known else words.MISSING,
        DEFINITIONS[one.question],
        comparison="; ".join(told),
        amount=after.value if known else None,
        note=f"{words.counted(after.answers, 'answer')} from {words.counted(one.projects, 'project')}",
    )


def _text(question: Question, value: float) -> str:
    return words.percent(value) if question == Question.CSAT else f"{100 * value:+.0f}"


PARTS = (
    Part(
        "satisfaction",
        "How content customers are",
        Asked.COURSE,
        _satisfaction,
        PLACES | {"survey"},
        "What customers answered to surveys before and after the work, all answers together.",
        (Role.PMO_DIRECTOR,),
        position=67,
    ),
)
