"""The strategy of the sample: goals with two years of check-ins, what projects give, drivers, and kinds of work."""

import random
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.staff import Staff
from mainstay.config.sample.strategy_ratings import rate_in_bulk
from mainstay.portfolio.models import Portfolio, Project
from mainstay.strategy.models import Classification, Department, Driver, Goal, KeyResult
from mainstay.strategy.operations.causes import link_cause
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.drivers import create_department, create_driver, weigh_drivers
from mainstay.strategy.operations.goals import create_goal, weigh_goals
from mainstay.strategy.operations.mix import WantedBucket, classify_projects, create_classification
from mainstay.strategy.operations.results import add_result, correct_check_in, record_check_in

WRITTEN, WEIGHED_AGAIN, JUDGED = -745, -395, -3
EVERY, LAST = 60, -12
ENTRIES = 12
SEED = 2027
GIVEN = {1: -735, 2: -372, 3: -2}
NO_KIND = frozenset({"DIG-019", "POW-022", "DIG-015", "HER-001", "HER-002"})


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the strategy into the diary."""
    told = facts.read("strategy.toml")
    diary.enter(WRITTEN, partial(_goals, told, staff, diary))
    diary.enter(
        WEIGHED_AGAIN, partial(_weigh, told["goal"], staff, "weight", "The board put rivers and carbon first.")
    )
    chance = random.Random(SEED)  # noqa: S311  (figures, not secrets)
    for row in told["result"]:
        _check_in(row, staff, diary, chance)
    for row in told["measure"]:
        _watch(row, staff, diary)
    diary.enter(LAST + 3, partial(_correct, staff))
    for cycle, day in GIVEN.items():
        codes = {one.code for one in projects if one.cycle == cycle}
        diary.enter(day, partial(_give, told, codes, staff), hour=15)
    diary.enter(WRITTEN + 5, partial(_drivers, told, staff))
    diary.enter(WRITTEN + 6, partial(_kinds, told, staff))
    diary.enter(JUDGED, partial(rate_in_bulk, told["driver"], projects, staff), hour=16)
    diary.enter(JUDGED, partial(_place, projects, staff), hour=17)


def _top() -> Portfolio:
    return Portfolio.objects.get(code="NORTHMOOR")


def _goals(told: dict[str, Any], staff: Staff, diary: Diary) -> None:
    goals: dict[str, Goal] = {}
    dates = {"start_date": diary.day(WRITTEN), "end_date": diary.day(WRITTEN + 2000)}
    for row in told["goal"]:
        fields = {name: row[name] for name in ("code", "name", "description", "perspective", "kind") if name in row}
        parent, owner = goals.get(row.get("parent", "")), staff[row["owner"]]
        place = None if row.get("kind") == "vision" else _top()
        goals[row["code"]] = create_goal(
            place, actor=staff["priya"], parent=parent, owner=owner, **fields, **({} if place is None else dates)
        )
    _weigh(told["goal"], staff, "was", "")
    for row in told["result"]:
        numbers = {"start_value": Decimal(row["start"]), "target_value": Decimal(row["target"])}
        days = {"start_date": diary.day(WRITTEN), "due_date": diary.day(row["until"])}
        words = {"name": row["name"], "unit": row["unit"], "weight": row.get("weight", 1)}
        owner = goals[row["goal"]].owner
        add_result(goals[row["goal"]], actor=staff["amara"], owner=owner, **words, **numbers, **days)
    for row in told["measure"]:
        band = {f"healthy_{end}": Decimal(str(row[end])) for end in ("from", "to") if end in row}
        add_result(
            goals[row["goal"]], actor=staff["amara"], kind="measure", name=row["name"], unit=row["unit"], **band
        )
    for source, targets in told["causes"].items():
        for target in targets:
            link_cause(goals[source], actor=staff["amara"], target=goals[target])


def _weigh(rows: list[dict[str, Any]], staff: Staff, name: str, reason: str) -> None:
    for parent in {row["parent"] for row in rows if "parent" in row}:
        own = {row["code"]: Decimal(row.get(name, row["weight"])) for row in rows if row.get("parent") == parent}
        goals = list(Goal.objects.filter(code__in=own))
        weigh_goals(goals, actor=staff["priya"], weights={goal.pk: own[goal.code] for goal in goals}, reason=reason)


def _check_in(row: dict[str, Any], staff: Staff, diary: Diary, chance: random.Random) -> None:
    """A check-in every two months, on a bent way with a little chance."""
    for number in range(ENTRIES):
        share = row["done"] * ((number + 1) / ENTRIES) ** row["bend"] + chance.uniform(-0.015, 0.015)
        share = row["done"] if number == ENTRIES - 1 else max(share, 0)
        value = Decimal(round(row["start"] + (row["target"] - row["start"]) * share))
        passed = (LAST - (ENTRIES - 1 - number) * EVERY - WRITTEN) / (row["until"] - WRITTEN)
        confidence = max(1, min(5, round(3.6 + (share - passed) * 6)))
        note = row["notes"][number % len(row["notes"])] if number % 3 == 2 else ""
        day = LAST - (ENTRIES - 1 - number) * EVERY
        act = partial(_record, row["name"], staff, value, diary.day(day), confidence, note)
        diary.enter(day, act, hour=11)


def _record(name: str, staff: Staff, value: Decimal, day: Any, confidence: int | None, note: str) -> None:
    result = KeyResult.objects.get(name=name)
    told = {"value": value, "on_date": day, "confidence": confidence, "note": note}
    record_check_in(result, actor=staff["amara"], **told)


def _watch(row: dict[str, Any], staff: Staff, diary: Diary) -> None:
    for number, value in enumerate(row["values"]):
        day = LAST - (len(row["values"]) - 1 - number) * 2 * EVERY
        act = partial(_record, row["name"], staff, Decimal(str(value)), diary.day(day), None, "")
        diary.enter(day, act, hour=12)


def _correct(staff: Staff) -> None:
    """One figure was typed wrongly and is put right; both entries stay."""
    wrong = KeyResult.objects.get(name="Customers with one record").check_ins.order_by("on_date").last()
    correct_check_in(wrong, actor=staff["grace"], value=wrong.value - 1, note="Test accounts were counted too.")


def _give(told: dict[str, Any], codes: set[str], staff: Staff) -> None:
    projects = {project.code: project for project in Project.objects.filter(code__in=codes)}
    for goal_code, shares in told["shares"].items():
        goal = Goal.objects.get(code=goal_code)
        results = {result.name: result for result in goal.key_results.all()}
        for code, share in shares.items():
            if code in projects:
                through = results.get(told["through"].get(code, ""))
                terms = {"goal": goal, "share": Decimal(share), "key_result": through}
                set_contribution(projects[code], actor=staff["amara"], **terms)


def _drivers(told: dict[str, Any], staff: Staff) -> None:
    for row in told["department"]:
        create_department(_top(), actor=staff["amara"], name=row["name"], head=staff[row["head"]])
    for row in told["driver"]:
        statements = dict(zip(("none", "low", "moderate", "strong", "extreme"), row["statements"], strict=True))
        department = Department.objects.get(name=row["department"])
        words = {"name": row["name"], "code": row["code"], "statements": statements}
        create_driver(_top(), actor=staff["amara"], department=department, **words)
    weights = {row["code"]: Decimal(row["weight"]) for row in told["driver"]}
    drivers = list(Driver.objects.all())
    weigh_drivers(drivers, actor=staff["priya"], weights={one.pk: weights[one.code] for one in drivers})


def _kinds(told: dict[str, Any], staff: Staff) -> None:
    for row in told["classification"]:
        buckets = [WantedBucket(name, Decimal(share)) for name, share in row["buckets"].items()]
        words = {name: row[name] for name in ("name", "code", "description")}
        create_classification(_top(), actor=staff["amara"], buckets=buckets, **words)


def _place(projects: list[Facts], staff: Staff) -> None:
    for kind, sort in (("RGT", _growth), ("NATURE", lambda one: one.kind.capitalize())):
        row = Classification.objects.get(code=kind)
        for bucket in row.buckets.all():
            codes = [one.code for one in projects if one.code not in NO_KIND and sort(one) == bucket.name]
            found = list(Project.objects.filter(code__in=codes))
            classify_projects(found, actor=staff["amara"], classification=row, bucket=bucket)


def _growth(one: Facts) -> str:
    """Keep what we have, do more of it, or do something new."""
    if one.kind in {"digital", "change"}:
        return "Transform"
    return "Grow" if one.theme in {"Net zero", "Healthy rivers"} else "Run"
