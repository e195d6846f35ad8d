"""How the sample plans its years: planning cycles, a blind round with its result and one that is open, and pairs."""

from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.judging_models import CLEAN, CRITERIA, JUDGED, LEGACY, NAME
from mainstay.config.sample.staff import Staff
from mainstay.evaluation.models import PairwiseSession, RoundItem, ScoreModel, ScoringRound
from mainstay.evaluation.operations.judgements import Said, give_judgements, recuse
from mainstay.evaluation.operations.models import create_model, grant_bypass, publish_model
from mainstay.evaluation.operations.pairwise import close_session, compare_pair, open_session, publish_session
from mainstay.evaluation.operations.rounds import close_round, finish_round, open_round, repeat_round
from mainstay.evaluation.operations.scores import score_projects
from mainstay.governance.models import Cycle
from mainstay.governance.operations.cycles import advance_cycle, create_cycle
from mainstay.portfolio.models import Portfolio, Project

# Per cycle: the day it is prepared, then the days on which it goes one state on.
CYCLES = {
    1: (-905, (-890, -800, -780, -770, -760)),
    2: (-545, (-530, -430, -392, -388, -380)),
    3: (-240, (-232, -12)),
}
EXECUTIVES = ("edward", "helen", "samuel")
JUDGES = ("helen", "mei", "nadia.kowalska", "samuel")
MOST_ITEMS = 8
# For each judge the levels given, item after item, for each criterion in turn; None is a recusal.
LAST_YEAR: dict[str, tuple[tuple[int, ...] | None, ...]] = {
    "helen": ((3, 2, 3), (2, 2, 1), (4, 3, 2), (1, 2, 2), (3, 3, 3), (2, 1, 2), (4, 3, 3), (2, 2, 1)),
    "mei": ((2, 2, 3), (2, 1, 1), (3, 3, 2), (1, 1, 2), (3, 2, 3), (2, 1, 1), (3, 3, 3), (2, 2, 2)),
    "nadia.kowalska": ((3, 3, 3), (2, 2, 2), (0, 1, 2), (1, 2, 2), None, (3, 1, 2), (4, 3, 3), (2, 3, 1)),
    "samuel": ((3, 2, 2), (1, 2, 1), (4, 2, 2), (2, 2, 2), (3, 3, 2), (2, 1, 2), (1, 3, 3), (3, 2, 1)),
}
AGAIN = {("nadia.kowalska", 2): (3, 2, 2), ("samuel", 6): (3, 3, 3)}
THIS_YEAR = {"helen": 5, "samuel": 3, "mei": 1}
WHY = {
    ("helen", 2): "The strategy names it twice, with a date.",
    ("nadia.kowalska", 2): "I find no word of it in the energy plan.",
    ("samuel", 6): "Half of the benefits are counted in another programme already.",
}
# The answers to the pairs of the four criteria in this order: 1-2, 2-3, 3-4, 1-3, 2-4, 1-4.
PLACES = ((0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3))
PAIRS = {
    2: {
        "edward": (3.0, 3.0, 1 / 3, 6.0, 1.0, 3.0),
        "helen": (1.0, 3.0, 1 / 3, 3.0, 1.0, 1.0),
        "samuel": (1 / 3, 3.0, 1.0, 1.0, 3.0, 1.0),
    },
    3: {"helen": (3.0, 3.0, 1 / 3, 6.0, 1.0, 3.0), "samuel": (1.0, 1 / 3)},
}


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the cycles, the models, the rounds and the sessions into the diary."""
    for number, (prepared, steps) in CYCLES.items():
        diary.enter(prepared, partial(_prepare, number, staff, diary))
        for day in steps:
            diary.enter(day, partial(_advance, number, staff, diary), hour=8)
    _last_year(projects, staff, diary)
    _this_year(projects, staff, diary)
    _models(staff, diary)


def _last_year(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    codes = [facts.code for facts in projects if facts.cycle == 2 and facts.currency == "GBP"][:MOST_ITEMS]
    diary.enter(-440, partial(_judged_model, staff, diary))
    diary.enter(-428, partial(_open_session, 2, staff, diary))
    diary.enter(-425, partial(_answer, 2, staff, diary))
    diary.enter(-423, partial(_publish, 2, staff, diary))
    diary.enter(-421, partial(_open_round, 2, codes, JUDGES, staff, diary))
    for judge in JUDGES:
        diary.enter(-415, partial(_judge_last_year, judge, staff, diary), hour=11)
    diary.enter(-410, partial(_close_and_repeat, staff, diary))
    diary.enter(-406, partial(_judge_again, staff, diary))
    diary.enter(-403, partial(_finish, staff, diary))


def _this_year(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    waiting = [one for one in projects if one.cycle == 3 and one.stage == "candidate" and one.currency == "GBP"]
    codes = [facts.code for facts in waiting][:MOST_ITEMS]
    diary.enter(-9, partial(_open_session, 3, staff, diary))
    diary.enter(-7, partial(_answer, 3, staff, diary))
    diary.enter(-5, partial(_open_round, 3, codes, (*JUDGES, "edward"), staff, diary))
    for judge, count in THIS_YEAR.items():
        diary.enter(-3, partial(_judge_this_year, judge, count, staff, diary), hour=10)
    diary.enter(-2, partial(_stand_aside, staff, diary))


def _models(staff: Staff, diary: Diary) -> None:
    for name, criteria, about in (LEGACY, CLEAN):
        diary.enter(-690, partial(_plain_model, name, criteria, about, staff))
        diary.enter(-14, partial(_score, name, staff), hour=17)


def _name(number: int, diary: Diary) -> str:
    decided = {1: -765, 2: -385, 3: -6}[number]
    return str(diary.day(decided).year + 1)


def _top() -> Portfolio:
    return Portfolio.objects.get(code="NORTHMOOR")


def _cycle(number: int, diary: Diary) -> Cycle:
    return Cycle.objects.get(portfolio=_top(), name=_name(number, diary))


def _prepare(number: int, staff: Staff, diary: Diary) -> None:
    year, steps = int(_name(number, diary)), CYCLES[number][1]
    start = diary.day(0).replace(year=year, month=1, day=1)
    create_cycle(
        _top(),
        actor=staff["priya"],
        name=str(year),
        start_date=start,
        end_date=start.replace(month=12, day=31),
        intake_until=diary.day(steps[1]),
        decision_date=diary.day(steps[-1] if number < 3 else 24),
        note=f"What Northmoor starts in {year}.",
    )


def _advance(number: int, staff: Staff, diary: Diary) -> None:
    advance_cycle(_cycle(number, diary), actor=staff["priya"])


def _judged_model(staff: Staff, diary: Diary) -> None:
    about = "Three things people judge by levels in words, beside the benefit for each pound."
    terms = {"name": NAME, "description": about, "criteria": CRITERIA, "cycle": _cycle(2, diary)}
    model = create_model(_top(), actor=staff["amara"], **terms)
    publish_model(model, actor=staff["amara"], note="Equal weights, until the executives have compared them.")


def _plain_model(name: str, criteria: Any, about: str, staff: Staff) -> None:
    create_model(_top(), actor=staff["amara"], name=name, description=about, criteria=criteria)


def _score(name: str, staff: Staff) -> None:
    score_projects(ScoreModel.objects.get(name=name), actor=staff["amara"])


def _session_name(number: int, diary: Diary) -> str:
    return f"Weights for {_name(number, diary)}"


def _open_session(number: int, staff: Staff, diary: Diary) -> None:
    open_session(
        _top(),
        actor=staff["priya"],
        name=_session_name(number, diary),
        model=ScoreModel.objects.get(name=NAME),
        participants=[staff[username] for username in EXECUTIVES],
        due_date=diary.day(-424 if number == 2 else 7),
        cycle=_cycle(number, diary),
        note="Ten minutes, alone, before the board meets.",
    )


def _answer(number: int, staff: Staff, diary: Diary) -> None:
    session = PairwiseSession.objects.get(name=_session_name(number, diary))
    keys = session.keys
    pairs = [(keys[left], keys[right]) for left, right in PLACES]
    for username, ratios in PAIRS[number].items():
        participant = session.participants.get(person__username=username)
        for (left, right), ratio in zip(pairs, ratios, strict=False):
            compare_pair(participant, actor=staff[username], left=left, right=right, ratio=ratio)


def _publish(number: int, staff: Staff, diary: Diary) -> None:
    session = PairwiseSession.objects.get(name=_session_name(number, diary))
    close_session(session, actor=staff["priya"])
    session.refresh_from_db()
    publish_session(session, actor=staff["priya"], reason="Agreed by the executives for the cycle.")


def _round_name(number: int, diary: Diary) -> str:
    return f"Candidates of {_name(number, diary)}"


def _open_round(number: int, codes: list[str], judges: tuple[str, ...], staff: Staff, diary: Diary) -> None:
    projects = list(Project.objects.filter(code__in=codes).order_by("code"))
    open_round(
        ScoreModel.objects.get(name=NAME),
        actor=staff["priya"],
        name=_round_name(number, diary),
        projects=projects,
        evaluators=[staff[username] for username in judges],
        due_date=diary.day(-411 if number == 2 else 10),
        tolerance=Decimal(40),
        cycle=_cycle(number, diary),
        note="Judge by the words of the levels, not by what you expect of the others.",
    )


def _round(number: int, diary: Diary) -> ScoringRound:
    return ScoringRound.objects.get(name=_round_name(number, diary))


def _items(held: ScoringRound) -> list[RoundItem]:
    return list(held.items.order_by("project__code"))


def _say(item: RoundItem, username: str, levels: tuple[int, ...], place: int, staff: Staff) -> None:
    why = WHY.get((username, place), "")
    said = [Said(label, level, why) for label, level in zip(JUDGED, levels, strict=True)]
    give_judgements(item, actor=staff[username], judgements=said)


def _judge_last_year(username: str, staff: Staff, diary: Diary) -> None:
    for place, (item, levels) in enumerate(zip(_items(_round(2, diary)), LAST_YEAR[username], strict=False)):
        if levels is None:
            recuse(item, actor=staff[username], conflict="I proposed it myself.")
        else:
            _say(item, username, levels, place, staff)


def _close_and_repeat(staff: Staff, diary: Diary) -> None:
    held = close_round(_round(2, diary), actor=staff["priya"])
    repeat_round(held, actor=staff["priya"], due_date=diary.day(-405))


def _judge_again(staff: Staff, diary: Diary) -> None:
    held = _round(2, diary)
    for (username, place), levels in AGAIN.items():
        item = _items(held)[place]
        if item.turn == held.turn:
            _say(item, username, levels, -1, staff)


def _finish(staff: Staff, diary: Diary) -> None:
    held = close_round(_round(2, diary), actor=staff["priya"])
    finish_round(held, actor=staff["amara"])


def _judge_this_year(username: str, count: int, staff: Staff, diary: Diary) -> None:
    for place, item in enumerate(_items(_round(3, diary))[:count]):
        _say(item, username, LAST_YEAR[username][-place - 1] or (2, 2, 2), -1, staff)


def _stand_aside(staff: Staff, diary: Diary) -> None:
    held = _round(3, diary)
    recuse(_items(held)[1], actor=staff["edward"], conflict="My wife sits on the board of the supplier.")
    project = _items(held)[0].project
    reason = "The drinking water inspectorate ordered it; the year is fixed by law."
    grant_bypass(project, actor=staff["priya"], model=held.model, reason=reason)
