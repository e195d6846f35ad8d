"""Whether the score with which work was chosen foretells what it returns."""

from datetime import datetime
from typing import Any

import numpy as np

from mainstay.charts import words
from mainstay.cockpit.learning.criteria import criteria_of
from mainstay.cockpit.value.facts import MONEY, NOUNS, Finished, Floats, finished_in
from mainstay.core.roles import Role
from mainstay.engine.learning import prediction
from mainstay.evaluation.models import Score
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase, Project

SEED, LEAST, MOST_SHOWN = 17, 5, 12
DEFINITIONS = {
    "spearman": "Spearman's rank correlation between the score a project had when it was first committed and what it "
    "returns by forecast, over finished projects with both: 1 means that scores put them in the order of their "
    "returns, 0 that they say nothing. With the interval of 90 % by drawing the projects again.",
    "cases": "Finished projects with a score before they were committed, a cost in the ledger and a benefit that was "
    "read. Below five nothing is concluded.",
}
WARNING = (
    "Only chosen work has results. Among it scores differ less than among all candidates, so the true relation is "
    "rather stronger; weights stay until a person changes them in the score model."
)


def _predicting(sight: Sight) -> Content:
    found = finished_in(sight)
    places = np.flatnonzero(found.counted).tolist()
    if not places:
        return Content(empty=Empty("No finished work has both a cost and a benefit that was read yet."))
    scores = _scores(sight, [found.ids[place] for place in places])
    known = [place for place in places if found.ids[place] in scores]
    returns = (found.forecast - found.cost) / np.where(found.cost > 0, found.cost, np.nan)
    told = prediction(np.array([scores[found.ids[place]].total for place in known]), returns[known], SEED)
    cases = Indicator(
        "Projects compared", words.number(told.cases), DEFINITIONS["cases"], sight.links.records(Phase.FINISHED),
        amount=told.cases, have=told.cases, of=len(found.ids), noun="finished projects",
        status=None if told.enough else ("warn", "Too few to conclude"),
    )  # fmt: skip
    one = told.spearman
    has_interval = told.enough and not np.isnan(one.low)
    text = words.MISSING if np.isnan(one.value) else f"{one.value:.2f}"
    between = f"between {one.low:.2f} and {one.high:.2f}" if has_interval else ""
    status = None
    if has_interval:
        status = ("good", "Scores foretell") if one.low > 0 else ("warn", "Not shown")
    rank = Indicator(
        "Score and return", text, DEFINITIONS["spearman"], "/evaluate/models/", between,
        amount=None if np.isnan(one.value) else one.value, status=status,
    )  # fmt: skip
    said, criteria = criteria_of([scores[found.ids[place]] for place in known], returns[known], SEED)
    tables = (*_table(found, known, scores, returns, sight), *criteria)
    return Content(f"{said} {WARNING}".strip(), indicators=(rank, cases), tables=tables)


def _scores(sight: Sight, ids: list[int]) -> dict[int, Any]:
    """The score of each project as it was last known before it was first committed, of the model that scored last."""
    committed = _committed(sight, ids)
    rows = Score.Version.objects.filter(project_id__in=ids).exclude(total=None).order_by("known_from")
    known = [(row.project_id, row) for row in rows if row.project_id in committed]
    return {pk: row for pk, row in known if row.known_from <= committed[pk]}


def _committed(sight: Sight, ids: list[int]) -> dict[int, datetime]:
    rows = Project.Version.objects.filter(row_id__in=ids, stage__phase=Phase.COMMITTED)
    if sight.as_of is not None:
        rows = rows.filter(known_from__lte=sight.as_of)
    return dict(rows.order_by("-known_from").values_list("row_id", "known_from"))


def _table(
    found: Finished, known: list[int], scores: dict[int, Any], returns: Floats, sight: Sight
) -> tuple[Table, ...]:
    if not known:
        return ()
    order = sorted(known, key=lambda place: -scores[found.ids[place]].total)[:MOST_SHOWN]
    rows = tuple(
        (
            Cell(found.names[place][1], sight.links.project(found.names[place][0])),
            figure(words.number(scores[found.ids[place]].total, 1)),
            figure(words.percent(float(returns[place]))),
        )
        for place in order
    )
    return (Table(("Project", "Score when chosen", "Return by forecast"), rows, "By score", is_folded=True),)


PARTS = (
    Part(
        "score_predicts",
        "Do scores foretell results?",
        Question.VALUE,
        _predicting,
        NOUNS | MONEY | {"score"},
        "The order of scores when work was chosen, against the order of what it returns.",
        (Role.PMO_DIRECTOR,),
        is_wide=True,
        position=72,
    ),
)
