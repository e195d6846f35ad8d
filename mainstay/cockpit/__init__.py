"""Cockpit: pages that look across the stages: home, inventory, dashboards, project page, search.

It reads every room below and owns no noun; its only writes are operations of other rooms.
Nouns: none. Verbs: none.
It must not know: connect.
"""
