"""What part of the money spent themes and kinds of work take, at least or at most."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.rulewords import BUDGET, bounds_in_words, part
from mainstay.authorisation.scenarios.mix import Kinds
from mainstay.authorisation.scenarios.ways import Offer
from mainstay.charts import words
from mainstay.engine import selection as engine
from mainstay.strategy.models import Bucket
from mainstay.strategy.queries.mix import classifications_for

THEME = "theme"
NOISE = 1e-6
Money = Mapping[int, float]


@dataclass(frozen=True, eq=False)
class Slice:
    """A theme or a kind of work with the part of the money, from 0 to 1, that its projects take.

    tag: what marks its projects in the problem.
    """

    name: str
    tag: str
    value: str
    low: float | None
    high: float | None
    projects: Collection[int]

    @property
    def rule(self) -> engine.Share:
        """The slice as the engine knows it; its id is a sentence."""
        id = f"{self.name} takes {bounds_in_words(self.low, self.high)} of what is spent"
        return engine.Share(id, BUDGET, {self.tag: self.value}, self.low, self.high)

    def broken(self, money: Money) -> str:
        """What is wrong with the money of a plan, by project, in words; nothing where the slice is kept."""
        own, whole = self._own(money), sum(money.values())
        wanted = [
            (self.low, "at least", own - (self.low or 0) * whole),
            (self.high, "at most", self._room(own, whole)),
        ]
        for bound, word, rest in wanted:
            if bound is not None and whole and rest < -NOISE * whole:
                asked = f"{word} {words.percent(bound)} is asked"
                return f"{self.name} takes {words.percent(own / whole)} of what is spent, {asked}"
        return ""

    def binds(self, money: Money, out: Money) -> str:
        """The bound that keeps a project out that costs something, in words; nothing where everybody still fits."""
        own, whole = self._own(money), sum(money.values())
        inside = [cost for project, cost in out.items() if cost and project in self.projects]
        beside = [cost for project, cost in out.items() if cost and project not in self.projects]
        if self.high is not None and inside and self._room(own + min(inside), whole + min(inside)) < -NOISE:
            return f"{self.name} at most {words.percent(self.high)} of what is spent"
        if self.low is not None and beside and own < self.low * (whole + min(beside)) - NOISE:
            return f"{self.name} at least {words.percent(self.low)} of what is spent"
        return ""

    def _own(self, money: Money) -> float:
        return sum(amount for project, amount in money.items() if project in self.projects)

    def _room(self, own: float, whole: float) -> float:
        return 0.0 if self.high is None else self.high * whole - own


def slices_of(scenario: Scenario, offers: Mapping[int, Offer], kinds: Collection[Kinds]) -> tuple[Slice, ...]:
    """The shares a scenario asks for."""
    return (*_themes(scenario, offers), *_kinds(scenario, kinds))


def _themes(scenario: Scenario, offers: Mapping[int, Offer]) -> Iterator[Slice]:
    for entry in scenario.rules.get("shares", []):
        theme = entry["theme"]
        inside = {pk for pk, offer in offers.items() if offer.theme == theme}
        yield Slice(theme, THEME, theme, part(entry.get("min")), part(entry.get("max")), inside)


def _kinds(scenario: Scenario, kinds: Collection[Kinds]) -> Iterator[Slice]:
    known = {one.code: one for one in kinds}
    for entry in scenario.rules.get("mix", []):
        code, bucket = entry["classification"], entry["bucket"]
        inside = known[code].inside(bucket) if code in known else set()
        name = f"{bucket} ({known[code].name})" if code in known else bucket
        yield Slice(name, f"kind:{code}", bucket, part(entry.get("min")), part(entry.get("max")), inside)


def buckets_of(scenario: Scenario, user: Any) -> dict[tuple[str, str], str]:
    """The kinds of work whose share can be limited, by classification and name, with how they are called."""
    rows = Bucket.objects.filter(classification__in=classifications_for(user, scenario.portfolio))
    rows = rows.select_related("classification").order_by("classification__position", "position", "pk")
    return {(row.classification.code, row.name): f"{row.name} ({row.classification.name})" for row in rows}
