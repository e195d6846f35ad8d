"""Resources in the REST API: everything its pages do."""

from mainstay.resources.api import (
    bookings,
    capacity,
    demand_templates,
    effects,
    people,
    places,
    proposals,
    rates,
    staffing,
    vocabulary,
)

ROUTES = [
    vocabulary.routes,
    places.routes,
    people.routes,
    rates.routes,
    bookings.routes,
    effects.routes,
    proposals.routes,
    demand_templates.routes,
    staffing.routes,
    capacity.routes,
]
