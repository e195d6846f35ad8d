"""What came back: benefits planned, read and verified up to now, over the months and by kind."""

import numpy as np

from mainstay.charts import words
from mainstay.cockpit.value.facts import NOUNS, benefits_url, register_of
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.value.benefits.register import LATE, Register
from mainstay.value.models.benefit import MONEY_BENEFITS, BenefitKind

DEFINITIONS = {
    "planned": "Money that benefits were to bring up to the end of the last month; disadvantages count below zero.",
    "came": "Money that was read up to then, times the share due to each project.",
    "rate": "What came divided by what was planned for the same months, over benefits that were read; never against "
    "the plan of all years.",
    "verified": "Of what came, the part finance has confirmed from the books.",
}
NOTHING = Empty("No benefit is written down here, or figures are not open to you.", "/value/benefits/", "Register")


def _came(sight: Sight) -> Content:
    register = register_of(sight)
    if not register.money.any():
        return Content(empty=NOTHING)
    url = benefits_url(sight)
    counts = {"have": int((register.money & register.now.is_read).sum()), "of": int(register.money.sum())}
    left = f"without {words.listed(register.missing)}: no exchange rate" if register.missing else ""
    named = (("Planned to date", "planned", register.planned), ("Came to date", "came", register.came))
    figures = [
        Indicator(
            label, words.money(amount, sight.currency), DEFINITIONS[key], url, note=left, amount=amount,
            noun="benefits", **(counts if key == "came" else {}),
        )
        for label, key, amount in named
    ]  # fmt: skip
    figures.append(_rate(register.rate, url))
    verified = words.money(register.verified, sight.currency)
    share = f"{words.percent(register.verified / register.came)} of it" if register.came > 0 else ""
    figures.append(
        Indicator("Verified", verified, DEFINITIONS["verified"], url, share, amount=register.verified)
    )  # fmt: skip
    headline = ""
    if register.rate is not None:
        headline = f"{words.percent(register.rate)} of what was planned by now came, where it was read"
    return Content("", headline, tuple(figures), (register.figure,), url=url)


def _rate(rate: float | None, url: str) -> Indicator:
    text = words.MISSING if rate is None else words.percent(rate)
    status = None
    if rate is not None:
        status = ("good", "85% or more") if rate >= LATE else ("warn", "Below the usual 85%")
    return Indicator("Realisation rate", text, DEFINITIONS["rate"], url, amount=rate, status=status)


def _kinds(sight: Sight) -> Content:
    register = register_of(sight)
    if not len(register.benefits.ids):
        return Content(empty=NOTHING)
    rows = [_money_row(register, kind, sight) for kind in MONEY_BENEFITS if (_of(register, kind)).any()]
    others = [_other_row(register, kind) for kind in BenefitKind if kind not in MONEY_BENEFITS]
    heads = ("Kind", "Planned to date", "Came to date", "Rate", "Verified")
    more = {"more": "Register of benefits", "more_url": benefits_url(sight)}
    tables = [Table(heads, tuple(rows), "Money by kind", **more)] if rows else []
    if counted := tuple(row for row in others if row):
        heads = ("Kind", "Benefits", "Read", "As planned", "Behind plan")
        tables.append(Table(heads, counted, "Other benefits: each has a unit of its own, so they are counted"))
    return Content(tables=tuple(tables))


def _of(register: Register, kind: BenefitKind) -> np.ndarray:
    usable = ~np.isnan(register.benefits.factor)
    return (register.benefits.kind == str(kind)) & usable


def _money_row(register: Register, kind: BenefitKind, sight: Sight) -> tuple[Cell, ...]:
    chosen, now = _of(register, kind), register.now
    planned, came, verified = (float(each[chosen].sum()) for each in (now.planned, now.came, now.verified))
    rate = now.rate(chosen)
    return (
        Cell(kind.label),
        figure(words.money(planned, sight.currency)),
        figure(words.money(came, sight.currency)),
        figure(words.MISSING if rate is None else words.percent(rate)),
        figure(words.money(verified, sight.currency)),
    )


def _other_row(register: Register, kind: BenefitKind) -> tuple[Cell, ...]:
    chosen, now = _of(register, kind), register.now
    if not chosen.any():
        return ()
    read = chosen & now.is_read
    good = int((read & (now.pace >= LATE)).sum())
    numbers = (int(chosen.sum()), int(read.sum()), good, int(read.sum()) - good)
    return (Cell(kind.label), *(figure(words.number(one)) for one in numbers))


PARTS = (
    Part(
        "value_came",
        "Benefits to date",
        Question.COURSE,
        _came,
        NOUNS,
        "What benefits were to bring up to the end of the last month, what was read, and what finance verified.",
        (Role.FINANCE, Role.PMO_DIRECTOR),
        is_wide=True,
        position=61,
    ),
    Part(
        "value_kinds",
        "Savings, revenue and other benefits",
        Question.COURSE,
        _kinds,
        NOUNS,
        "Benefits to date by kind: cashable and non-cashable savings, avoided cost, revenue, and what is no money.",
        (Role.FINANCE,),
        is_wide=True,
        position=63,
    ),
)
