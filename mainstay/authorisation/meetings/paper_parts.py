"""The parts of a project's paper: its case, its scores, why it is in or out, its goals, its gate."""

from statistics import median
from typing import Any

from mainstay.authorisation.gates.operations import gate_of
from mainstay.authorisation.models import Solution, StudyKind
from mainstay.authorisation.result import told_by
from mainstay.authorisation.sentences import money
from mainstay.authorisation.why import why
from mainstay.charts import words
from mainstay.core.errors import Impossible
from mainstay.evaluation.models import Judgement
from mainstay.governance.gates.asking import asked
from mainstay.identification.case_totals import Totals, preferred
from mainstay.identification.models import BusinessCase
from mainstay.portfolio.models import Project

Part = dict[str, Any] | None
LATEST_ANSWERS = 20


def part(
    key: str, title: str, *, text: str = "", facts: dict[str, str] | None = None, head: Any = (), rows: Any = ()
) -> Part:
    """A part of a paper; nothing where it says nothing."""
    known = [[name, value] for name, value in (facts or {}).items() if value]
    if not (text or known or rows):
        return None
    return {"key": key, "title": title, "text": text, "facts": known, "head": list(head), "rows": list(rows)}


def case_parts(project: Project) -> list[Part]:
    """The business case as last published, with validated assumptions and open risks."""
    case = BusinessCase.objects.filter(project=project).first()
    if case is None:
        return []
    edition = case.editions.first()
    option = preferred(edition.content) if edition else None
    facts = {"Edition": f"{edition.number}"} if edition else {}
    if option is not None:
        totals = Totals(option)
        facts |= {
            "Preferred option": option["name"],
            "Cost by its lines": "" if totals.cost is None else money(totals.cost, case.currency),
            "Benefit by its lines": "" if totals.benefit is None else money(totals.benefit, case.currency),
        }
    return [part("case", "The business case", text=case.problem, facts=facts), _assumptions(case), _risks(case)]


def _assumptions(case: BusinessCase) -> Part:
    rows = [[one.text, one.get_belief_display(), one.evidence] for one in case.assumptions.all()]
    return part("assumptions", "Assumptions", head=["We assume that", "State", "Evidence"], rows=rows)


def _risks(case: BusinessCase) -> Part:
    rows = [
        [one.name, words.percent(float(one.probability)), money(one.impact, case.currency), one.plan]
        for one in case.risks.filter(is_closed=False)
    ]
    return part("risks", "Risks", head=["Risk", "Probability", "Impact", "What we do"], rows=rows)


def score_parts(project: Project) -> list[Part]:
    """What it scores by each model, and how far the judgements of evaluators lie apart."""
    rows = [
        [score.model.name, words.number(score.total, 1), words.percent(score.rated_share), "; ".join(score.obstacles)]
        for score in project.scores.select_related("model")
    ]
    head = ["Model", "Score", "Rated", "Gates it fails"]
    return [part("scores", "Scores", head=head, rows=rows), _spread(project)]


def _spread(project: Project) -> Part:
    points: dict[str, list[float]] = {}
    for one in Judgement.objects.filter(item__project=project, evaluator__round__state="finished"):
        points.setdefault(one.criterion, []).append(one.points)
    rows = [
        [name, f"{len(given)}", *(words.number(value, 1) for value in (min(given), median(given), max(given)))]
        for name, given in sorted(points.items())
    ]
    return part(
        "spread",
        "How far evaluators lie apart",
        head=["Criterion", "Judgements", "Lowest", "Median", "Highest"],
        rows=rows,
    )


def answer_parts(project: Project) -> list[Part]:
    """Why the last answer has it in or out, and whether that choice holds; nothing where it tells secrets."""
    solution = next((row for row in _answers(project) if project.code in row.projects), None)
    if solution is None or _is_mixed(solution, project):
        return []
    result = told_by(solution)
    line = result.line(project.code)
    reason = why(result, line) if line else ""
    studies = solution.studies.filter(kind=StudyKind.ROBUSTNESS).order_by("-pk")[:1]
    return [
        part("answer", "Why it is in or out", text=reason, facts={"Answer to": str(solution.question)}),
        *(part("robustness", "Whether the choice holds", text=study.finding) for study in studies),
    ]


def _answers(project: Project) -> Any:
    keys = project.path.strip("/").split("/")
    paths = ["/" + "/".join(keys[: depth + 1]) + "/" for depth in range(len(keys))]
    rows = Solution.objects.filter(portfolio__path__in=paths, status__in=["optimal", "feasible"])
    return rows.order_by("-pk")[:LATEST_ANSWERS]


def _is_mixed(solution: Solution, project: Project) -> bool:
    return Project.objects.filter(pk__in=solution.project_ids).exclude(seal=project.seal).exists()


def strategy_parts(project: Project) -> list[Part]:
    """The goals it contributes to."""
    rows = [
        [str(one.goal), words.percent(float(one.share) / 100), one.note]
        for one in project.contributions.select_related("goal")
    ]
    return [part("alignment", "Alignment with goals", head=["Goal", "Share", "Note"], rows=rows)]


def gate_parts(review: Any) -> list[Part]:
    """What the gate asks and what the project answers."""
    if review is None:
        return []
    try:
        gate = gate_of(review)
    except Impossible:
        return []
    rows = [
        [line.text, "there" if line.is_met else "missing", line.answer, line.note]
        for line in asked(review.project, gate, review.answers)
    ]
    return [part("gate", f"The gate: {gate['name']}", head=["Asked for", "Stands", "Answer", "Note"], rows=rows)]
