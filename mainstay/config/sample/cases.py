"""Business cases of what is proposed: options, lines by year with ranges, demand, assumptions, risks, editions."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts
from mainstay.config.sample.biography import LATER, PROPOSED
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.setting import FIRST_MONTH
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics import Curve, spread
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import BusinessCase, CostLine
from mainstay.identification.operations.assumptions import add_assumption
from mainstay.identification.operations.cases import edit_case, open_case, publish_case
from mainstay.identification.operations.lines import Entry, enter_lines
from mainstay.identification.operations.options import add_option
from mainstay.identification.operations.risks import add_risk
from mainstay.portfolio.models import Project
from mainstay.resources import standard
from mainstay.resources.models import Role, Skill

PIPELINE = {"proposed", "under_evaluation", "candidate"}
WITHOUT = {"POW-018", "POW-022", "DIG-015", "DIG-019"}
RATES = ((-1000, "4.5"), (-300, "6"))
WRITTEN, PUBLISHED, AGAIN = 24, 30, 62
DEARER = Decimal("1.08")
CENT = Decimal("0.01")
WHOLE = 100


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write roles, discount rates and every case into the diary."""
    told = facts.read("cases.toml")
    diary.enter(-1000, standard.set_up)
    for day, rate in RATES:
        diary.enter(day, partial(set_discount, None, actor=MAINSTAY, from_date=diary.day(day), rate=Decimal(rate)))
    for one in projects:
        if one.stage in PIPELINE and one.code not in WITHOUT and one.cost:
            _Case(one, told, staff).enter(diary)


