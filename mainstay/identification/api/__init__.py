"""The room in the REST API."""

from mainstay.identification.api import duplicates, forms, requests

ROUTES = (requests.routes, forms.routes, duplicates.routes)
