"""The nouns of the register."""

from mainstay.portfolio.models.lifecycle import Phase, Stage, Transition
from mainstay.portfolio.models.parts import Dependency, DependencyKind, Member, Milestone
from mainstay.portfolio.models.project import Confidence, Health, Project
from mainstay.portfolio.models.settings import CustomField, FieldKind, FiscalYear
from mainstay.portfolio.models.tree import Portfolio, Programme

__all__ = [
    "Confidence",
    "CustomField",
    "Dependency",
    "DependencyKind",
    "FieldKind",
    "FiscalYear",
    "Health",
    "Member",
    "Milestone",
    "Phase",
    "Portfolio",
    "Programme",
    "Project",
    "Stage",
    "Transition",
]
