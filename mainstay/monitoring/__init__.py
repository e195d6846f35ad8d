"""Monitor: how authorised work is really going.

Nouns to come: status report, progress, actual, forecast, timesheet, issue, action, change request, alert.
It must not know: review and the floors above.
"""
