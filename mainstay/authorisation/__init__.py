"""Authorise: choosing the portfolio and committing to it.

Nouns: selection, scenario, solution (an answer with its problem), study, decision, baseline, gate review, condition,
meeting, agenda item, vote, commitment, tranche, carry-over.
Verbs: prepare, change, solve and adopt a selection or a scenario; plan, freeze, open and close a meeting; vote and
decide; open and decide a gate; commit, divide, release, return and carry over money.
It must not know: monitoring and the floors above.
"""
