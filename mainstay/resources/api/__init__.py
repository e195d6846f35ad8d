"""Resources in the REST API: everything its pages do."""

from mainstay.resources.api import people, places, rates, vocabulary

ROUTES = [vocabulary.routes, places.routes, people.routes, rates.routes]
