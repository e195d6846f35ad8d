"""Resources: the people and skills that do the work.

Nouns: role, skill, site, calendar, team, resource, proficiency, absence, cost rate, sourcing option, demand, booking,
staffing request and offer. Verbs: all of `core/verbs.py` from `role.add` to `staffing.withdraw`.
It must not know: its siblings and the floors above; timesheets are written in monitoring.
"""
