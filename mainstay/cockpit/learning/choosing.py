"""How a plan was chosen: what settling by hand and waiting cost, and what changed against the plan before."""

from collections.abc import Sequence
from typing import Any

from mainstay.authorisation.aims import Aim
from mainstay.authorisation.deciding.by_hand import ByHand, by_hand
from mainstay.authorisation.deciding.waiting import Waits, waits_of
from mainstay.authorisation.models import Decision, DecisionLine, Outcome
from mainstay.authorisation.queries import brought_by
from mainstay.charts import words
from mainstay.cockpit.learning.one_plan import CHOSEN, LEFT, MOST_SHOWN, NONE, PLAN_NOUNS, Look, look_at
from mainstay.core.templatetags.figures import day
from mainstay.engine import selection as engine
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase

MONTH_DAYS = 30.44
NO_ANSWER = Empty("This plan rests on no answer of the solver, so there is nothing to compare it with.")
DEFINITIONS = {
    "price": "What the best plan would have brought with nothing settled by hand, less what the decided plan brings: "
    "the same question, solved once more. What is committed already stays.",
    "decided": "What the decided plan brings, in what the plan made the most of.",
    "best": "What the best plan brings with nothing settled by hand.",
    "settled": "Candidates somebody put in or kept out by hand, with a reason.",
    "late": "What chosen work would bring more if each began at its best start: the price of limits that make it "
    "wait.",
    "later": "Candidates that were left out and are committed or finished today: what they bring comes later than it "
    "could have.",
    "still": "Candidates that were left out and wait still; they are candidates of the next plan.",
    "carried": "Candidates the plan before left out that were decided on again.",
    "again": "Of those carried over, the ones chosen this time.",
    "new": "Candidates the plan before did not know.",
    "stayed": "Projects both plans chose, of those the plan before chose.",
}


def _hand(sight: Sight) -> Content:
    look = look_at(sight)
    if look is None:
        return NONE
    told = by_hand(look.decision)
    if told is None:
        return Content(empty=NO_ANSWER)
    if not told.settled and not told.changed:
        return Content("Nothing was settled by hand: the plan is what the solver chose.")
    aim = _aim(look.decision)
    names = {line.project.code: line.project.name for line in look.lines}
    price, url = told.price, sight.links.page(f"/authorise/decisions/{look.row.row_id}/")
    figures = (
        _amount("Price of choosing by hand", "price", price, aim, url),
        _amount("Decided", "decided", told.decided, aim, url),
        _amount("Best without", "best", told.best, aim, url),
        Indicator(
            "Settled by hand", words.number(len(told.settled)), DEFINITIONS["settled"], url,
            amount=len(told.settled),
        ),
    )  # fmt: skip
    rows = tuple(_settled(look, one, aim) for one in told.settled[:MOST_SHOWN])
    heads = ("Candidate", "Settled", "Reason", "Cost of it")
    caption = "Settled by hand, with what each costs by itself"
    headline = f"choosing by hand cost {aim.figure(price)}" if price else ""
    tables = (Table(heads, rows, caption),) if rows else ()
    return Content(_hand_in_words(told, aim, names), headline, figures, tables=tables)


def _hand_in_words(told: ByHand, aim: Aim, names: dict[str, str]) -> str:
    if told.price is None:
        return "What was decided breaks a limit or a rule of the question that was asked, so it has no price."
    if told.price <= 1e-9 * max(1.0, abs(told.best)):
        return "What was settled by hand cost nothing: the best plan without it brings no more."
    sure = "" if told.is_proven else " at least"
    text = f"With nothing settled by hand the plan would have brought{sure} {aim.figure(told.best)} {aim.tail}, "
    text += f"{aim.figure(told.price)} more than was decided"
    ways = [("With", told.enters), ("without", told.leaves)]
    moved = [
        f"{way} {words.listed([f'“{names.get(code, code)}”' for code in codes])}" for way, codes in ways if codes
    ]
    return f"{text}. {', '.join(moved)}." if moved else f"{text}."


def _settled(look: Look, one: Any, aim: Aim) -> tuple[Cell, ...]:
    url = look.sight.links.project(one.code)
    way = "In" if one.way == "in" else "Out"
    price = words.MISSING if one.price is None else aim.figure(one.price)
    return (Cell(one.name, url), Cell(way), Cell(one.reason), figure(price))


