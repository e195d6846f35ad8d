"""Governance: who decides what, by which rules and when.

Nouns: planning cycle. Nouns to come: board, gate model, delegation, policy.
Verbs: prepare and change a planning cycle, take it to its next state.
It must not know: its siblings and the floors above.
"""
