"""What the work brings and what may be lost: returns, benefit that hangs on projects in trouble, and risks."""

from decimal import Decimal

from django.db.models import F
from django.urls import reverse

from mainstay.charts import words
from mainstay.cockpit.parts.standing import MONEY, sees_all_figures
from mainstay.cockpit.queries.dashboard import facts_in
from mainstay.cockpit.queries.exposure import Exposure, exposure_of
from mainstay.cockpit.queries.returns import Return, forecast_return, planned_return
from mainstay.cockpit.queries.sums import TROUBLED, by_currency
from mainstay.cockpit.tiles import HIDDEN
from mainstay.cockpit.value.facts import finished_in
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Health, Phase
from mainstay.value.queries import Converted

NOT_YET = "Not measured yet"
MOST_SHOWN = 6
LARGE_SHARE = 0.25
"""From this share of the benefit on, trouble is worth an alarm."""
DEFINITIONS = {
    "planned": "Benefits less costs, divided by costs, over committed and finished projects that give both: the "
    "ratio of "
    "the sums, not the mean of the ratios; not discounted.",
    "forecast": "The same with what each project will have cost in the end instead of its planned cost: what was "
    "spent up to last month and the forecast from then on. Only finished projects and those with a forecast count.",
    "realised": "Benefits read up to now less what finished work has cost, divided by that cost: the ratio of the "
    "sums over finished projects with a cost and a reading; not discounted.",
    "at_risk": "The whole-life benefit of committed projects that are at risk or off track by their own report.",
    "inherent": "Probability times impact of every open risk of committed projects, added up; opportunities count "
    "against threats. Money is converted at the latest rates.",
    "residual": "The same with the probability and impact that stay after the responses; where none is given, "
    "as before.",
    "recorded": "How many of the committed projects whose figures you may see have an open risk written down.",
}


def _returns(sight: Sight) -> Content:
    planned, forecast = planned_return(sight), forecast_return(sight)
    if not planned.of:
        return Content(empty=Empty("No work is committed or finished here yet."))
    links, given = sight.links, {"cost": "given", "benefit": "given"}
    records = links.records(Phase.COMMITTED, Phase.FINISHED, **given)
    names = (("Planned return", "planned", planned), ("Forecast return", "forecast", forecast))
    indicators = [_return(label, key, one, records, sight) for label, key, one in names]
    indicators.append(_realised(sight))
    headline = ""
    if planned.share is not None:
        ahead = f", {words.percent(forecast.share)} by forecast" if forecast.share is not None else ""
        headline = f"the work is planned to return {words.percent(planned.share)}{ahead}"
    return Content("", headline, tuple(indicators))


def _realised(sight: Sight) -> Indicator:
    found = finished_in(sight)
    share, url = found.roi(found.came), sight.links.records(Phase.FINISHED)
    if share is None:
        return Indicator("Realised return", NOT_YET, DEFINITIONS["realised"])
    return Indicator(
        "Realised return", words.percent(share), DEFINITIONS["realised"], url, unit="of cost", amount=share,
        have=int(found.counted.sum()), of=len(found.ids), noun="finished projects",
    )  # fmt: skip


def _return(label: str, key: str, found: Return, url: str, sight: Sight) -> Indicator:
    missing = words.MISSING if sees_all_figures(sight) or found.have else HIDDEN
    benefit, cost = (words.money(float(one.amount), sight.currency) for one in (found.benefit, found.cost))
    left = sorted({*found.benefit.missing, *found.cost.missing})
    return Indicator(
        label,
        missing if found.share is None else words.percent(found.share),
        DEFINITIONS[key],
        url,
        f"{benefit} for {cost}" if found.share is not None else "",
        note=f"without {words.listed(left)}: no exchange rate" if left else "",
        unit="of cost" if found.share is not None else "",
        amount=found.share,
        have=found.have,
        of=found.of,
    )


def _value_at_risk(sight: Sight) -> Content:
    facts = facts_in(sight)
    committed = facts.committed
    if not committed:
        return Content(empty=Empty("No work is committed here yet."))
    troubled = [cell for cell in committed if cell.health in TROUBLED]
    whole, at_risk = (
        facts.rates.convert(by_currency(some, "benefit"), sight.currency) for some in (committed, troubled)
    )
    given = sum(cell.with_benefit for cell in troubled)
    if not given and not sees_all_figures(sight):
        return Content(empty=Empty("Figures of this work are not open to you."))
    share = float(at_risk.amount / whole.amount) if whole.amount else None
    indicator = Indicator(
        "Benefit at risk",
        words.money(float(at_risk.amount), sight.currency),
        DEFINITIONS["at_risk"],
        sight.links.records(Phase.COMMITTED, health=TROUBLED),
        f"{words.percent(share)} of {words.money(float(whole.amount), sight.currency)} committed"
        if share is not None
        else "",
        note=_left_out(at_risk),
        amount=at_risk.amount,
        have=given,
        of=sum(cell.count for cell in troubled),
        noun="projects in trouble",
        status=_alarm(share),
    )
    told = words.money(float(at_risk.amount), sight.currency)
    headline = f"{told} of benefit hangs on projects in trouble" if at_risk.amount else "no benefit hangs on trouble"
    return Content("", headline, (indicator,), tables=_largest(sight))


