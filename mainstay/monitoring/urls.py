"""The addresses of this room."""

from datetime import date

from django.urls import include, path, register_converter

from mainstay.monitoring.views import approval, strategic, timesheets


class WeekConverter:
    """A week in an address, named by one of its days."""

    regex = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day; an address with a day that does not exist leads nowhere."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The day as it is written."""
        return str(value)


register_converter(WeekConverter, "week")

urlpatterns = [
    path("resources/strategic/", strategic.strategic_utilisation, name="strategic_utilisation"),
    path("timesheets/", timesheets.timesheets, name="timesheets"),
    path("timesheets/favourites/", timesheets.favourites, name="favourites"),
    path("timesheets/approval/", approval.approval, name="timesheet_approval"),
    path("timesheets/approvals/", approval.approvals, name="timesheet_approvals"),
    path("timesheets/reminders/", approval.reminders, name="timesheet_reminders"),
    path("timesheets/locks/<str:code>/", approval.week_locks, name="week_locks"),
    path("timesheets/returns/<int:sheet_id>/", approval.timesheet_return, name="timesheet_return"),
    path("timesheets/entries/<int:entry_id>/correction/", timesheets.correction, name="hours_correction"),
    path("timesheets/of/<slug:key>/<week:week>/", timesheets.timesheet_of, name="timesheet_of"),
    path("timesheets/<week:week>/", timesheets.timesheet, name="timesheet"),
    path("", include("mainstay.monitoring.alerts.urls")),
    path("", include("mainstay.monitoring.changes.urls")),
    path("", include("mainstay.monitoring.control.urls")),
    path("", include("mainstay.monitoring.money.urls")),
    path("", include("mainstay.monitoring.progress.urls")),
    path("", include("mainstay.monitoring.raid.urls")),
    path("", include("mainstay.monitoring.reports.urls")),
]
