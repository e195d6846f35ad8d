"""Authorise: choosing the portfolio and committing to it.

Nouns: selection, decision. Verbs: prepare, change, solve and adopt a selection.
It must not know: monitoring and the floors above.
"""
