"""The list of appraised cases as a file."""

from typing import Any

from mainstay.core.exchange import Column, Kind


def _measure(name: str) -> Any:
    return lambda line: getattr(line.figures.measures, name)


def _figure(name: str) -> Any:
    return lambda line: getattr(line.figures, name)


def _discount(line: Any) -> str:
    found = line.figures.measures.discount
    return found.words if found else ""


EXPORT = (
    Column("code", "Code", Kind.CODE, write=lambda line: line.project.code),
    Column("name", "Name", write=lambda line: line.project.name),
    Column("stage", "Stage", write=lambda line: line.project.stage.name),
    Column("currency", "Currency", write=_figure("currency")),
    Column("cost", "Cost", Kind.MONEY, write=_figure("cost")),
    Column("cost_low", "Cost, low", Kind.MONEY, write=_figure("cost_low")),
    Column("cost_high", "Cost, high", Kind.MONEY, write=_figure("cost_high")),
    Column("benefit", "Benefit", Kind.MONEY, write=_figure("benefit")),
    Column("npv", "NPV", Kind.MONEY, write=_measure("npv")),
    Column("irr", "IRR", Kind.NUMBER, write=_measure("irr")),
    Column("payback", "Payback, years", Kind.NUMBER, write=_measure("payback")),
    Column("discounted_payback", "Discounted payback, years", Kind.NUMBER, write=_measure("discounted_payback")),
    Column("bcr", "BCR", Kind.NUMBER, write=_measure("bcr")),
    Column("profitability_index", "PI", Kind.NUMBER, write=_measure("profitability_index")),
    Column("roi", "ROI", Kind.NUMBER, write=_measure("roi")),
    Column("equivalent_annuity", "Annuity", Kind.MONEY, write=_measure("equivalent_annuity")),
    Column("demand", "Demand, person-days", Kind.NUMBER, write=_figure("demand")),
    Column("exposure", "Risk exposure", Kind.MONEY, write=_figure("exposure")),
    Column("residual", "Risk exposure after the responses", Kind.MONEY, write=_figure("residual")),
    Column("discount", "Discount rate", write=_discount),
)