def _waited(sight: Sight) -> Content:
    look = look_at(sight)
    if look is None:
        return NONE
    waits, aim = _waits(look.decision), _aim(look.decision)
    phases = look.world.phases
    later = [line for line in look.left if phases.get(line.project_id) in (Phase.COMMITTED, Phase.FINISHED)]
    still = [line for line in look.left if phases.get(line.project_id) == Phase.PIPELINE]
    lost = sum(one.lost for one in waits)
    url = sight.links.page(f"/authorise/decisions/{look.row.row_id}/")
    figures = (
        _amount("Lost by later starts", "late", lost, aim, url),
        _counted("Left out, done later", "later", len(later), len(look.left), url),
        _counted("Still waiting", "still", len(still), len(look.left), url),
    )
    tables = [_late(look, waits, aim), _later(look, later, aim), _still(look, still, aim)]
    said = f"later starts cost {aim.figure(lost)}" if lost else ""
    return Content(_waited_in_words(waits, later), said, figures, tables=tuple(one for one in tables if one.rows))


def _waited_in_words(waits: Sequence[Waits], later: Sequence[DecisionLine]) -> str:
    parts = []
    if waits:
        parts.append(f"{words.counted(len(waits), 'chosen project')} had to begin after the best start")
    if later:
        parts.append(f"{words.counted(len(later), 'candidate')} left out then came later all the same")
    text = ", and ".join(parts)
    return f"{text}." if text else "No chosen project waits for its best start, and nothing left out came later."


def _waits(decision: Decision) -> list[Waits]:
    solution = decision.solution
    if solution is None or not solution.has_plan:
        return []
    return waits_of(engine.read_problem(solution.problem), solution.answer)


def _late(look: Look, waits: Sequence[Waits], aim: Aim) -> Table:
    rows = tuple(
        (
            Cell(one.name, look.sight.links.project(one.code)),
            figure(words.number(one.periods)),
            figure(aim.figure(one.lost)),
        )
        for one in waits[:MOST_SHOWN]
    )
    return Table(("Project", "Periods after its best start", "Lost"), rows, "Chosen, but later than it would be best")


def _later(look: Look, lines: Sequence[DecisionLine], aim: Aim) -> Table:
    since = _decided_later(look, lines)
    rows = []
    for line in lines[:MOST_SHOWN]:
        plan = since.get(line.project_id)
        months = (plan.decided_at - look.row.decided_at).days / MONTH_DAYS if plan else None
        rows.append(
            (
                look.project(line),
                figure(aim.figure(line.value)),
                Cell(f"{plan.title}, {day(plan.decided_at.date())}" if plan else "Authorised by itself"),
                figure(words.number(months)),
            )
        )
    heads = ("Project", "Was to bring", "Chosen by", "Months later")
    return Table(heads, tuple(rows), "Left out then, committed or finished today")


def _decided_later(look: Look, lines: Sequence[DecisionLine]) -> dict[int, Any]:
    """The first later plan that chose each of these projects."""
    plans = {one.row_id: one for one in look.after}
    ids = [line.project_id for line in lines]
    chosen = DecisionLine.objects.filter(decision__in=plans, project__in=ids, outcome__in=CHOSEN)
    found: dict[int, Any] = {}
    for project, decision in chosen.values_list("project_id", "decision_id"):
        plan = plans[decision]
        if project not in found or plan.decided_at < found[project].decided_at:
            found[project] = plan
    return found


def _still(look: Look, lines: Sequence[DecisionLine], aim: Aim) -> Table:
    plans = [look.row.row_id, *(one.row_id for one in look.others)]
    out = DecisionLine.objects.filter(decision__in=plans, outcome__in=LEFT)
    times: dict[int, set[int]] = {}
    for project, decision in out.values_list("project_id", "decision_id"):
        times.setdefault(project, set()).add(decision)
    rows = tuple(
        (
            look.project(line),
            figure(aim.figure(line.value)),
            figure(words.number(len(times[line.project_id]))),
            Cell(line.reason),
        )
        for line in lines[:MOST_SHOWN]
    )
    more = words.counted(len(lines) - MOST_SHOWN, "more candidate") if len(lines) > MOST_SHOWN else ""
    heads = ("Candidate", "Was to bring", "Plans that left it out", "Why then")
    return Table(heads, rows, "Carried over: still waiting for a plan", more, is_folded=True)


