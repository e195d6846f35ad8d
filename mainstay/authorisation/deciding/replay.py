"""Replaying a decision: the stored problem is solved anew and must give the answer that was decided on."""

from dataclasses import dataclass
from typing import Any

from mainstay.authorisation.deciding.content import canonical, sha256
from mainstay.authorisation.models import Decision
from mainstay.charts import words
from mainstay.core.errors import Impossible
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Project

SECONDS = 20.0
SMALL = 1e-6
FIGURES = ("stage_id", "start_date", "end_date", "cost", "benefit")


@dataclass(frozen=True)
class Replay:
    """What came of it: fingerprints of the result then and now, and every difference in a sentence."""

    decision: Decision
    result_then: str
    result_now: str
    differences: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Whether the same problem gave the same answer."""
        return not self.differences

    @property
    def statement(self) -> str:
        """The outcome in a sentence."""
        if self.matches:
            return "Solved anew, the stored problem gives the same answer: nothing differs."
        return f"Solved anew, {words.counted(len(self.differences), 'thing')} differ: {' '.join(self.differences)}"


def replay(decision: Decision, *, seconds: float = SECONDS) -> Replay:
    """Solve the problem of a decision once more and compare."""
    solution = decision.solution
    if solution is None or not solution.has_plan:
        raise Impossible("This decision rests on no solved problem, so there is nothing to replay.")
    problem = engine.read_problem(solution.problem)
    told: dict[str, Any] = solution.answer
    answer = engine.solve(problem, seconds=seconds, seed=told.get("seed", 0))
    now = engine.answer_to_dict(answer)
    differences = [*_of_the_problem(decision, problem), *_of_the_answer(told, now)]
    return Replay(decision, _fingerprint(told), _fingerprint(now), tuple(differences))


def _fingerprint(answer: dict[str, Any]) -> str:
    """The fingerprint of who was chosen and what that is worth."""
    objective = None if answer.get("objective") is None else round(answer["objective"], 6)
    return sha256(canonical([answer["chosen"], objective]))


def _of_the_problem(decision: Decision, problem: engine.Problem) -> list[str]:
    if engine.problem_sha256(problem) == decision.problem_sha256:
        return []
    return ["The stored problem is not the one that was solved then."]


def _of_the_answer(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs; a plan that was not proven may be matched by another one worth as much."""
    found = []
    gain = (now["objective"] or 0.0) - (then["objective"] or 0.0)
    if abs(gain) > SMALL * max(1.0, abs(then["objective"] or 0.0)):
        found.append(f"The plan found now brings {words.signed(gain, 2)} against then.")
    before, after = (_placed(each) for each in (then, now))
    if came := sorted(after.keys() - before.keys()):
        found.append(f"Now in: {words.listed(came)}.")
    if left := sorted(before.keys() - after.keys()):
        found.append(f"No longer in: {words.listed(left)}.")
    if moved := sorted(code for code in before.keys() & after.keys() if before[code] != after[code]):
        found.append(f"With another option or start: {words.listed(moved)}.")
    return found


def _placed(answer: dict[str, Any]) -> dict[str, tuple[str, int]]:
    return {each["candidate"]: (each["option"], each["start"]) for each in answer["chosen"]}


def corrected_since(decision: Decision) -> list[str]:
    """The codes of projects whose figures, dates or stage were changed after the knowledge the decision rests on."""
    ids = list(decision.lines.values_list("project_id", flat=True))
    then = Project.objects.as_of(decision.known_at).filter(row_id__in=ids).values_list("row_id", *FIGURES)
    now = {row[0]: row for row in Project.objects.filter(pk__in=ids).values_list("pk", *FIGURES)}
    changed = [row[0] for row in then if tuple(now.get(row[0], ())) != tuple(row)]
    return list(Project.objects.filter(pk__in=changed).order_by("code").values_list("code", flat=True))
