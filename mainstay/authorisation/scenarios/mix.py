"""What a scenario does for the strategy: its mix of kinds of work against target, and the goals it serves."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mainstay.authorisation.models import Scenario
from mainstay.charts.mix_against_target import BucketMix
from mainstay.core.system import Actor
from mainstay.portfolio.queries import Reading
from mainstay.strategy.models import Bucket, Placement
from mainstay.strategy.queries.mix import classifications_for
from mainstay.strategy.queries.tree import Strategy

WHOLE = 100
NOISE = 1e-9
UNPLACED = "In no kind"


@dataclass(frozen=True)
class Kind:
    """A bucket as it is planned: its target share of the money and how far that may differ, from 0 to 1."""

    name: str
    target: float
    tolerance: float


@dataclass(frozen=True, eq=False)
class Kinds:
    """A way to sort work into kinds; places: the number of the kind of each project that lies in one."""

    code: str
    name: str
    kinds: tuple[Kind, ...]
    places: Mapping[int, int]

    def inside(self, kind: str) -> set[int]:
        """The projects that lie in a kind of this name."""
        return {project for project, place in self.places.items() if self.kinds[place].name == kind}


@dataclass(frozen=True, eq=False)
class Goal:
    """A goal; reach: its part of the whole strategy; shares: what each project gives to it; all from 0 to 1."""

    code: str
    name: str
    reach: float
    shares: Mapping[int, float]


@dataclass(frozen=True)
class Part:
    """What a scenario spends on a kind of work, beside its target and what the plan of record spends on it."""

    name: str
    amount: float
    share: float | None
    was: float | None
    target: float | None = None
    tolerance: float = 0.0

    @property
    def points(self) -> float | None:
        """Share less target, in points of a per cent."""
        return None if self.share is None or self.target is None else (self.share - self.target) * WHOLE

    @property
    def is_off(self) -> bool:
        """Whether it differs from its target by more than its tolerance."""
        return self.points is not None and abs(self.points) > self.tolerance * WHOLE + NOISE

    @property
    def status(self) -> tuple[str, str]:
        """How it stands, as a kind of status and a word."""
        if self.points is None:
            return "none", "No target" if self.target is None else "No money"
        if not self.is_off:
            return "good", "Within tolerance"
        return "warn", "Too much" if self.points > 0 else "Too little"


@dataclass(frozen=True)
class Mix:
    """The money of a scenario by the kinds of a classification."""

    code: str
    name: str
    parts: tuple[Part, ...]

    @property
    def off(self) -> list[Part]:
        """The kinds outside their tolerance."""
        return [part for part in self.parts if part.is_off]

    @property
    def buckets(self) -> list[BucketMix]:
        """The kinds as the picture takes them."""
        return [BucketMix(one.name, one.amount, one.target, one.tolerance) for one in self.parts]


@dataclass(frozen=True)
class Served:
    """What is given to a goal, from 0 to 1: by the plan, by the plan of record, and by everybody who takes part."""

    code: str
    name: str
    reach: float
    plan: float
    was: float
    most: float


def kinds_of(scenario: Scenario, actor: Actor, projects: Collection[int]) -> tuple[Kinds, ...]:
    """The classifications in use for the portfolio, with the places of the projects."""
    found = classifications_for(actor, scenario.portfolio)
    buckets: dict[int, list[Bucket]] = defaultdict(list)
    for row in Bucket.objects.filter(classification__in=found).order_by("position", "pk"):
        buckets[row.classification_id].append(row)
    number = {row.pk: place for rows in buckets.values() for place, row in enumerate(rows)}
    places: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Placement.objects.filter(classification__in=found, project__in=projects).order_by()
    for classification, project, bucket in rows.values_list("classification_id", "project_id", "bucket_id"):
        places[classification][project] = number[bucket]
    return tuple(
        Kinds(one.code, one.name, tuple(map(_kind, buckets[one.pk])), places[one.pk])
        for one in found
        if buckets[one.pk]
    )


def _kind(row: Bucket) -> Kind:
    return Kind(row.name, float(row.target_share) / WHOLE, float(row.tolerance) / WHOLE)


def goals_of(scenario: Scenario, actor: Actor, projects: Collection[int]) -> tuple[Goal, ...]:
    """The open goals to which the projects themselves contribute, those that matter most first."""
    found = []
    for node in Strategy(Reading(actor), scenario.portfolio, "all").open:
        shares: dict[int, float] = defaultdict(float)
        for share in node.shares:
            if share.project_id in projects:
                shares[share.project_id] += float(share.share) / WHOLE
        if shares:
            found.append(Goal(node.goal.code, node.goal.name, float(node.reach), shares))
    return tuple(sorted(found, key=lambda goal: -goal.reach))


Money = Mapping[int, float]


def mixes(kinds: Collection[Kinds], plan: Money, was: Money) -> Iterator[Mix]:
    """The money of a plan by kind, beside that of the plan of record; both by project."""
    for one in kinds:
        spent, before = (_by_kind(one, money) for money in (plan, was))
        whole, whole_before = sum(spent), sum(before)
        parts = [
            Part(
                kind.name, spent[place], _share(spent[place], whole), _share(before[place], whole_before),
                kind.target, kind.tolerance,
            )
            for place, kind in enumerate(one.kinds)
        ]  # fmt: skip
        if spent[-1] or before[-1]:
            parts.append(Part(UNPLACED, spent[-1], _share(spent[-1], whole), _share(before[-1], whole_before)))
        yield Mix(one.code, one.name, tuple(parts))


def _by_kind(kinds: Kinds, money: Money) -> list[float]:
    """Money by kind, and behind the last what lies in none."""
    sums = [0.0] * (len(kinds.kinds) + 1)
    for project, amount in money.items():
        sums[kinds.places.get(project, -1)] += amount
    return sums


def _share(amount: float, whole: float) -> float | None:
    return amount / whole if whole else None


def served(goals: Collection[Goal], plan: Collection[int], was: Collection[int]) -> Iterator[Served]:
    """What a plan gives to each goal, beside the plan of record; no goal gets more than the whole of it."""
    for goal in goals:
        given = [sum(share for pk, share in goal.shares.items() if pk in some) for some in (plan, was, goal.shares)]
        yield Served(goal.code, goal.name, goal.reach, *(min(1.0, each) for each in given))
