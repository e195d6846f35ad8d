"""What monitoring adds to dashboards: money, progress, reports, alerts and what is to be decided on."""

from mainstay.monitoring.dashboard import money, watch

PARTS = (*money.PARTS, *watch.PARTS)
