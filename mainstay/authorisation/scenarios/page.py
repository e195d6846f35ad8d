"""What the page of a scenario and its fragments show."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.queries import findings_of
from mainstay.authorisation.result import Result, result_of
from mainstay.authorisation.rulewords import bounds_in_words
from mainstay.authorisation.scenarios import queries, sentences
from mainstay.authorisation.scenarios.binding import held_back_by
from mainstay.authorisation.scenarios.frame import Frame, frame_of
from mainstay.authorisation.scenarios.problem import worth
from mainstay.authorisation.scenarios.rights import rights
from mainstay.authorisation.scenarios.terms import KINDS, limitables
from mainstay.authorisation.scenarios.totals import Totals, start_of, totals_of
from mainstay.authorisation.sentences import proof
from mainstay.authorisation.studies.address import addresses_of
from mainstay.charts import Figure, words
from mainstay.charts.limits import LimitUse, limits
from mainstay.evaluation.corrections.taking import Taken


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: PlanLine
    value: str
    cost: float | None
    period: str
    change: str
    why_not: str


class ScenarioPage:
    """A scenario with everything its page tells, computed as it is asked for."""

    def __init__(self, scenario: Scenario, user: Any, as_of: Any = None) -> None:
        self.scenario, self.user, self.as_of = scenario, user, as_of

    @cached_property
    def frame(self) -> Frame:
        """What it is planned with, from the register as it is now."""
        today = self.scenario if self.as_of is None else Scenario.objects.get(pk=self.scenario.row_id)
        return frame_of(today, self.user)

    @cached_property
    def lines(self) -> list[Any]:
        """Its lines."""
        return queries.lines_for(self.scenario, self.as_of)

    @cached_property
    def totals(self) -> Totals:
        """What it comes to."""
        return totals_of(self.scenario, self.frame, self.lines)

    @property
    def finding(self) -> str:
        """The one sentence."""
        return sentences.finding(self.totals, self.frame)

    @property
    def value(self) -> str:
        """What it brings, as a figure."""
        return self.frame.aim.figure(round(self.totals.value, 2))

    @property
    def share(self) -> str:
        """What part that is of what everybody together would bring as preferred; nothing where that is nothing."""
        everything = sum(max(0.0, offer.ways[0].value) for offer in self.frame.offers.values())
        return words.percent(self.totals.value / everything) if everything and self.totals.count else ""

    @property
    def held_back_by(self) -> str:
        """The limits that bind, in words."""
        return words.listed(held_back_by(self.totals, self.frame, self.lines)) if self.totals.count else ""

    @property
    def differences(self) -> list[str]:
        """Against the plan of record it was branched from."""
        return sentences.differences(self.lines)

    @cached_property
    def result(self) -> Result | None:
        """The solver's answer, as long as what is asked stays."""
        return result_of(self.scenario)

    @property
    def proof(self) -> str:
        """How good the solver's plan provably is, and whether it was changed by hand since."""
        if self.result is None:
            return ""
        chosen = set(self.result.solution.chosen)
        now = {line.project.code for line in self.lines if line.is_in and line.project_id in self.frame.offers}
        by_hand = " The lines were changed by hand since." if chosen != now and self.result.solution.has_plan else ""
        return proof(self.result) + by_hand

    @property
    def can_be_studied(self) -> bool:
        """Whether the solver found a plan whose certainty can be asked for."""
        return self.result is not None and self.result.solution.has_plan and bool(self.result.ins)

    @property
    def studies(self) -> dict[str, str]:
        """What was found out about the solver's plan, by kind of study."""
        return findings_of(self.scenario, self.as_of)

    @property
    def addresses(self) -> dict[str, str]:
        """Where the studies are read and asked for, by kind."""
        return addresses_of(self.scenario.solution)

    @property
    def corrected(self) -> list[tuple[Any, list[Taken]]]:
        """The projects that count with corrected figures, and what was estimated; today's only."""
        known = self.frame.corrected if self.as_of is None else {}
        return [(offer, known[pk]) for pk, offer in self.frame.offers.items() if pk in known]

    @property
    def rights(self) -> dict[str, bool]:
        """What the person may do; nothing on a past date."""
        return rights(self.scenario, self.user) if self.as_of is None else {}

    @cached_property
    def rows(self) -> list[Shown]:
        """The lines as they are shown, those that are in first."""
        shown = [self.row(line) for line in self.lines]
        return sorted(shown, key=lambda one: (not one.line.is_in, one.line.project.code))

    def row(self, line: Any) -> Shown:
        """One line as it is shown."""
        offer = self.frame.offers.get(line.project_id)
        if offer is None:
            why = next((one.why for one in self.frame.left_out if one.id == line.project_id), "It takes no part.")
            return Shown(line, "–", None, "", "", why)
        way = offer.stop if offer.stop and not line.is_in else offer.way(line.option)
        start = start_of(self.frame, offer, line)
        value = worth(self.scenario, self.frame.periods, offer, way, start)
        return Shown(
            line, self.frame.aim.figure(round(value, 2)), sum(way.cost), self.frame.periods.name(start),
            _change(line), "",
        )  # fmt: skip

    def ways(self, line: Any) -> list[tuple[str, str, float]]:
        """What each way of running work that is set free brings and costs; nothing for other projects."""
        offer = self.frame.offers.get(line.project_id)
        if offer is None or offer.stop is None:
            return []
        worths = [(way, worth(self.scenario, self.frame.periods, offer, way, 0)) for way in (*offer.ways, offer.stop)]
        return [(way.name, self.frame.aim.figure(round(value, 2)), sum(way.cost)) for way, value in worths]

    @property
    def use(self) -> Figure:
        """What is used of money and further limits, as a picture."""
        next_in = self._cheapest_out
        money = [(one, one.is_over or one.left < next_in) for one in self.totals.money]
        uses = [*money, *((one, one.is_over) for one in self.totals.others)]
        return limits(
            [LimitUse(one.name, one.used, one.most or 0.0, self._unit(one.id), binds) for one, binds in uses]
        )

    @property
    def _cheapest_out(self) -> float:
        """What the cheapest project that is out costs: with less money left nobody comes in."""
        out = {line.project_id for line in self.lines if not line.is_in} & self.frame.offers.keys()
        return min((sum(way.cost) for pk in out for way in self.frame.offers[pk].ways), default=0.0)

    def _unit(self, id: str) -> str:
        source = self.frame.others.get(id)
        return source[0].unit if source and not source[0].is_money else self.frame.currency

    @property
    def spending(self) -> list[tuple[str, float]]:
        """Money by period, with the name of each."""
        return list(zip(self.totals.periods, self.totals.by_period, strict=True))

    @property
    def terms(self) -> list[tuple[str, str]]:
        """The limits, changes and shares in words."""
        names = limitables(self.scenario)
        told = [
            (
                f"{names.get(limit['source'], limit['source'])} {limit.get('year', '')}".strip(),
                _amount(limit.get("max", "")),
            )
            for limit in self.scenario.limits
        ]
        changes = [
            (f"{KINDS[one['kind']]} from {one['from']}", f"{one['amount']} {one.get('role', '')}".strip())
            for one in self.scenario.changes
        ]
        shares = [(f"Share of {one.name}", bounds_in_words(one.low, one.high)) for one in self.frame.slices]
        return told + changes + shares


def _amount(text: str) -> str:
    return words.number(float(text), 0 if float(text).is_integer() else 2) if text else ""


def _change(line: Any) -> str:
    """Against the plan of record: new, dropped, moved, or nothing."""
    was = bool(line.base.get("is_in"))
    if line.is_in != was:
        return "new" if line.is_in else "dropped"
    return "moved" if sentences.is_moved(line) else ""
