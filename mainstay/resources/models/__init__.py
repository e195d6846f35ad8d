"""The nouns of resources."""

from mainstay.resources.models.absence import Absence, AbsenceKind
from mainstay.resources.models.booking import Booking, Firmness
from mainstay.resources.models.calendar import Calendar, CalendarDay, Site
from mainstay.resources.models.demand import Demand, DemandSource
from mainstay.resources.models.demand_template import DemandTemplate
from mainstay.resources.models.load import KeptCapacity, KeptLoad, KeptNeed, KeptStamp
from mainstay.resources.models.proficiency import Level, Proficiency
from mainstay.resources.models.rate import CostRate, SourcingKind, SourcingOption
from mainstay.resources.models.refused import RefusedProposal
from mainstay.resources.models.resource import Resource, ResourceKind
from mainstay.resources.models.skill import Role, Skill
from mainstay.resources.models.staffing import OfferState, Side, StaffingOffer, StaffingRequest, StaffingState
from mainstay.resources.models.team import Team

__all__ = [
    "Absence",
    "AbsenceKind",
    "Booking",
    "Calendar",
    "CalendarDay",
    "CostRate",
    "Demand",
    "DemandSource",
    "DemandTemplate",
    "Firmness",
    "KeptCapacity",
    "KeptLoad",
    "KeptNeed",
    "KeptStamp",
    "Level",
    "OfferState",
    "Proficiency",
    "RefusedProposal",
    "Resource",
    "ResourceKind",
    "Role",
    "Side",
    "Site",
    "Skill",
    "SourcingKind",
    "SourcingOption",
    "StaffingOffer",
    "StaffingRequest",
    "StaffingState",
    "Team",
]
