"""Selection: which candidates to choose, in which option and when, under limits and rules, and why.

Nouns: Problem (Limit, Candidate, Option, rules), Answer (Choice, LimitUse, Conflict, Explanation, Flip).
Verbs: read_problem, read_chosen, solve, changed, marginal_worth, answer_to_dict. The solver is loaded
at the first solve.
It must not know where a problem comes from or how an answer is worded for people.
"""

from mainstay.engine.selection.answer import (
    Answer,
    Choice,
    Conflict,
    Explanation,
    Flip,
    LimitUse,
    MarginalWorth,
    Member,
)
from mainstay.engine.selection.candidate import Candidate, Option
from mainstay.engine.selection.earlier import changed, read_chosen
from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.limit import Limit, Overload
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.reader import PROBLEM_FORMAT, read_problem
from mainstay.engine.selection.rule import (
    AllOrNone,
    AtMostOne,
    Bonus,
    FinishToStart,
    MeasureBounds,
    Requires,
    Rule,
    Saving,
    Share,
)
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.solving import solve
from mainstay.engine.selection.worth import marginal_worth
from mainstay.engine.selection.writer import (
    ANSWER_FORMAT,
    answer_to_dict,
    problem_sha256,
    problem_to_dict,
)

__all__ = [
    "ANSWER_FORMAT",
    "PROBLEM_FORMAT",
    "AllOrNone",
    "Answer",
    "AtMostOne",
    "Bonus",
    "Candidate",
    "Choice",
    "Conflict",
    "Effort",
    "Explanation",
    "FinishToStart",
    "Flip",
    "Limit",
    "LimitUse",
    "MarginalWorth",
    "MeasureBounds",
    "Member",
    "Option",
    "Overload",
    "Problem",
    "ProblemError",
    "Requires",
    "Rule",
    "Saving",
    "Share",
    "Solver",
    "answer_to_dict",
    "changed",
    "marginal_worth",
    "problem_sha256",
    "problem_to_dict",
    "read_chosen",
    "read_problem",
    "solve",
]