def _before(sight: Sight) -> Content:
    look = look_at(sight)
    if look is None:
        return NONE
    if look.before is None:
        return Content("It is the first plan of this portfolio: there is none before it to compare with.")
    earlier = Look(sight, look.before, look.others)
    was = {line.project_id: line for line in earlier.lines}
    now = {line.project_id: line for line in look.lines}
    carried = {pk for pk, line in was.items() if line.outcome in LEFT and pk in now}
    again = {pk for pk in carried if now[pk].outcome in CHOSEN}
    stayed = [pk for pk, line in now.items() if pk in was and line.outcome in CHOSEN and was[pk].outcome in CHOSEN]
    url = sight.links.page(f"/learning/plans/{earlier.row.row_id}/")
    figures = (
        _counted("Carried over", "carried", len(carried), len(earlier.left), url, "left out before"),
        _counted("Of them chosen", "again", len(again), len(carried), url, "carried over"),
        _counted("New candidates", "new", len(now.keys() - was.keys()), len(now), url, "candidates"),
        _counted("Chosen in both", "stayed", len(stayed), len(earlier.chosen), url, "chosen before"),
    )
    text = f"No candidate came back from {earlier.row.title}."
    if carried:
        text = f"{words.counted(len(carried), 'candidate')} came back from {earlier.row.title}; "
        text += f"chosen this time: {words.number(len(again))}."
    rows = _side_by_side(earlier, look)
    heads = ("", earlier.row.title, look.row.title)
    table = Table(heads, rows, "The two plans side by side")
    tables = (one for one in (table, _moves(look, was, now)) if one.rows)
    return Content(text, "", figures, tables=tuple(tables), url=url)


def _side_by_side(earlier: Look, look: Look) -> tuple[tuple[Cell, ...], ...]:
    def row(label: str, tell: Any) -> tuple[Cell, ...]:
        return (Cell(label), figure(tell(earlier)), figure(tell(look)))

    def share(one: Look) -> str:
        return words.percent(len(one.chosen) / len(one.lines) if one.lines else None)

    return (
        row("Decided", lambda one: str(day(one.row.decided_at.date()))),
        row("Candidates", lambda one: words.number(len(one.lines))),
        row("Chosen", lambda one: words.number(len(one.chosen))),
        row("Share chosen", share),
        row("Cost of the plan", lambda one: words.money(float(one.row.cost), one.row.currency)),
        row("It brings", lambda one: brought_by(one.decision) or words.MISSING),
    )


def _moves(look: Look, was: dict[int, DecisionLine], now: dict[int, DecisionLine]) -> Table:
    """Candidates of both plans about which they decided otherwise, or of which the first left out."""
    both = [(was[pk], line) for pk, line in now.items() if pk in was and was[pk].outcome != line.outcome]
    rows = tuple(
        (look.project(line), Cell(Outcome(before.outcome).label), Cell(Outcome(line.outcome).label))
        for before, line in both[:MOST_SHOWN]
    )
    return Table(("Project", "Then", "Now"), rows, "Decided otherwise than in the plan before", is_folded=True)


def _aim(decision: Decision) -> Aim:
    if decision.solution is None:
        return Aim("", "value", "points")
    return Aim(**decision.solution.aim)


def _amount(label: str, key: str, amount: float | None, aim: Aim, url: str) -> Indicator:
    text = words.MISSING if amount is None else aim.figure(amount)
    return Indicator(label, text, DEFINITIONS[key], url, unit=aim.tail if amount is not None else "", amount=amount)


def _counted(label: str, key: str, have: int, of: int, url: str, noun: str = "left out") -> Indicator:
    return Indicator(label, words.number(have), DEFINITIONS[key], url, amount=have, have=have, of=of, noun=noun)


PARTS = tuple(
    Part(key, title, Question.VALUE, fill, PLAN_NOUNS, definition, is_personal=True, is_wide=True, position=position)
    for position, (key, title, fill, definition) in enumerate(
        (
            (
                "plan_by_hand",
                "What choosing by hand cost",
                _hand,
                "What an adopted plan would have brought with nothing put in or kept out by hand.",
            ),
            (
                "plan_waited",
                "What waiting cost",
                _waited,
                "What chosen work loses by beginning later, and what became of the candidates that were left out.",
            ),
            (
                "plan_before",
                "Against the plan before",
                _before,
                "What an adopted plan carried over from the one before it, and what was decided otherwise.",
            ),
        ),
        start=73,
    )
)
