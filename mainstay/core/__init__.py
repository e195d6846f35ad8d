"""Core: what every page needs and no noun of portfolio management.

Nouns: person, grant, event, run, token, saved view, column mapping, notice.
Mechanisms: verbs, access, operation, history, runs, exchange, live updates, API frame.
It must not know: any room above.
"""
