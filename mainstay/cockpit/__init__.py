"""Cockpit: pages that look across the stages: home, dashboards by role, roadmap, search, activity.

It reads every room below. Dashboards are put together from parts that every room adds (`portfolio/dashboard`); what
they show is remembered until marks of change say that rows they are made of were written.
Nouns: mark of change. Verbs: none; its only other writes are operations of other rooms.
It must not know: connect.
"""
