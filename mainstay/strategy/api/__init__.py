"""Strategy in the REST API: everything its pages do."""

from mainstay.strategy.api import contributions, drivers, figures, goals, mix, results

ROUTES = [goals.routes, results.routes, contributions.routes, drivers.routes, mix.routes, figures.routes]
