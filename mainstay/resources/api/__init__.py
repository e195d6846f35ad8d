"""Resources in the REST API: everything its pages do."""

from mainstay.resources.api import vocabulary

ROUTES = [vocabulary.routes]