def _alarm(share: float | None) -> tuple[str, str] | None:
    if share is None:
        return None
    return ("bad", "A quarter or more") if share >= LARGE_SHARE else ("warn", "Some") if share else ("good", "None")


def _left_out(total: Converted) -> str:
    return f"without {words.listed(total.missing)}: no exchange rate" if total.missing else ""


def _largest(sight: Sight) -> tuple[Table, ...]:
    """The largest projects in trouble by benefit; each in its own currency, since few have more than one."""
    rows = sight.projects().in_phase(Phase.COMMITTED).filter(health__in=TROUBLED)
    order = (F("benefit_seen").desc(nulls_last=True), "code")
    names = ("name", "code", "health", "benefit_seen", "currency", "end_date")
    found = list(rows.order_by(*order).values_list(*names)[:MOST_SHOWN])
    if not found:
        return ()
    lines = tuple(
        (
            Cell(name, sight.links.project(code)),
            Cell(Health(health).label, status="bad" if health == "red" else "warn"),
            figure(words.money(float(benefit), currency) if benefit is not None else words.MISSING),
            Cell(f"{end:%-d %b %Y}" if end else words.MISSING),
        )
        for name, code, health, benefit, currency, end in found
    )
    heads = ("Project", "Health", "Benefit", "End")
    return (
        Table(
            heads,
            lines,
            more="All projects in trouble",
            more_url=sight.links.records(Phase.COMMITTED, health=TROUBLED),
        ),
    )


def _risks(sight: Sight) -> Content:
    found = exposure_of(sight)
    if not found.risks:
        return Content(
            empty=Empty("No open risk of committed work is written down, or its figures are not open to you.")
        )
    inherent, residual = (words.money(float(one.amount), sight.currency) for one in (found.inherent, found.residual))
    indicators = (
        _exposure("Exposure", inherent, "inherent", found.inherent.amount, found),
        _exposure("After responses", residual, "residual", found.residual.amount, found),
        Indicator(
            "Open risks",
            words.number(found.risks),
            DEFINITIONS["recorded"],
            amount=found.risks,
            have=found.projects,
            of=found.committed,
        ),
    )
    rows = tuple(
        (
            Cell(one.name, reverse("project_case", args=[one.code]) + sight.links.query),
            Cell(one.project, sight.links.project(one.code)),
            figure(words.percent(one.probability)),
            figure(words.money(one.exposure, sight.currency)),
            figure(words.money(one.residual, sight.currency)),
            Cell("Decided" if one.has_response else "Not decided", status="good" if one.has_response else "warn"),
        )
        for one in found.top
    )
    heads = ("Risk", "Project", "Probability", "Exposure", "After response", "Response")
    return Content(
        headline=f"open risks may cost {inherent}",
        indicators=indicators,
        tables=(Table(heads, rows, "Largest risks"),),
    )


def _exposure(label: str, value: str, key: str, amount: Decimal, found: Exposure) -> Indicator:
    total = found.inherent if key == "inherent" else found.residual
    return Indicator(
        label,
        value,
        DEFINITIONS[key],
        note=_left_out(total),
        amount=amount,
        have=found.projects,
        of=found.committed,
        noun="committed projects",
    )


ABOVE = (Role.EXECUTIVE, Role.PORTFOLIO_MANAGER, Role.PMO_DIRECTOR)
PARTS = (
    Part(
        "returns",
        "Return on investment",
        Question.COURSE,
        _returns,
        MONEY | {"moneyline", "ledgerline", "benefit", "benefitreading"},
        "What committed and finished work returns for what it costs: planned, by the forecast of its costs, and "
        "realised.",
        (Role.EXECUTIVE, Role.PORTFOLIO_MANAGER, Role.FINANCE),
        position=15,
    ),
    Part(
        "value_at_risk",
        "Benefit at risk",
        Question.VALUE,
        _value_at_risk,
        MONEY,
        "The benefit that hangs on committed projects which are at risk or off track, and the largest of them.",
        (*ABOVE, Role.PROGRAMME_MANAGER),
        position=10,
    ),
    Part(
        "risks",
        "Top risks",
        Question.VALUE,
        _risks,
        MONEY | {"risk", "businesscase"},
        "The open risks of committed projects by exposure, that is probability times impact, before and after "
        "what is "
        "done about them.",
        (*ABOVE, Role.PROGRAMME_MANAGER, Role.PROJECT_MANAGER),
        is_wide=True,
        position=20,
    ),
)
