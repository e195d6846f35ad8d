"""Dashboards by role: parts of every room, arranged by each person, current without a reload."""
