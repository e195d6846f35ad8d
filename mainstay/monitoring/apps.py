"""Registers the room with Django."""

from django.apps import AppConfig


class MonitorRoom(AppConfig):
    """Monitor."""

    name = "mainstay.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Make the room's operations, pages and lists known."""
        from mainstay.core.context import add_entry
        from mainstay.core.exchange import register
        from mainstay.core.verbs import Verb
        from mainstay.monitoring.alerts import setting as alerts_setting
        from mainstay.monitoring.changes import setting as changes_setting
        from mainstay.monitoring.control import setting as control_setting
        from mainstay.monitoring.dashboard import PARTS
        from mainstay.monitoring.money import setting as money_setting
        from mainstay.monitoring.operations import (  # noqa: F401  (register themselves)
            favourites,
            hours,
            locking,
            timesheets,
        )
        from mainstay.monitoring.progress import setting as progress_setting
        from mainstay.monitoring.raid import setting as raid_setting
        from mainstay.monitoring.reports import setting as reports_setting
        from mainstay.monitoring.sheets import HoursSheet
        from mainstay.portfolio.dashboard import add_parts

        add_entry("Resources", "My timesheet", "timesheets", "clock")
        add_entry("Resources", "Timesheet approval", "timesheet_approval", "check", Verb.SEE_HOURS)
        register(HoursSheet())
        money_setting.make_known()
        progress_setting.make_known()
        reports_setting.make_known()
        raid_setting.make_known()
        changes_setting.make_known()
        control_setting.make_known()
        alerts_setting.make_known()
        add_parts(*PARTS)
