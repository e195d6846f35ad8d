"""Authorise: choosing the portfolio and committing to it.

Nouns: selection, solution (an answer with its problem), decision.
Verbs: prepare, change, solve and adopt a selection.
It must not know: monitoring and the floors above.
"""