class _Case:
    """The case of one project; its sums are what the register knows of the project."""

    def __init__(self, one: Facts, told: dict[str, Any], staff: Staff) -> None:
        self.one, self.staff = one, staff
        self.kind, self.consequences = told["kind"][one.kind], told["consequences"][one.theme]
        self.guide = "priya" if one.portfolio == "HERON" else "amara"
        self.owner = staff.owner_of(one.portfolio, one.theme)

    def enter(self, diary: Diary) -> None:
        proposed = PROPOSED[self.one.cycle] + self.one.number % 20 + LATER.get(self.one.stage, 0)
        self.start = diary.day(self.one.start)
        diary.enter(proposed + WRITTEN, self._write, hour=11)
        if self.one.stage == "proposed":
            return
        diary.enter(proposed + PUBLISHED, partial(self._publish, "First edition"), hour=14)
        if self._comes_again:
            diary.enter(proposed + AGAIN, self._estimate_again, hour=15)
            diary.enter(proposed + AGAIN, partial(self._publish, "Estimates after the second offer"), hour=16)

    @property
    def _comes_again(self) -> bool:
        """Whether the estimates were dearer at first."""
        return self.one.number % 3 == 0

    @property
    def actor(self) -> Person:
        return self.staff[self.guide]

    @property
    def case(self) -> BusinessCase:
        return BusinessCase.objects.get(project__code=self.one.code)

    def _write(self) -> None:
        case = open_case(
            Project.objects.get(code=self.one.code),
            actor=self.actor,
            problem=self.one.description,
            consequences=self.consequences,
            first_period=self._first_day(),
            periods=self.kind["years"],
        )
        self.frame = Frame.of(case)
        option = case.options.get(is_preferred=True)
        factor = DEARER if self._comes_again else Decimal(1)
        for kind, entries in (
            ("costs", self._costs(factor)),
            ("benefits", self._benefits()),
            ("demands", self._demands()),
        ):
            enter_lines(self.case, actor=self.actor, option=option, kind=kind, entries=entries)
        self._do_less(case, option)
        self._judge(case)

    def _first_day(self) -> date:
        year = self.start.year if self.start.month >= FIRST_MONTH else self.start.year - 1
        return date(year, FIRST_MONTH, 1)

    def _entry(self, number: int, fields: dict[str, Any], likely: dict[str, Decimal], told: dict[str, Any]) -> Entry:
        """A line with its range, where one is told."""
        low, high = told.get("range", (0, 0))
        amounts: dict[str, Any] = {"likely": likely}
        if low or high:
            amounts["low"] = {key: _share(amount, WHOLE - low) for key, amount in likely.items()}
            amounts["high"] = {key: _share(amount, WHOLE + high) for key, amount in likely.items()}
        return Entry(f"new-{number}", None, fields, amounts)

    def _costs(self, factor: Decimal) -> list[Entry]:
        whole = ((facts.money(self.one.cost) or Decimal(0)) * factor).quantize(CENT)
        parts = _parts(whole, [told["share"] for told in self.kind["costs"]])
        return [
            self._entry(
                number,
                {
                    "name": told["name"],
                    "cost_type": told["type"],
                    "is_capital": told["capital"],
                    "basis": told["basis"],
                },
                self._laid(part, told["from"], told["years"], told["curve"]),
                told,
            )
            for number, (told, part) in enumerate(zip(self.kind["costs"], parts, strict=True))
        ]

    def _benefits(self) -> list[Entry]:
        owner = self.staff.known[self.owner].pk
        measure = self.kind["measure"]
        months = self.frame.keys[2:]
        other = {"name": measure["name"], "kind": measure["kind"], "unit": measure["unit"], "owner_id": owner}
        other |= {"measure": measure["measure"]}
        entries = [self._entry(99, other, {key: Decimal(measure["amount"]) for key in months}, {})]
        if self.one.benefit is None:
            return entries
        parts = _parts(facts.money(self.one.benefit) or Decimal(0), [told["share"] for told in self.kind["benefits"]])
        for number, (told, part) in enumerate(zip(self.kind["benefits"], parts, strict=True)):
            fields = {name: told[name] for name in ("name", "kind", "measure")} | {"owner_id": owner}
            years = self.frame.count - told["from"]
            entries.append(self._entry(number, fields, self._laid(part, told["from"], years, told["curve"]), told))
        return entries

    def _demands(self) -> list[Entry]:
        entries = []
        for number, told in enumerate(self.kind["demands"]):
            word, model = ("role", Role) if "role" in told else ("skill", Skill)
            who = model.objects.get(key=told[word])
            fields = {"name": told["name"], f"{word}_id": who.pk, "curve": told["curve"]}
            days = Decimal(told["days"]) * self._size
            entries.append(self._entry(number, fields, self._laid(days, 0, told["years"], told["curve"]), {}))
        return entries

    @property
    def _size(self) -> Decimal:
        """How large it is beside the usual project of its kind, in steps of a tenth."""
        return max(Decimal("0.3"), min(Decimal(3), Decimal(str(self.one.cost or 1)) / 4)).quantize(Decimal("0.1"))

    def _laid(self, whole: Decimal, first: int, years: int, curve: str) -> dict[str, Decimal]:
        keys = self.frame.keys[first : first + years]
        return dict(zip(keys, spread(whole.quantize(CENT), len(keys), Curve(curve)), strict=True))

    def _do_less(self, case: BusinessCase, option: Any) -> None:
        """The same for less: the lines of the proposal at two thirds of cost and half of the benefit."""
        reduced = add_option(
            self.case, actor=self.actor, name="Reduced", kind="reduced", description=self.kind["reduced"],
            copy_of=option,
        )  # fmt: skip
        for kind, rows, percent in (("costs", reduced.costs.all(), 66), ("benefits", reduced.benefits.all(), 52)):
            entries = [
                Entry(
                    str(row.pk),
                    row.pk,
                    {},
                    {
                        name: {key: _share(Decimal(text), percent) for key, text in getattr(row, name).items()}
                        for name in ("likely", "low", "high")
                    },
                )
                for row in rows
            ]
            enter_lines(self.case, actor=self.actor, option=reduced, kind=kind, entries=entries)

    def _judge(self, case: BusinessCase) -> None:
        owner = self.staff.known[self.owner]
        for told in self.kind["assumptions"]:
            check = self.start - timedelta(days=20)
            add_assumption(case, actor=self.actor, owner=owner, check_by=check, **told)
        cost = facts.money(self.one.cost) or Decimal(0)
        for number, told in enumerate(self.kind["risks"]):
            add_risk(case, actor=self.actor, owner=owner if number else None, **_risk(told, cost))

    def _estimate_again(self) -> None:
        option = self.case.options.get(is_preferred=True)
        known = dict(CostLine.objects.filter(option=option).values_list("name", "pk"))
        self.frame = Frame.of(self.case)
        entries = [
            Entry(entry.key, known[entry.fields["name"]], entry.fields, entry.amounts)
            for entry in self._costs(Decimal(1))
        ]
        reason = "The second offer came in lower"
        enter_lines(self.case, actor=self.actor, option=option, kind="costs", entries=entries, reason=reason)
        edit_case(self.case, actor=self.actor, consequences=f"{self.consequences} The board saw this in the spring.")

    def _publish(self, reason: str) -> None:
        publish_case(self.case, actor=self.actor, reason=reason)


def _parts(whole: Decimal, shares: list[int]) -> list[Decimal]:
    """A sum in shares, to the cent; what remains goes to the first."""
    parts = [_share(whole, share) for share in shares]
    return [parts[0] + whole - sum(parts), *parts[1:]]


def _share(amount: Decimal, percent: int) -> Decimal:
    return (amount * percent / WHOLE).quantize(CENT)


def _risk(told: dict[str, Any], cost: Decimal) -> dict[str, Any]:
    """A risk with its impact as money; the table tells it in percent of the cost."""
    given = {name: told.get(name, "") for name in ("name", "cause", "effect", "response", "plan")}
    given |= {"kind": told.get("kind", "threat"), "probability": Decimal(str(told["probability"]))}
    given["impact"] = _share(cost, told["impact"])
    if "residual" in told:
        probability, impact = told["residual"]
        given |= {"residual_probability": Decimal(str(probability)), "residual_impact": _share(cost, impact)}
    return given
