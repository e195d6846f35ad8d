"""What the sample tells about each project, as read from the files beside this one."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = {"WATER": "water.toml", "POWER": "power.toml", "DIGITAL": "digital.toml", "HERON": "heron.toml"}
MILLION = 1_000_000
DAYS_A_MONTH = 30.4
RUNNING = {"active", "on_hold", "closing", "closed", "cancelled"}


@dataclass(frozen=True)
class Report:
    """What a project manager reported on a day."""

    day: int
    health: str
    confidence: str
    text: str


@dataclass(frozen=True)
class Facts:
    """One project of the sample; days count from today, money is in millions."""

    portfolio: str
    code: str
    name: str
    description: str
    theme: str
    kind: str
    stage: str
    cycle: int
    start: int
    months: int
    risk: int
    region: str
    driver: str
    carbon: int
    customers: int
    programme: str = ""
    currency: str = "GBP"
    cost: float | None = None
    benefit: float | None = None
    fit: int | None = None
    cost_was: float | None = None
    cost_changed: int | None = None
    cost_note: str = ""
    requires: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    pause: str = ""
    reason: str = ""
    ended: int | None = None
    manager: str = ""
    proposer: str = ""
    number: int = field(default=0, compare=False)

    @property
    def end(self) -> int:
        """The day it is planned to end."""
        return self.start + round(self.months * DAYS_A_MONTH)

    @property
    def has_run(self) -> bool:
        """Whether work on it began."""
        return self.stage in RUNNING

    @property
    def hour(self) -> int:
        """The hour of the day at which its people write things down."""
        return 8 + self.number % 9


def money(millions: float | None) -> Decimal | None:
    """An amount of money from millions."""
    return None if millions is None else (Decimal(str(millions)) * MILLION).quantize(Decimal("0.01"))


def read(name: str) -> dict[str, Any]:
    """One of the files."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def projects() -> list[Facts]:
    """Every project of the sample."""
    found = [(portfolio, row) for portfolio, name in FILES.items() for row in read(name)["project"]]
    return [_facts(portfolio, row, number) for number, (portfolio, row) in enumerate(found)]


def _facts(portfolio: str, row: dict[str, Any], number: int) -> Facts:
    return Facts(
        **row
        | {
            "portfolio": portfolio,
            "number": number,
            "description": " ".join(row["description"].split()),
            "requires": tuple(row.get("requires", ())),
            "reports": tuple(Report(*report) for report in row.get("reports", ())),
        }
    )
