"""Governance: who decides what, by which rules and when.

Nouns to come: board, gate model, delegation, planning cycle, policy.
It must not know: its siblings and the floors above.
"""
