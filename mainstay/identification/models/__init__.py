"""The nouns of identification."""

from mainstay.identification.models.case import BusinessCase, CaseEdition, Grain, Option, OptionKind
from mainstay.identification.models.form import FormEdition, RequestForm
from mainstay.identification.models.lines import BenefitLine, CostLine, CostType, DemandLine
from mainstay.identification.models.request import Note, NoteKind, Request, State
from mainstay.identification.models.risk import Assumption, Belief, Response, Risk, RiskKind
from mainstay.identification.models.similar import Merger, Unlike

__all__ = [
    "Assumption",
    "Belief",
    "BenefitLine",
    "BusinessCase",
    "CaseEdition",
    "CostLine",
    "CostType",
    "DemandLine",
    "FormEdition",
    "Grain",
    "Merger",
    "Note",
    "NoteKind",
    "Option",
    "OptionKind",
    "Request",
    "RequestForm",
    "Response",
    "Risk",
    "RiskKind",
    "State",
    "Unlike",
]
