"""Monitor: how authorised work is really going.

Nouns: timesheet, hours entry, favourite, locked week. To come: status report, progress, actual, forecast, issue,
action, change request, alert. Verbs: from `hours.enter` to `weeks.lock`.
It must not know: review and the floors above.
"""
