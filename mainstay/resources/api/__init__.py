"""Resources in the REST API: everything its pages do."""

from mainstay.resources.api import bookings, capacity, effects, people, places, rates, staffing, vocabulary

ROUTES = [
    vocabulary.routes,
    places.routes,
    people.routes,
    rates.routes,
    bookings.routes,
    effects.routes,
    staffing.routes,
    capacity.routes,
]
