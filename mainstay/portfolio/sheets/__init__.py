"""The register as lists: projects, portfolios, programmes and milestones, in and out."""

from mainstay.core.exchange import register, register_format, register_mapping
from mainstay.portfolio import mappings
from mainstay.portfolio.sheets.milestones import MilestoneSheet
from mainstay.portfolio.sheets.pabulib import is_pabulib, read_pabulib
from mainstay.portfolio.sheets.projects import ProjectSheet
from mainstay.portfolio.sheets.tree import PortfolioSheet, ProgrammeSheet


def register_sheets() -> None:
    """Offer the nouns of the register to imports and exports, with the mappings that ship."""
    for sheet in (ProjectSheet(), ProgrammeSheet(), PortfolioSheet(), MilestoneSheet()):
        register(sheet)
    register_format(is_pabulib, read_pabulib)
    for name, mapping in mappings.SHIPPED.items():
        register_mapping("projects", name, mapping)
