"""What work of the sample was to bring, what its owners read of it every quarter, and what finance verified."""

from decimal import Decimal
from functools import cached_property, partial
from random import Random
from typing import Any

from mainstay.config.sample import facts, milestones
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.staff import Staff
from mainstay.engine.basics.periods import month_after, month_number, month_of
from mainstay.engine.benefits.profile import Profile, target
from mainstay.portfolio.models import Project
from mainstay.value.models import Benefit
from mainstay.value.operations import Read, add_benefit, record_readings, verify_readings

SAME = ("name", "kind", "is_disbenefit", "profile", "waiting", "months", "measure", "unit")
PROMISED = 20
QUARTER, READ_AFTER, VERIFIED_AFTER = 3, 12, 9
SPREAD, ROUND, SEED = 0.07, Decimal(100), 41
ENDED = frozenset({"closed", "closing"})


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the promises, the readings and their verification into the diary."""
    known = {one.code: one for one in projects}
    for place, row in enumerate(facts.read("benefits.toml")["benefit"]):
        _Told(known[row["code"]], row, staff, diary, place).enter()


class _Told:
    """One benefit: promised when its project began, read each quarter since it ended."""

    def __init__(self, one: Facts, row: dict[str, Any], staff: Staff, diary: Diary, place: int) -> None:
        self.one, self.row, self.staff, self.diary = one, row, staff, diary
        self.owner = staff.owner_of(one.portfolio, one.theme)
        over = one.end + (milestones.slip(one) if one.stage in ENDED else 0)
        self.first = month_after(diary.day(over), 1)
        self.chance = Random(SEED + place)  # noqa: S311  (readings, not secrets)

    def enter(self) -> None:
        """Write it all into the diary."""
        self.diary.enter(self.one.start + PROMISED, self._promise, hour=15)
        if "came" not in self.row:
            return
        month = month_after(self.first, QUARTER)
        while (due := (month - self.diary.today).days + READ_AFTER) < -1:
            self.diary.enter(due, partial(self._read, month_number(month) - QUARTER), hour=11)
            if not self.row.get("unverified") and due + VERIFIED_AFTER < -1:
                self.diary.enter(due + VERIFIED_AFTER, partial(self._verify, month_number(month) - QUARTER), hour=15)
            month = month_after(month, QUARTER)

    @property
    def whole(self) -> Decimal:
        """Everything it is to bring."""
        if "target" in self.row:
            return Decimal(self.row["target"])
        return ((money(self.one.benefit) or Decimal(0)) * Decimal(str(self.row["share"]))).quantize(Decimal(1))

    @cached_property
    def _course(self) -> list[Decimal]:
        """What was planned month by month."""
        profile, waiting = Profile(self.row.get("profile", "steady")), int(self.row.get("waiting", 0))
        return target(self.whole, int(self.row["months"]), profile, waiting)

    def _promise(self) -> None:
        given = {name: self.row[name] for name in SAME if name in self.row}
        if "attribution" in self.row:
            given["attribution"] = Decimal(self.row["attribution"])
        add_benefit(
            Project.objects.get(code=self.one.code),
            actor=self.staff["priya"],
            owner=self.staff[self.owner],
            target=self.whole,
            first_month=self.first,
            **given,
        )

    def _benefit(self) -> Benefit:
        return Benefit.objects.select_related("project").get(project__code=self.one.code, name=self.row["name"])

    def _read(self, first: int) -> None:
        read = [
            Read(month_of(month), self._amount(month), self.row["evidence"], confidence="high")
            for month in range(first, first + QUARTER)
        ]
        record_readings(self._benefit(), actor=self.staff[self.owner], readings=read)

    def _amount(self, month: int) -> Decimal:
        """What was planned for the month, as it came, and before the share of the project is taken."""
        place, row = month - month_number(self.first), self.row
        planned = float(self._course[place]) if place < len(self._course) else 0.0
        came = planned * row["came"] * self.chance.uniform(1 - SPREAD, 1 + SPREAD)
        amount = Decimal(str(came / float(row.get("attribution", 1))))
        return amount.quantize(Decimal(1)) if "target" in row else (amount / ROUND).quantize(Decimal(1)) * ROUND

    def _verify(self, first: int) -> None:
        months = [month_of(month) for month in range(first, first + QUARTER)]
        verify_readings(self._benefit(), actor=self.staff["mei"], months=months)
