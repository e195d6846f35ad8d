"""Where value leaks: benefits behind their plan, never measured or not verified, and finished work without any."""

import numpy as np

from mainstay.charts import words
from mainstay.cockpit.value.facts import NOUNS, benefit_url, benefits_url, finished_in, register_of, with_benefits
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.value.benefits.register import Line, Register

MOST_SHOWN = 8
DEFINITIONS = {
    "behind": "Money planned for the months that were read less what came, of every benefit where less came; what "
    "others brought above their plan is not set off.",
    "unmeasured": "Money planned up to the end of the last month of benefits that nobody has ever read; it may have "
    "come, and nobody knows.",
    "unverified": "Money that was read and finance has not confirmed yet.",
    "without": "Finished projects whose figures you may see and for which no benefit is on the register.",
}


def _leaks(sight: Sight) -> Content:
    register, finished = register_of(sight), finished_in(sight)
    if not len(register.benefits.ids) and not finished.ids:
        return Content(empty=Empty("Nothing was to come by now: no benefit is on the register."))
    now, money = register.now, register.money
    missing = np.where(money & now.is_read, np.maximum(now.due - now.came, 0.0), 0.0)
    behind, unverified = float(missing.sum()), float((now.came - now.verified)[money].sum())
    amounts = (
        ("Behind plan", "behind", behind, int((missing > 0).sum())),
        ("Not measured", "unmeasured", register.unmeasured_money, int((money & now.is_unmeasured).sum())),
        ("Not verified", "unverified", unverified, int((money & now.is_read & (now.came != now.verified)).sum())),
    )
    figures = [_amount(*one, sight) for one in amounts]
    known = with_benefits(sight)
    without = sum(1 for pk in finished.ids if pk not in known)
    figures.append(
        Indicator(
            "Finished without benefits", words.number(without), DEFINITIONS["without"],
            sight.links.records(Phase.FINISHED), amount=without, have=without, of=len(finished.ids),
            noun="finished projects", status=("warn", "Nobody can say") if without else ("good", "None"),
        )
    )  # fmt: skip
    leaking = behind + register.unmeasured_money
    headline = f"{words.money(leaking, sight.currency)} is behind plan or not measured" if leaking else ""
    return Content("", headline, tuple(figures), tables=_table(register, missing, sight))


def _amount(label: str, key: str, amount: float, count: int, sight: Sight) -> Indicator:
    text = words.money(amount, sight.currency)
    told = words.counted(count, "benefit")
    return Indicator(label, text, DEFINITIONS[key], benefits_url(sight, key), told, amount=amount)


def _table(register: Register, missing: np.ndarray, sight: Sight) -> tuple[Table, ...]:
    """The benefits of which most money is missing or unknown."""
    unknown = np.where(register.money & register.now.is_unmeasured, register.now.planned, 0.0)
    lost = missing + np.maximum(unknown, 0.0)
    order = [int(place) for place in np.argsort(-lost, kind="stable")[:MOST_SHOWN] if lost[place] > 0]
    if not order:
        return ()
    rows = tuple(
        _row(line, float(lost[place]), sight) for place, line in zip(order, register.lines(order), strict=True)
    )
    heads = ("Benefit", "Project", "Planned to date", "Came to date", "Missing or unknown", "Stands")
    more = {"more": "All that are behind plan", "more_url": benefits_url(sight, "behind")}
    return (Table(heads, rows, "The largest leaks", **more),)


def _row(line: Line, lost: float, sight: Sight) -> tuple[Cell, ...]:
    kind, said = line.badge
    came = words.MISSING if line.is_unmeasured else words.money(line.came, line.unit)
    return (
        Cell(line.benefit.name, benefit_url(sight, line.benefit)),
        Cell(line.benefit.project.name, sight.links.project(line.benefit.project.code)),
        figure(words.money(line.planned, line.unit)),
        figure(came),
        figure(words.money(lost, sight.currency)),
        Cell(said, status="bad" if kind == "poor" else kind),
    )


PARTS = (
    Part(
        "value_leaks",
        "Where value leaks",
        Question.VALUE,
        _leaks,
        NOUNS | {"moneyline", "ledgerline"},
        "Benefits that came short of their plan, that nobody measured or finance has not verified, and finished work "
        "for which nobody wrote down what it was to bring.",
        (Role.PMO_DIRECTOR, Role.FINANCE),
        is_wide=True,
        position=60,
    ),
)
