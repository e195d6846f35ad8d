"""Resources: the people and skills that do the work.

Nouns to come: team, skill, calendar, absence, rate, demand, booking, request.
It must not know: its siblings and the floors above.
"""
