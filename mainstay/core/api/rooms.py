"""The endpoints of the core."""

from mainstay.core.api import events, own, people, runs

ROUTES = (own.routes, people.routes, runs.routes, events.routes)
